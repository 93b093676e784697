"""The lab of sequences, with answers that are not Keras's: what is asked, said and taken."""

import numpy as np
import pytest

from playground import recipes
from playground.catalog.gates import CELLS, SEQUENCES, cell
from playground.ui import lab_answers, lab_layer
from playground.ui.lab_answers import Answer
from playground.ui.sequences_numbers import numbers
from playground.ui.sequences_runs import recurrent_layers

PAGE = "pages/12_Sequences.py"
UNITS = 3


def answered(question, args):
    """An answer in the form that a workbench gives."""
    steps = args.get("length", 6)
    if question in ("gates", "gates_of_run"):
        kind = args.get("kind", "GRU")
        parts = {each.id: np.full((steps, UNITS), 0.25) for each in cell(kind).inner}
        header = {"steps": [f"s{n}" for n in range(1, steps + 1)], "kind": kind, "first": 4, "samples": 9}
        header |= {"activation": "relu" if question == "gates_of_run" else "tanh", "recurrent_activation": "sigmoid"}
        return Answer(header, {"x": np.ones((steps, 1)), **parts})
    if question == "reach":
        return Answer({"steps": []}, {"size": np.array([0.0, 0.5, 1.0]) if args["kind"] == "GRU" else np.ones(3)})
    words = args["sentence"].split()
    scores = np.full((args["heads"], len(words), len(words)), 1 / len(words))
    return Answer({"words": words}, {"scores": scores})


@pytest.fixture
def asked(monkeypatch):
    """The questions that were asked, in order."""
    found = []

    def ask(question, args, **arrays):
        found.append((question, args))
        return answered(question, args)

    monkeypatch.setattr(lab_answers, "ask", ask)
    monkeypatch.setattr(lab_answers, "ask_all", lambda question, each: [ask(question, args) for args in each])
    return found


def said(page):
    return "\n".join(each.value for each in [*page.caption, *page.markdown, *page.latex]).replace("\\", "")


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    return page.run()


@pytest.mark.parametrize("of", CELLS, ids=lambda of: of.id)
def test_every_cell_is_asked_for_and_told(of, asked, open_page):
    page = open_page(PAGE, cell=of.id, units="4", length="9")
    question, args = asked[-1]
    assert (question, args["kind"], args["units"], args["length"]) == ("gates", of.id, 4, 9)
    words = said(page)
    assert "Step 2 (s2) in numbers" in words
    assert all(each.split("=")[0].strip().replace("\\", "") in words for each in of.formulas)


def test_the_address_says_what_is_shown(asked, open_page):
    page = open_page(
        PAGE, sequence=SEQUENCES["text"], text="abc", step="3", seed="5", gain="2.0", **{"LSTM.bias": "-3"}
    )
    args = asked[-1][1]
    assert (args["sequence"], args["text"], args["seed"], args["gain"]) == ("text", "abc", 5, 2.0)
    assert args["biases"] == {"LSTM": -3.0}
    assert "Step 3" in said(page)


@pytest.mark.parametrize(
    "query", [{"cell": "Dense"}, {"length": "1e9"}, {"part": "../x"}, {"step": "99"}, {"of": "no"}]
)
def test_an_address_that_means_nothing_shows_what_is_shown_at_first(query, asked, open_page):
    page = open_page(PAGE, **query)
    assert (asked[-1][0], asked[-1][1]["kind"], asked[-1][1]["length"]) == ("gates", "LSTM", 30)
    assert not page.exception


def test_a_shorter_sequence_moves_the_cursor(asked, open_page):
    page = open_page(PAGE, step="30")
    assert "Step 30" in said(page)
    page.slider(key="length").set_value(5).run()
    assert not page.exception
    assert "Step 5 (s5)" in said(page)


def test_the_numbers_of_a_step_come_to_its_states():
    def parts(**values):
        return {name: np.array([[0.5], [value]]) for name, value in values.items()}

    lstm = numbers("LSTM", parts(f=0.9, i=0.2, g=-0.5, o=0.8, c=0.35, h=0.269), 1, 0)
    assert lstm[2] == r"c &= 0.900 \cdot 0.500 + 0.200 \cdot (-0.500) = 0.350"
    gru = numbers("GRU", parts(z=0.9, r=0.1, g=-0.5, h=0.4), 1, 0)
    assert gru[2] == r"h &= 0.900 \cdot 0.500 + (1 - 0.900) \cdot (-0.500) = 0.400"
    assert numbers("SimpleRNN", parts(h=0.4), 0, 0) == [r"h_{t-1} &= 0.000", r"h_t &= 0.500"]


def test_how_far_the_gradient_reaches_is_said_of_every_layer(asked, open_page):
    page = open_page(PAGE, part="reach")
    assert [args["kind"] for name, args in asked] == [each.id for each in CELLS]
    assert "**GRU**: nothing arrives at the first step" in said(page)
    assert "**LSTM** × 1.00 a step back" in said(page)


def test_attention_is_asked_as_it_is_chosen(asked, open_page):
    page = open_page(PAGE, part="attention", sentence="a b c", heads="3", key_dim="4", causal="true", position="true")
    question, args = asked[-1]
    assert question == "attention"
    assert (args["sentence"], args["heads"], args["key_dim"]) == ("a b c", 3, 4)
    assert (args["causal"], args["position"], args["scale"]) == (True, True, 1.0)
    assert all(f"Head {n}" in said(page) for n in (1, 2, 3))
    assert "What “2 b” looks at" in said(page)
    open_page(PAGE, part="attention", layer="Attention", sentence="a", scale="0.25")
    assert (asked[-1][1]["heads"], asked[-1][1]["scale"]) == (1, 0.25)


def test_every_experiment_asks_and_then_tells(asked, open_page):
    page = open_page(PAGE)
    titles = [button.label for button in page.button if button.key and button.key.startswith("try-")]
    assert len(titles) == 3
    for title, question in zip(titles, ("gates", "reach", "attention"), strict=True):
        page = press(page, title)
        assert "You said" not in said(page)
        asked.clear()
        page = page.radio[0].set_value(1).run()
        assert not page.exception
        assert "You said" in said(page)
        assert asked[-1][0] == question
    assert asked[-1][1]["causal"] is True


def test_a_run_that_has_ended_lends_its_weights(asked, open_page, store):
    spec = recipes.recipe("sequence-next-value").spec
    run_id = store.runs.create(spec, "local")
    page = open_page(PAGE)
    assert "its weights can be looked at here too" in said(page)
    for kind in ("started", "finished"):
        store.runs.append(run_id, kind, {})
    layer = recurrent_layers(spec)[0]
    page = open_page(PAGE, of=f"{run_id}.{layer}")
    question, args = asked[-1]
    assert (question, args["run"], args["layer"], args["at"]) == ("gates_of_run", run_id, layer, 0)
    assert args["spec"] == spec.model_dump(mode="json")
    words = said(page)  # the answer says relu: no formula may say tanh
    assert "operatorname{relu}" in words
    assert "tanh(" not in words
    page.number_input(key="sample").set_value(3).run()
    assert asked[-1][1]["at"] == 2


def test_layers_of_two_ways_count_as_recurrent():
    assert len(recurrent_layers(recipes.recipe("reviews-bilstm").spec)) >= 1
    assert recurrent_layers(recipes.recipe("digits-mlp").spec) == []


def test_layers_go_into_the_draft(asked, open_page, store):
    made = store.drafts.create(recipes.recipe("sequence-next-value").spec, "local")
    page = open_page(PAGE, draft=made.id, cell="GRU", units="16")
    page.button(key="take").click().run()
    assert not page.exception
    added = store.drafts.draft(made.id).spec.model.layers[-2]
    assert (added.kind, added.args.plain()["units"]) == ("GRU", 16)
    spec = lab_layer.changed(made.spec, "MultiHeadAttention", {"num_heads": 2, "key_dim": 8})
    layer = spec.model.layers[-2]
    assert (layer.kind, layer.args.plain()) == ("MultiHeadAttention", {"num_heads": 2, "key_dim": 8})
    assert layer.inputs == ()  # what stands before it, as often as it reads


def test_without_a_draft_or_an_answer_the_page_says_so(monkeypatch, asked, open_page):
    assert "There is no draft yet" in said(open_page(PAGE))
    for part in ("gates", "reach", "attention"):
        monkeypatch.setattr(lab_answers, "ask", lambda *args, **arrays: Answer(error="Keras says no"))
        monkeypatch.setattr(lab_answers, "ask_all", lambda *args, **arrays: [Answer(error="Keras says no")] * 3)
        assert "Keras says no" in said(open_page(PAGE, part=part))
