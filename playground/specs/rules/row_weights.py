"""How much classes and rows count in training."""

from collections.abc import Iterator

from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec

_CLASSES, _ROWS, _METRICS = "training.class_weight", "training.sample_weight", "training.weighted_metrics"
_TABLE = "table"


def class_weight_against_task(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Weights of classes where a row has not one class."""
    if facts is None or spec.training.class_weight is None:
        return
    if facts.task in ("binary", "multiclass") and not facts.is_sequence_answered:
        return
    what = "several classes" if facts.task == "multiclass" else "numbers"
    reason = f"{_CLASSES}: expected targets of one class a row, received {what}; there is nothing to weigh by class"
    yield Problem("class-weight-against-task", _CLASSES, reason, True, with_value(spec, _CLASSES, None))


def class_weight_for_each(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Not as many weights as classes, or nothing but zeros."""
    chosen = spec.training.class_weight
    if facts is None or not facts.classes or chosen is None or chosen == "balanced":
        return
    expected, received = f"{len(facts.classes)} numbers, one for each class", f"{len(chosen)}"
    if len(chosen) == len(facts.classes):
        if any(chosen):
            return
        expected, received = "some class that counts", "zeros only"
    reason = f"{_CLASSES}: expected {expected}, received {received}"
    yield Problem("class-weight-for-each", _CLASSES, reason, True, with_value(spec, _CLASSES, "balanced"))


def sample_weight_of_table(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A column of weights for data that is no table of one's own."""
    name = spec.training.sample_weight
    if name is not None and spec.dataset.source != _TABLE:
        reason = (
            f"{_ROWS}: expected a table of one's own, whose column says how much each row counts, received {name} for "
            f"{spec.dataset.source}"
        )
        yield Problem("sample-weight-of-table", _ROWS, reason, True, with_value(spec, _ROWS, None))


def learned_weight(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """The column of weights is learned from as well."""
    name, features = spec.training.sample_weight, spec.dataset.features
    if name is not None and name in features and len(features) > 1:
        reason = (
            f"{_ROWS}: expected a column that is not learned from, received {name}, which is; what says how much a row "
            "counts is seldom known of new ones"
        )
        rest = [each for each in features if each != name]
        yield Problem("learned-weight", _ROWS, reason, False, with_value(spec, "dataset.features", rest))


def weighted_without_weights(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Metrics that are to count rows by their weights, where they have none."""
    training = spec.training
    if training.weighted_metrics and training.class_weight is None and training.sample_weight is None:
        reason = f"{_METRICS}: expected weights of classes or rows, received none; every row counts once as it is"
        yield Problem("weighted-without-weights", _METRICS, reason, False, with_value(spec, _METRICS, False))
