"""The formula box, with answers that are not Keras's, and formulas in the forms of the draft."""

import numpy as np
import pytest

from playground import recipes
from playground.catalog.formulas import FUNCTIONS, ROLES
from playground.settings import settings
from playground.ui import formula_try, lab_answers, shell
from playground.ui.formula_text import KEYS
from playground.ui.lab_answers import Answer

SPIRAL = recipes.recipe("spiral").spec


@pytest.fixture
def asked(monkeypatch):
    """The questions that were asked, in order."""
    found = []

    def ask(question, args, **arrays):
        found.append((question, args, arrays))
        x = np.asarray(arrays["x"])
        y = np.where(x < 0, np.nan, x) if args["formula"].startswith("sqrt") else x
        return Answer({"apart": 1e-9, "at": float(x[3])}, {"y": y, "slope": y, "quotient": x})

    monkeypatch.setattr(lab_answers, "ask", ask)
    return found


def said(page):
    parts = [*page.title, *page.caption, *page.markdown, *page.code]
    return "\n".join(each.value for each in parts).replace("\\", "")


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    return page.run()


@pytest.mark.parametrize("table", ROLES)
def test_every_example_is_drawn_by_one_click_and_by_a_link(table, asked, open_page):
    page = open_page(shell.FORMULA, role=table)
    for name, text in ROLES[table].examples.items():
        page.button(key=f"example-{name}").click().run()
        assert not page.exception, page.exception
        assert page.text_input(key=KEYS[table]).value == text
        assert asked[-1][1]["table"] == table
    again = open_page(shell.FORMULA, role=table, **{KEYS[table]: text})
    assert again.text_input(key=KEYS[table]).value == text


def test_the_slopes_the_code_and_the_words_are_shown(asked, open_page):
    page = open_page(shell.FORMULA)
    assert "differ by at most 1.0e-09, at x" in said(page)
    assert "def activation_formula(x):" in said(page)
    for name in FUNCTIONS:
        assert f"`{name}(" in said(page)
    schedule = open_page(shell.FORMULA, role="schedules")
    assert "`sum(a)`" not in said(schedule)
    assert "class ScheduleFormula" in said(schedule)


def test_what_is_no_number_is_said(asked, open_page):
    assert "is no number at 160 of 320 places, the first at x = −5" in said(
        open_page(shell.FORMULA, activation="sqrt(x)")
    )


def test_a_wrong_formula_is_pointed_at_and_mended_by_one_click(asked, open_page):
    page = open_page(shell.FORMULA, activation="x * sigmod(x)")
    assert "x * sigmod(x)\n    ^^^^^^" in said(page)
    assert "At character 5: there is no function sigmod" in said(page)
    assert not asked
    page.button(key="mend-formula").click().run()
    assert page.text_input(key="activation").value == "x * sigmoid(x)"
    assert asked[-1][1]["formula"] == "x * sigmoid(x)"


@pytest.mark.parametrize(
    "text", ["__import__('os').system('id')", "<b>x</b>", "x\n" * 40, "9" * 5000, "\u202e", "]]($x$)", ""]
)
def test_an_address_that_is_no_formula_breaks_nothing(text, asked, open_page):
    open_page(shell.FORMULA, activation=text, role="losses' or 1", loss=text, upto="1e99")
    assert not asked or asked[-1][1]["formula"] == ROLES["activations"].examples["Swish"] != text


def test_a_slider_writes_its_parameter_into_the_box(asked, open_page):
    page = open_page(shell.FORMULA, activation="x*sigmoid(b*x)*c with b = 2, c = 0.001")
    slider = page.slider(key="parameter-activations-b")
    assert slider.value == 2
    slider.set_value(3.5).run()
    assert page.text_input(key="activation").value == "x * sigmoid(b * x) * c with b = 3.5, c = 0.001"
    page.number_input(key="parameter-activations-c").set_value(0.002).run()
    assert page.text_input(key="activation").value == "x * sigmoid(b * x) * c with b = 3.5, c = 0.002"
    page.text_input(key="activation").set_value("x * b with b = -40").run()
    assert page.slider(key="parameter-activations-b").value == -40
    assert not page.exception, page.exception


def test_a_loss_and_a_schedule_have_an_axis_of_their_own(asked, open_page):
    page = open_page(shell.FORMULA, role="losses", predictions="probability", share="0.3")
    _question, args, arrays = asked[-1]
    assert args["fixed"] == {"y_true": 0.3}
    assert 0 < min(arrays["x"]) < max(arrays["x"]) < 1
    assert "y_pred" in said(page)
    open_page(shell.FORMULA, role="schedules", rate="0.2", total="50")
    _question, args, arrays = asked[-1]
    assert args["fixed"] == {"rate": 0.2, "total": 50.0}
    assert (min(arrays["x"]), max(arrays["x"])) == (0.0, 50.0)


@pytest.mark.parametrize("experiment", formula_try.experiments(), ids=lambda each: each.name)
def test_every_experiment_asks_sets_up_and_tells(experiment, asked, open_page):
    page = press(open_page(shell.FORMULA), experiment.title)
    assert "that is right" not in said(page)
    page.radio[0].set_value(experiment.answer)
    page.run()
    assert not page.exception, page.exception
    assert "that is right" in said(page)
    (text,) = experiment.widgets.values()
    assert asked[-1][1]["formula"].split(" with ")[0].replace(" ", "") == text.split(" with ")[0].replace(" ", "")


def _taken(open_page, store, **query):
    draft = store.drafts.create(SPIRAL, settings().owner)
    page = open_page(shell.FORMULA, draft=draft.id, **query)
    page.button(key="take").click().run()
    return store.drafts.draft(draft.id).spec


def test_each_role_goes_into_its_place_of_the_draft(asked, open_page, store):
    spec = _taken(open_page, store, activation="x*tanh(x)")
    bent = [layer.args["activation"] for layer in spec.model.layers]
    assert {each["args"]["formula"] for each in bent[:-1]} == {"x * tanh(x)"}
    assert bent[-1] == SPIRAL.model.layers[-1].args["activation"]

    spec = _taken(open_page, store, role="losses", loss="(y_true - y_pred)**2")
    assert spec.training.loss.kind == "Formula"
    assert spec.training.loss.args["formula"] == "(y_true - y_pred) ** 2"

    spec = _taken(open_page, store, role="schedules", rate="0.2")
    rate = spec.training.optimizer.args["learning_rate"]
    assert (rate["kind"], rate["args"]["initial_learning_rate"]) == ("Formula", 0.2)
    assert rate["args"]["decay_steps"] > SPIRAL.training.epochs


def test_without_a_draft_or_a_formula_nothing_can_be_taken(asked, open_page):
    page = open_page(shell.FORMULA)
    assert "There is no draft yet" in said(page)
    assert not [button for button in page.button if button.key == "take"]


def test_a_formula_is_chosen_and_changed_in_the_forms_of_the_draft(open_page, store):
    draft = store.drafts.create(SPIRAL, settings().owner)
    page = open_page(shell.TRAIN, draft=draft.id)

    def widget(kind, place):
        (found,) = [each for each in page.get(kind) if str(each.key).rsplit("~", 1)[0] == place]
        return found

    widget("selectbox", "training.loss").set_value("Formula").run()
    assert not page.exception, page.exception
    widget("text_input", "training.loss.args.formula").set_value("abs(y_true - y_pred").run()
    spec = store.drafts.draft(draft.id).spec
    assert spec.training.loss.args["formula"] == "abs(y_true - y_pred"
    assert "a bracket is not closed" in said(page) + "\n".join(each.value for each in page.error)
