"""The labs of activations and losses, with answers that are not Keras's: what is offered, asked, said and taken."""

import numpy as np
import pytest

from playground import catalog, recipes
from playground.catalog.bends import bends
from playground.ui import lab_answers
from playground.ui.lab_answers import Answer

ACTIVATIONS, LOSSES = "pages/5_Activations.py", "pages/6_Losses.py"


def answered(question, args, arrays):
    """An answer in the form that a workbench gives."""
    x = np.asarray(arrays.get("x", (0.0, 1.0)))
    match question:
        case "activation":
            values = {"reach": [0.0, None], "flat": 0.5, "total": 0.8 if args["kind"] == "sparsemax" else None}
            return Answer(values, dict.fromkeys(("y", "slope", "second"), x))
        case "passage":
            falling = 0.5 ** np.arange(args["layers"] + 1)
            sizes = {"mean": falling, "variance": falling**2, "gradient": falling[::-1]}
            return Answer({}, {**sizes, "dead": np.zeros(args["layers"]), "values": np.linspace(-1, 1, 2001)})
        case "initializer":
            return Answer({"mean": 0.0, "deviation": 0.1}, {"values": np.linspace(-1, 1, 2001)})
        case "shares":
            return Answer({}, {"shares": np.full((len(arrays["temperatures"]), 3), [0.659, 0.2424, 0.0986])})
        case "rescaled":
            return Answer({"difference": 1e-7}, {"tanh": x, "sigmoid": x})
        case "loss":
            return Answer({}, {"loss": x**2, "gradient": 2 * x})
        case "loss_over_shares":
            corners = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
            return Answer({}, {"shares": corners, "loss": np.array([0.0, 1.0, 1.0])})
        case "fitted_line":
            return Answer({"slope": 0.5, "intercept": 1.0})
    raise AssertionError(question)


@pytest.fixture
def asked(monkeypatch):
    """The questions that were asked, in order."""
    found = []

    def ask(question, args, **arrays):
        found.append((question, args))
        return answered(question, args, arrays)

    monkeypatch.setattr(lab_answers, "ask", ask)

    def ask_all(question, each, **arrays):
        return [ask(question, args, **arrays) for args in each]

    monkeypatch.setattr(lab_answers, "ask_all", ask_all)
    return found


def said(page):
    return "\n".join(each.value for each in [*page.title, *page.caption, *page.markdown]).replace("\\", "")


def pills(page):
    return [each for group in page.button_group for each in group.options]


def kinds(asked, question):
    return [args["kind"] for name, args in asked if name == question]


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def answer(page, at):
    page.radio[0].set_value(at)
    return page.run()


def test_every_activation_and_initializer_is_offered(asked, open_page):
    page = open_page(ACTIVATIONS, part="initializers")
    offered = {option.replace("\\", "").replace(":blue[", "").rstrip("]") for option in pills(page)}
    assert {entry.id for entry in bends()} <= offered
    assert {entry.id for entry in catalog.entries("initializers")} <= offered


@pytest.mark.parametrize("view", ["regression", "binary", "multiclass"])
def test_every_loss_of_a_task_is_offered(view, asked, open_page):
    page = open_page(LOSSES, task=view)
    offered = {option.replace("\\", "").replace(":blue[", "").rstrip("]") for option in pills(page)}
    assert {entry.id for entry in catalog.entries("losses") if view in entry.tasks} <= offered


def test_the_address_says_what_is_shown(asked, open_page):
    open_page(ACTIVATIONS, show="gelu,relu", also="sparsemax", part="depth", layers="7", init="HeNormal")
    assert kinds(asked, "activation") == ["gelu", "relu", "sparsemax"]
    ways = [args for name, args in asked if name == "passage"]
    assert {(args["initializer"], args["layers"]) for args in ways} == {("HeNormal", 7)}


@pytest.mark.parametrize("query", [{"show": "no,<b>", "also": "os.system"}, {"layers": "1e99"}, {"part": "../x"}])
def test_an_address_that_means_nothing_shows_what_is_shown_at_first(query, asked, open_page):
    open_page(ACTIVATIONS, **query)
    assert kinds(asked, "activation") == ["relu", "tanh", "sigmoid", "gelu"]
    assert {args["layers"] for name, args in asked if name == "passage"} == {20}


def test_shares_that_do_not_add_up_are_told(asked, open_page):
    assert "add up to 0.8" in said(open_page(ACTIVATIONS, also="sparsemax"))


def test_an_argument_is_asked_for(asked, open_page):
    open_page(ACTIVATIONS, also="LeakyReLU", **{"LeakyReLU.negative_slope": "0.1"})
    found = [args["args"] for name, args in asked if name == "activation" and args["kind"] == "LeakyReLU"]
    assert found == [{"negative_slope": 0.1}]


def test_softmax_and_tanh_are_said_in_numbers(asked, open_page):
    assert "**0.6590** + **0.2424** + **0.0986**" in said(open_page(ACTIVATIONS, part="softmax"))
    assert "the same function" in said(open_page(ACTIVATIONS, part="tanh"))


def test_a_question_comes_before_the_answer_and_the_click_sets_the_lab_up(asked, open_page):
    page = press(open_page(ACTIVATIONS), "Twenty sigmoids in a row")
    assert "that is right" not in said(page)
    asked.clear()
    page = answer(page, 2)
    assert "You said **Less than a billionth**, and that is right." in said(page)
    assert kinds(asked, "activation") == ["sigmoid", "tanh"]
    assert page.query_params["show"] in ("sigmoid,tanh", ["sigmoid,tanh"])
    page = press(page, "Close")
    assert "that is right" not in said(page)


@pytest.mark.parametrize("path", [ACTIVATIONS, LOSSES])
def test_every_experiment_asks_and_then_tells(path, asked, open_page):
    page = open_page(path)
    titles = [button.label for button in page.button if button.key and button.key.startswith("try-")]
    assert len(titles) == 3
    for title in titles:
        page = press(page, title)
        assert "You said" not in said(page)
        page = answer(page, 1)
        assert not page.exception
        assert "You said" in said(page)


def test_losses_are_asked_over_the_axis_that_is_chosen(asked, open_page):
    open_page(LOSSES, task="binary", axis="probability", binary_losses="BinaryCrossentropy,Hinge", right="0")
    curves = [args for name, args in asked if name == "loss" and args["axis"] == "probability"]
    assert [args["kind"] for args in curves] == ["BinaryCrossentropy", "Hinge"]
    assert {args["target"] for args in curves} == {0.0}
    asked.clear()
    open_page(LOSSES, task="binary", axis="score", logits="true", binary_losses="BinaryCrossentropy")
    assert asked[0][1]["args"] == {"from_logits": True}


def test_the_domain_of_a_loss_is_said(asked, open_page):
    page = open_page(LOSSES, task="regression", regression_losses="Poisson")
    assert "numbers above 0" in said(page)


def test_an_activation_goes_into_the_draft(asked, open_page, store):
    made = store.drafts.create(recipes.recipe("spiral").spec, "local")
    page = open_page(ACTIVATIONS, draft=made.id, show="gelu", also="LeakyReLU")
    page.radio(key="take-activation").set_value("LeakyReLU").run()
    page.selectbox(key="take-initializer").set_value("HeNormal").run()
    page.button(key="take").click().run()
    assert not page.exception
    layers = store.drafts.draft(made.id).spec.model.layers
    assert [layer.kind for layer in layers] == ["Dense", "LeakyReLU", "Dense", "LeakyReLU", "Dense"]
    assert layers[0].args["kernel_initializer"] == "HeNormal"


def test_a_loss_goes_into_the_draft_with_its_arguments(asked, open_page, store):
    made = store.drafts.create(recipes.recipe("linear-regression-by-hand").spec, "local")
    page = open_page(LOSSES, draft=made.id, regression_losses="Huber", **{"Huber.delta": "2.0"})
    page.button(key="take").click().run()
    assert not page.exception
    loss = store.drafts.draft(made.id).spec.training.loss
    assert (loss.kind, loss.args.plain()) == ("Huber", {"delta": pytest.approx(2.0, abs=0.05)})


def test_a_loss_for_another_task_is_warned_of(asked, open_page, store):
    made = store.drafts.create(recipes.recipe("digits-mlp").spec, "local")
    assert "does not fit the task" in said(open_page(LOSSES, draft=made.id))


def test_without_a_draft_the_way_to_one_is_shown(asked, open_page):
    assert "There is no draft yet" in said(open_page(ACTIVATIONS))
    assert "There is no draft yet" in said(open_page(LOSSES))


def test_side_by_side_needs_two(asked, open_page):
    page = open_page(ACTIVATIONS, part="train", show="relu")
    assert "Choose two activations" in said(page)
    page = open_page(ACTIVATIONS, part="train", show="relu,tanh")
    assert any(button.label == "Race these 2 in lockstep" for button in page.button)
    assert "hidden_1, hidden_2" in said(page)


@pytest.mark.parametrize("path", [ACTIVATIONS, LOSSES])
def test_nothing_chosen_and_no_answer_are_said(path, monkeypatch, open_page):
    monkeypatch.setattr(lab_answers, "ask", lambda *args, **arrays: Answer(error="Keras says no"))
    assert "Keras says no" in said(open_page(path))
    monkeypatch.setattr(lab_answers, "ask", lambda *args, **arrays: Answer(is_starting=True))
    assert "The engine is starting" in said(open_page(path))
