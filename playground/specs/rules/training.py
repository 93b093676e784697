"""Metrics and callbacks against the task and the parts of the data."""

from collections.abc import Iterator

from playground import catalog
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.labels import LABEL_LOSSES
from playground.specs.rules.head import TASK_WORDS, head, loss_entry
from playground.specs.rules.problem import Problem
from playground.specs.run_spec import RunSpec

LABEL_METRICS = {
    "SparseCategoricalAccuracy": "CategoricalAccuracy",
    "SparseCategoricalCrossentropy": "CategoricalCrossentropy",
    "SparseTopKCategoricalAccuracy": "TopKCategoricalAccuracy",
}
"""Metrics that read labels as whole numbers, with the same for rows of 0 and 1."""

_TWINS = LABEL_METRICS | {rows: labels for labels, rows in LABEL_METRICS.items()}
_ANY = frozenset({"accuracy"})
_UNDIVIDED = "none"


def metric_against_task(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A metric that can be computed, and is meant for another task."""
    if facts is None:
        return
    for number, metric in enumerate(spec.training.metrics):
        entry = catalog.entry("metrics", metric.kind)
        if entry is None or not entry.tasks or facts.task in entry.tasks or _reads_otherwise(entry, spec, facts):
            continue
        if entry.id in LABEL_METRICS and facts.task == "binary":
            continue  # the loss reads labels too, with a unit for each of the two classes
        place = f"training.metrics.{number}"
        meant = " or ".join(TASK_WORDS[task] for task in entry.tasks)
        reason = f"{place}: expected a metric for {TASK_WORDS[facts.task]}, received {entry.id}, which is for {meant}"
        yield Problem("metric-against-task", place, reason, False, _without_metric(spec, number))


def metric_against_labels(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A metric that reads labels in another form than the loss, which decides in what form they come."""
    if facts is None:
        return
    labels, rows = "reads labels as whole numbers", "compares outputs and targets unit by unit"
    for number, metric in enumerate(spec.training.metrics):
        entry = catalog.entry("metrics", metric.kind)
        if entry is None or not _reads_otherwise(entry, spec, facts):
            continue
        place, twin = f"training.metrics.{number}", _TWINS.get(entry.id) if facts.task == "multiclass" else None
        mine, theirs = (labels, rows) if entry.id in LABEL_METRICS else (rows, labels)
        reason = f"{place}: {entry.id} {mine}, but {spec.training.loss.kind} {theirs}"
        hint = f"; expected {twin}" if twin else "; leave it out, or choose another loss"
        fix = with_value(spec, f"{place}.kind", twin) if twin else _without_metric(spec, number)
        yield Problem("metric-against-labels", place, reason + hint, True, fix)


def _reads_otherwise(metric: catalog.Entry, spec: RunSpec, facts: Facts) -> bool:
    loss = loss_entry(spec)
    if loss is None or facts.task in ("regression", "reconstruction") or metric.id in _ANY:
        return False
    return (metric.id in LABEL_METRICS) != (loss.id in LABEL_LOSSES)


def _without_metric(spec: RunSpec, number: int) -> RunSpec:
    metrics = [each.model_dump() for each in spec.training.metrics]
    return with_value(spec, "training.metrics", metrics[:number] + metrics[number + 1 :])


def accuracy_of_logits(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Accuracy that asks for more than 0.5 where outputs are logits, whose border between two classes is 0."""
    end = head(spec)
    if facts is None or facts.task != "binary" or end is None or end.units != 1:
        return
    if end.activation != "linear" or spec.training.loss.args.get("from_logits") is not True:
        return
    for number, metric in enumerate(spec.training.metrics):
        if metric.kind == "accuracy":
            place = f"training.metrics.{number}"
            reason = (
                f"{place}: accuracy counts outputs above 0.5 as class 1, but outputs without sigmoid have their border "
                "at 0; expected BinaryAccuracy with threshold 0"
            )
            fix = with_value(spec, place, {"kind": "BinaryAccuracy", "args": {"threshold": 0.0}})
            yield Problem("accuracy-of-logits", place, reason, False, fix)


def no_training_rows(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A split whose parts leave nothing to train with."""
    shares = _shares(spec)
    if shares and sum(shares.values()) >= 1:
        reason = (
            f"dataset.split: expected shares that leave rows to train with, received "
            f"{' and '.join(f'{name} {share:g}' for name, share in shares.items())}"
        )
        yield Problem("no-training-rows", "dataset.split", reason, True)


def tested_on_training_rows(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """No split: every figure is of rows that were learned."""
    if spec.dataset.split.kind == _UNDIVIDED:
        reason = (
            "dataset.split: expected rows that are kept from training, received a set that is not divided; its scores "
            "are of the rows that were learned and say nothing of new ones"
        )
        fix = with_value(spec, "dataset.split", {"kind": "holdout"})
        yield Problem("tested-on-training-rows", "dataset.split", reason, False, fix)


def nothing_to_watch(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A callback that watches validation where no rows are kept for it: it would never act."""
    if not _is_without_validation(spec, facts):
        return
    for number, callback in enumerate(spec.training.callbacks):
        entry = catalog.entry("callbacks", callback.kind)
        param = entry.param("monitor") if entry else None
        monitor = callback.args.get("monitor", param.default) if param else None
        if isinstance(monitor, str) and monitor.startswith("val_"):
            place = f"training.callbacks.{number}.monitor"
            seen = monitor.removeprefix("val_")
            reason = f"{place}: {monitor} is never measured, since no rows are kept for validation; expected {seen}"
            yield Problem(
                "nothing-to-watch", place, f"{reason}, or a validation share", False, with_value(spec, place, seen)
            )


def _is_without_validation(spec: RunSpec, facts: Facts | None) -> bool:
    """Whether no rows are kept for validation, as far as the data or, before it was looked at, the split tells."""
    if facts is not None and facts.n_validation is not None:
        return facts.n_validation == 0
    return spec.dataset.split.kind == _UNDIVIDED or _shares(spec).get("validation") == 0


def _shares(spec: RunSpec) -> dict[str, float]:
    """What share of the rows each part takes, where the split draws parts by shares."""
    entry = catalog.entry("splits", spec.dataset.split.kind)
    shares = {}
    for name in ("validation", "test"):
        param = entry.param(name) if entry else None
        value = spec.dataset.split.args.get(name, param.default) if param else None
        if isinstance(value, int | float):
            shares[name] = float(value)
    return shares
