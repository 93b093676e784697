"""Answers of several steps: which end a model needs, and what mends one that has another."""

import pytest

from playground import data
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.specs.problems import problems
from playground.specs.rules.head import head, output_at, with_usual_head
from playground.specs.shapes import LayerShape, Shapes
from playground.specs.templates import started, unfitting
from playground.specs.templates.template import Misfit
from playground.specs.usual import usual_args


def facts_of(source: str) -> Facts:
    return data.outline(first_dataset(source))


def spec_on(source: str, *layers: tuple[str, dict[str, object]]) -> RunSpec:
    """A run on ``source`` of these layers, called a, b, c ..."""
    made = [
        {"kind": kind, "name": name, "args": args, "inputs": []}
        for name, (kind, args) in zip("abcdefgh", layers, strict=False)
    ]
    facts = facts_of(source)
    return with_value(started(first_dataset(source), facts), "model.layers", made)


def shapes(spec: RunSpec, *outputs: tuple[int, ...]) -> Shapes:
    """As Keras has them: the output shape of each layer."""
    layers = [
        LayerShape(name=layer.name, kind=layer.kind, output_shape=shape, parameters=0, trainable=0)
        for layer, shape in zip(spec.model.layers, outputs, strict=True)
    ]
    return Shapes(layers=tuple(layers))


def applied(units: int, **args: object) -> tuple[str, dict[str, object]]:
    return "TimeDistributed", {"layer": {"kind": "Dense", "args": {"units": units, **args}}}


LSTM = ("LSTM", {"units": 8})
EVERY = ("LSTM", {"units": 8, "return_sequences": True})


def test_a_layer_applied_to_every_step_is_the_end_of_a_model():
    spec = spec_on("continuation", EVERY, applied(3, activation="relu"))
    end = head(spec)
    assert end is not None
    assert (end.units, end.activation) == (3, "relu")
    assert end.units_place == "model.layers.b.layer.units"
    assert output_at(spec) == 1
    fixed = with_usual_head(spec, facts_of("continuation"))
    assert fixed is not None
    assert fixed.model.layers[1].args["layer"]["args"].plain() == {"units": 1, "activation": "linear"}


def test_a_recurrent_layer_in_both_directions_is_no_end():
    both = ("Bidirectional", {"layer": {"kind": "LSTM", "args": {"units": 1}}})
    assert head(spec_on("continuation", both)) is None


@pytest.mark.parametrize(
    ("source", "units", "wanted"),
    [("reversed", 9, "10 units, one for each class at every step"), ("aligned", 2, "1 unit")],
)
def test_units_are_those_of_one_step(source, units, wanted):
    facts = facts_of(source)
    first = [("Embedding", {"input_dim": 10, "output_dim": 4})] if facts.symbols else []
    spec = with_value(spec_on(source, *first, EVERY, applied(units)), "training.metrics", [])
    found = [problem for problem in problems(spec, facts) if problem.rule == "units-against-targets"]
    assert wanted in found[0].reason
    assert found[0].fix is not None
    assert "units-against-targets" not in [problem.rule for problem in problems(found[0].fix, facts)]


def mended(spec: RunSpec, facts: Facts, *outputs: tuple[int, ...], rule: str = "unlike-the-steps") -> RunSpec:
    """The remedy for the one problem that the output's shape shows."""
    found = [problem for problem in problems(spec, facts, shapes=shapes(spec, *outputs)) if problem.is_blocking]
    assert [problem.rule for problem in found] == [rule]
    assert found[0].fix is not None
    return found[0].fix


def kinds(spec: RunSpec) -> list[str]:
    return [layer.kind for layer in spec.model.layers]


def test_one_answer_for_a_sequence_as_long_as_the_input_becomes_one_a_step():
    spec = spec_on("aligned", LSTM, ("Dense", {"units": 1}))
    fixed = mended(spec, facts_of("aligned"), (8,), (1,))
    assert kinds(fixed) == ["LSTM", "Dense"]
    assert fixed.model.layers[0].args["return_sequences"] is True


def test_one_answer_for_a_sequence_of_another_length_gets_a_decoder():
    spec = spec_on("continuation", LSTM, ("Dense", {"units": 1}))
    fixed = mended(spec, facts_of("continuation"), (8,), (1,))
    assert kinds(fixed) == ["LSTM", "RepeatVector", "LSTM", "Dense"]
    assert fixed.model.layers[1].args["n"] == 3
    assert fixed.model.layers[2].args["return_sequences"] is True


def test_too_many_steps_are_repeated_as_often_as_the_target_wants():
    spec = spec_on("continuation", LSTM, ("RepeatVector", {"n": 5}), EVERY, applied(1))
    fixed = mended(spec, facts_of("continuation"), (8,), (5, 8), (5, 8), (5, 1))
    assert fixed.model.layers[1].args["n"] == 3
    again = spec_on("continuation", EVERY, applied(1))
    assert kinds(mended(again, facts_of("continuation"), (5, 8), (5, 1))) == [
        "LSTM",
        "RepeatVector",
        "LSTM",
        "TimeDistributed",
    ]


def test_the_right_number_of_steps_is_no_problem():
    spec = spec_on("continuation", LSTM, ("RepeatVector", {"n": 3}), EVERY, applied(1))
    assert not [
        problem
        for problem in problems(spec, facts_of("continuation"), shapes=shapes(spec, (8,), (3, 8), (3, 8), (3, 1)))
        if problem.is_blocking
    ]


def test_a_missing_output_layer_is_one_for_every_step():
    spec = spec_on("aligned", EVERY)
    fixed = mended(spec, facts_of("aligned"), (4, 8), rule="no-output-layer")
    assert kinds(fixed) == ["LSTM", "Dense"]
    assert fixed.model.layers[1].args["units"] == 1


def test_a_layer_for_every_step_behind_a_last_state_wants_the_steps():
    spec = spec_on("aligned", LSTM, applied(1))
    (found,) = [problem for problem in problems(spec, facts_of("aligned")) if problem.is_blocking]
    assert found.rule == "dropped-sequence"
    assert found.fix is not None
    assert found.fix.model.layers[0].args["return_sequences"] is True


def test_an_answer_at_every_step_becomes_one_a_sample():
    spec = spec_on("next_value", EVERY, applied(1))
    (found,) = [problem for problem in problems(spec, facts_of("next_value")) if problem.is_blocking]
    assert found.rule == "kept-sequence"
    assert found.fix is not None
    assert kinds(found.fix) == ["LSTM", "Dense"]
    assert found.fix.model.layers[0].args["return_sequences"] is False


def test_models_that_answer_once_are_not_offered_for_sequences():
    reasons = unfitting(facts_of("continuation"))
    assert "lstm" in [template.name for template in reasons[Misfit.NO_STEPS]]
    assert [template.name for template in reasons[Misfit.ONLY_ALIGNED]] == ["many_to_many"]
    assert [template.name for template in reasons[Misfit.ONLY_ONE_ROW]] == ["one_to_many"]
    once = unfitting(facts_of("next_value"))[Misfit.ONLY_STEPS]
    assert [template.name for template in once] == ["many_to_many", "encoder_decoder", "one_to_many"]


def test_a_flat_model_answers_with_one_long_row_in_the_sequence_s_shape():
    spec = started(first_dataset("continuation"), facts_of("continuation"), "mlp")
    assert kinds(spec)[-2:] == ["Dense", "Reshape"]
    assert spec.model.layers[-2].args["units"] == 3
    assert spec.model.layers[-1].args["target_shape"] == (3, 1)
    assert output_at(spec, facts_of("continuation")) == len(spec.model.layers) - 2


@pytest.mark.parametrize(("source", "metric"), [("continuation", "R2Score"), ("reversed", "F1Score")])
def test_a_metric_of_rows_is_left_out(source, metric):
    facts = facts_of(source)
    spec = started(first_dataset(source), facts, "encoder_decoder")
    kept = [each.model_dump() for each in spec.training.metrics]
    spec = with_value(
        spec, "training.loss", {"kind": "CategoricalCrossentropy"} if facts.classes else spec.training.loss.model_dump()
    )
    (found,) = problems(
        with_value(spec, "training.metrics", [*kept, {"kind": metric, "args": usual_args("metrics", metric)}]), facts
    )
    assert (found.rule, found.is_blocking) == ("metric-of-rows", True)
    assert found.fix == spec
