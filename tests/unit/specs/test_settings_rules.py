"""Weights of classes and rows in a spec, and rules about them and about what optimizers take together."""

from collections.abc import Mapping
from typing import Any

import pytest

from playground import catalog
from playground.catalog.optimizer_parts import OPTIMIZER_PARTS
from playground.specs import RunSpec
from playground.specs.by_hand import by_hand_refusal
from playground.specs.difference import differences
from playground.specs.edit import with_value
from playground.specs.planned_steps import fitting_args, planned_steps
from playground.specs.usual import usual_args
from tests.unit.specs.example import EXAMPLE
from tests.unit.specs.rule_cases import DIGITS, MULTICLASS, REGRESSION, Case, names, of_rule

_CLASSES, _ROWS, _METRICS = "training.class_weight", "training.sample_weight", "training.weighted_metrics"
TEN = [1.0] * 10


def changed(changes: Mapping[str, Any], spec: RunSpec = DIGITS) -> RunSpec:
    for path, value in changes.items():
        spec = with_value(spec, path, value)
    return spec


def adam(**args: Any) -> RunSpec:
    return changed({"optimizer": {"kind": "Adam", "args": {"learning_rate": 0.001, **args}}})


def cosine(**args: Any) -> RunSpec:
    fixed = {"initial_learning_rate": 0.01, "decay_steps": 600}
    return changed({"learning_rate": {"kind": "CosineDecay", "args": {**fixed, **args}}})


def pieces(boundaries: list[int], values: list[float]) -> RunSpec:
    args = {"boundaries": boundaries, "values": values}
    return changed({"learning_rate": {"kind": "PiecewiseConstantDecay", "args": args}})


def callbacks(spec: RunSpec, *kinds: str) -> RunSpec:
    return with_value(
        spec, "training.callbacks", [{"kind": kind, "args": usual_args("callbacks", kind)} for kind in kinds]
    )


TABLE = changed({"dataset.source": "table", _ROWS: "times"})
CASES = [
    Case(
        "several-clips",
        adam(clipnorm=1.0, global_clipnorm=2.0),
        adam(clipnorm=1.0),
        "training.optimizer.global_clipnorm",
        "received clipnorm and global_clipnorm",
        True,
    ),
    Case(
        "rate-set-twice",
        callbacks(cosine(), "EarlyStopping", "ReduceLROnPlateau"),
        callbacks(adam(), "EarlyStopping", "ReduceLROnPlateau"),
        "training.callbacks.1",
        "received CosineDecay",
        True,
    ),
    Case(
        "average-without-average",
        callbacks(adam(use_ema=False), "SwapEMAWeights"),
        callbacks(adam(use_ema=True), "SwapEMAWeights"),
        "training.callbacks.0",
        "keeps no average",
        True,
    ),
    Case(
        "warmup-without-target",
        cosine(warmup_steps=40),
        cosine(warmup_steps=40, warmup_target=0.01),
        "training.optimizer.learning_rate.warmup_steps",
        "40 steps of warm-up",
    ),
    Case(
        "boundaries-against-values",
        pieces([100, 200], [0.1, 0.01]),
        pieces([100], [0.1, 0.01]),
        "training.optimizer.learning_rate.values",
        "expected 3 rates",
        True,
    ),
    Case(
        "boundaries-against-values",
        pieces([200, 100], [0.1, 0.01, 0.001]),
        pieces([100, 200], [0.1, 0.01, 0.001]),
        "training.optimizer.learning_rate.boundaries",
        "received 200, 100",
        True,
    ),
    Case(
        "accumulates-too-long",
        adam(gradient_accumulation_steps=641),
        adam(gradient_accumulation_steps=640),
        "training.optimizer.gradient_accumulation_steps",
        "received 641; the weights would never change",
    ),
    Case(
        "class-weight-against-task",
        changed({_CLASSES: "balanced", "training.metrics": [], "training.loss": "MeanSquaredError"}),
        changed({"training.metrics": [], "training.loss": "MeanSquaredError"}),
        _CLASSES,
        "received numbers",
        True,
        REGRESSION,
    ),
    Case(
        "class-weight-for-each",
        changed({_CLASSES: TEN[1:]}),
        changed({_CLASSES: TEN}),
        _CLASSES,
        "expected 10 numbers, one for each class, received 9",
        True,
    ),
    Case(
        "class-weight-for-each",
        changed({_CLASSES: [0.0] * 10}),
        changed({_CLASSES: [0.0] * 9 + [1.0]}),
        _CLASSES,
        "received zeros only",
        True,
    ),
    Case("sample-weight-of-table", changed({_ROWS: "times"}), TABLE, _ROWS, "received times for digits", True),
    Case(
        "learned-weight",
        changed({"dataset.features": ["age", "times"]}, TABLE),
        changed({"dataset.features": ["age"]}, TABLE),
        _ROWS,
        "received times, which is",
    ),
    Case(
        "weighted-without-weights",
        changed({_METRICS: True}),
        changed({_METRICS: True, _CLASSES: "balanced"}),
        _METRICS,
        "every row counts once",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_rule_finds_its_problem_and_its_fix_mends_it(case):
    case.check()


def test_a_warm_up_that_is_mended_begins_at_nothing_and_leads_to_the_rate():
    (problem,) = of_rule("warmup-without-target", cosine(warmup_steps=40), MULTICLASS)
    args = problem.fix.training.optimizer.args["learning_rate"]["args"]
    assert (args["initial_learning_rate"], args["warmup_target"]) == (0.0, 0.01)
    assert of_rule("wrong-value", problem.fix, MULTICLASS) == []


@pytest.mark.parametrize("entry", catalog.entries("schedules"), ids=lambda entry: entry.id)
@pytest.mark.parametrize("n_train", [1, 40, 1000, 60_000])
def test_every_schedule_can_be_begun_so_that_it_fits_the_training(entry, n_train):
    facts = MULTICLASS.model_copy(update={"n_train": n_train})
    args = usual_args("schedules", entry.id) | fitting_args(entry.id, planned_steps(DIGITS, facts), 0.002)
    spec = changed({"learning_rate": {"kind": entry.id, "args": args}})
    for rule in ("schedule-against-steps", "boundaries-against-values", "wrong-value", "missing-argument"):
        assert of_rule(rule, spec, facts) == [], rule


def test_a_schedule_counts_batches_also_where_gradients_are_accumulated():
    assert planned_steps(adam(), MULTICLASS) == 640
    assert planned_steps(adam(gradient_accumulation_steps=4), MULTICLASS) == 640
    assert planned_steps(adam(), MULTICLASS.model_copy(update={"n_train": None})) is None


def test_what_is_not_chosen_leaves_no_trace_in_json_and_digest():
    assert DIGITS.model_dump(mode="json")["training"] == EXAMPLE["training"]
    assert with_value(with_value(DIGITS, _CLASSES, "balanced"), _CLASSES, None).digest == DIGITS.digest
    for path, value in ((_CLASSES, "balanced"), (_CLASSES, [1, 2.5]), (_ROWS, "times"), (_METRICS, True)):
        spec = with_value(DIGITS, path, value)
        assert spec.digest != DIGITS.digest
        assert RunSpec.from_json(spec.to_json()) == spec
        (difference,) = differences(DIGITS, spec)
        assert difference.path == path
    assert with_value(with_value(DIGITS, _CLASSES, TEN), f"{_CLASSES}.3", 5).training.class_weight[3] == 5


@pytest.mark.parametrize("value", ["even", [-1.0], ["1"], [], ["NaN"], [True], 3, {"a": 1}, [1.0] * 10_001])
def test_weights_that_are_none_are_refused_in_words(value):
    with pytest.raises(ValueError, match=r'class_weight: expected "balanced" or a list of numbers of at least 0'):
        with_value(DIGITS, _CLASSES, value)


def test_every_argument_of_a_part_is_one_of_some_optimizer_and_stands_in_one_part():
    listed = [name for part in OPTIMIZER_PARTS for name in part.names]
    assert len(set(listed)) == len(listed)
    known = {param.name for entry in catalog.entries("optimizers") for param in entry.params}
    assert set(listed) <= known
    groups = {entry.group for entry in catalog.entries("callbacks")}
    assert {part.callbacks for part in OPTIMIZER_PARTS} - {""} <= groups


def test_rows_that_count_by_weights_are_not_followed_by_hand():
    line = with_value(DIGITS, "model.layers", [{"kind": "Dense", "name": "only", "args": {"units": 1}}])
    facts = REGRESSION.model_copy(update={"input_shape": (2,)})
    assert by_hand_refusal(line, facts, 3) == ""
    assert "weights of their own" in by_hand_refusal(with_value(line, _ROWS, "times"), facts, 3)
