"""The lab of regularisation, with results that a test has put into the store: what is asked, drawn, said and taken."""

import numpy as np
import pytest

from playground import recipes
from playground.catalog.regularisations import WAYS, problem
from playground.data import outline
from playground.engine.asked import regularised_of
from playground.specs.regularised import overfitting, regularised
from playground.ui import lab_answers
from playground.ui.lab_answers import Answer

PAGE = "pages/10_Regularisation.py"
NAMES = ("binary_crossentropy", "val_binary_crossentropy", "accuracy", "val_accuracy", "loss", "val_loss")


def result(epochs=4):
    falling = np.linspace(0.7, 0.2, epochs).round(3).tolist()
    sizes = np.linspace(2, 0, 201).tolist()
    weights = {"n": 9, "sizes": sizes, "shares": [1 / 41] * 41, "edges": np.linspace(-1, 1, 42).tolist()}
    return {
        "history": dict.fromkeys(NAMES, falling),
        "best": epochs,
        "parameters": 17,
        "low": [-1.0, -1.0],
        "high": [1.0, 1.0],
        "values": [0.25] * 41 * 41,
        "points": {"x": [[0.0, 0.0], [0.5, 0.5]], "y": [0.0, 1.0]},
        "weights": {**weights, "absolute": 3.0, "squared": 2.0, "zero": 0.5},
    }


@pytest.fixture
def finished(store):
    """Puts the result of a way on the two moons into the store, and returns its job."""

    def put(name, amount, seed=0, state="finished"):
        base = overfitting(problem("moons"), seed)
        asking = regularised_of(regularised(base, name, amount, outline(base.dataset)))
        job_id = store.jobs.create(asking.kind, asking.key, asking.args, "local")
        store.jobs.end(job_id, state, result=result(), error="Out of memory." if state == "failed" else None)
        return job_id

    return put


@pytest.fixture
def touched(monkeypatch):
    """Questions to the workbench, answered as the balls are."""
    found = []

    def ask_all(question, each, **arrays):
        found.extend((question, args) for args in each)
        grid = np.add.outer(np.linspace(-2, 2, 21) ** 2, np.linspace(-2, 2, 21) ** 2)
        strengths = 10 ** np.linspace(-2, 1, 61)
        weights = np.column_stack([1 / (1 + strengths), np.where(strengths < 1.5, 0.1, 0.0)])
        arrays = {"strengths": strengths, "weights": weights, "penalties": (weights**2).sum(axis=1)}
        answer = Answer({}, {**arrays, "at": np.linspace(-2, 2, 21), "losses": grid, "reached": grid})
        return [answer for _args in each]

    monkeypatch.setattr(lab_answers, "ask_all", ask_all)
    return found


def said(page):
    return "\n".join(each.value for each in [*page.caption, *page.markdown]).replace("\\", "")


def test_every_way_is_offered(open_page):
    page = open_page(PAGE)
    offered = {option.replace(":blue[", "").rstrip("]") for group in page.button_group for option in group.options}
    assert {each.label for each in WAYS} <= offered


def test_results_are_drawn_and_said(finished, open_page):
    finished("nothing", 0)
    finished("l2", 0.01)
    page = open_page(PAGE, ways="Nothing,L2")
    words = said(page)
    assert "#### Nothing" in words
    assert "#### L2 0.01" in words
    assert words.count("loss in training 0.200 · on other points **0.200** · **20 %** right") == 2
    assert "ended after epoch 4" in words
    assert len(page.table) == 1


def test_a_slider_and_the_seed_ask_for_another_run(finished, open_page):
    finished("l2", 0.1, seed=3)
    page = open_page(PAGE, ways="L2", draw="3", **{"l2.l2": "-1.0"})
    assert "#### L2 0.1" in said(page)
    assert "loss in training" in said(page)
    assert "loss in training" not in said(open_page(PAGE, ways="L2", draw="4", **{"l2.l2": "-1.0"}))


def test_what_failed_is_said(finished, open_page):
    finished("nothing", 0, state="failed")
    assert "Out of memory." in said(open_page(PAGE, ways="Nothing"))


def test_the_balls_ask_what_the_sliders_say_and_tell_of_zeros(touched, open_page):
    page = open_page(PAGE, picture="balls", w1="-1.0", together="0.5", strength="0.0")
    assert [(question, args["kind"]) for question, args in touched] == [("touched", "L1"), ("touched", "L2")]
    assert touched[0][1]["best"] == [-1.0, 0.6]
    assert touched[0][1]["tilt"] == 0.5
    assert "is 0)" not in said(page)
    assert "(w₂ is 0)" in said(open_page(PAGE, picture="balls", strength="0.5"))


@pytest.mark.parametrize("at", [0, 1, 2])
def test_every_experiment_asks_and_then_tells(at, finished, touched, open_page):
    page = open_page(PAGE, ways="Nothing")
    press = [button for button in page.button if button.key and button.key.startswith("try-")]
    press[at].click()
    page = page.run()
    next(each for each in page.radio if each.key.startswith("experiment-")).set_value(1)
    page = page.run()
    assert not page.exception
    assert "You said" in said(page)


def test_a_way_goes_into_the_draft(finished, open_page, store):
    made = store.drafts.create(recipes.recipe("spiral").spec, "local")
    page = open_page(PAGE, draft=made.id, ways="Nothing,Dropout", **{"dropout.rate": "0.5"})
    page.button(key="take").click().run()
    assert not page.exception
    layers = store.drafts.draft(made.id).spec.model.layers
    assert [layer.kind for layer in layers] == ["Dense", "Dropout", "Dense", "Dropout", "Dense"]
    assert layers[1].args["rate"] == 0.5


def test_without_a_draft_a_network_of_the_lab_can_be_opened(open_page):
    assert "There is no draft yet" in said(open_page(PAGE, ways="Nothing,L1"))


def test_side_by_side_on_the_own_network(open_page, store):
    made = store.drafts.create(recipes.recipe("spiral").spec, "local")
    page = open_page(PAGE, draft=made.id, picture="train", ways="Nothing,L1,More data")
    assert any(button.label == "Train these 2 side by side" for button in page.button)
    assert "Choose two ways" in said(open_page(PAGE, draft=made.id, picture="train", ways="Nothing"))
