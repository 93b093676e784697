"""A dataset spec with everything looked up and checked, before any data is touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground.data.errors import DataError
from playground.data.options import chosen, suggestion
from playground.data.source import Source
from playground.data.sources import SOURCES
from playground.data.split import Sizes, sizes
from playground.data.steps import STEPS, Step
from playground.specs import DatasetSpec
from playground.specs.facts import Task
from playground.specs.run_spec import RECONSTRUCTED


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    Attributes:
        source: where the rows come from.
        task: what is to be learned.
        options: all options of the source.
        columns: positions of the columns that are used, or ``None`` for all of them.
        steps: the steps with all their arguments, in order.
        split, split_args: how rows are divided.
        input_shape: one input after all steps, without the batch axis.
        n: rows of each part, or ``None`` where only a file knows.
    """

    source: Source
    task: Task
    options: dict[str, Any]
    columns: tuple[int, ...] | None
    steps: tuple[tuple[Step, dict[str, Any]], ...]
    split: str
    split_args: dict[str, Any]
    input_shape: tuple[int, ...]
    n: Sizes | None


def plan(spec: DatasetSpec) -> Plan:
    """What ``spec`` asks for.

    Raises:
        DataError: something in it is unknown, not allowed or does not fit.
    """
    options = chosen("datasets", spec.source, spec.options)
    source = SOURCES[spec.source].given(options)
    if spec.target not in (None, RECONSTRUCTED):
        expected = f"expected none, or {RECONSTRUCTED!r} for the inputs themselves"
        raise DataError(f"The target of {spec.source} is fixed: {expected}, received {spec.target!r}.")
    task = source.task if spec.target is None else "reconstruction"
    columns = _columns(spec.source, spec.features, source) if spec.features else None
    split_args = chosen("splits", spec.split.kind, spec.split.args)
    if spec.split.kind == "given" and not source.has_test:
        raise DataError(f"{spec.source} has no test part of its own, which the split 'given' needs. Choose 'holdout'.")
    shape = source.input_shape if columns is None else (len(columns),)
    steps = []
    for step in spec.steps:
        args = chosen("steps", step.kind, step.args)
        steps.append((STEPS[step.kind], args))
        shape = STEPS[step.kind].shape(shape)
    rows = source.rows(options)
    # A source with a test part of its own is read from a file, and only the file knows how many rows that has.
    n = None if rows is None else sizes(spec.split.kind, split_args, rows, n_test=0)
    return Plan(source, task, options, columns, tuple(steps), spec.split.kind, split_args, shape, n)


def _columns(name: str, features: Sequence[str | int], source: Source) -> tuple[int, ...]:
    if not source.features:
        raise DataError(f"{name} holds images, which have no columns to choose from: expected no features.")
    columns = tuple(_column(name, feature, source.features) for feature in features)
    if len(set(columns)) < len(columns):
        raise DataError(f"{name}: a column is chosen twice in {', '.join(map(str, features))}.")
    return columns


def _column(name: str, feature: str | int, names: tuple[str, ...]) -> int:
    if isinstance(feature, int):
        if not 0 <= feature < len(names):
            raise DataError(f"{name} has no column {feature}: expected a position from 0 to {len(names) - 1}.")
        return feature
    if feature not in names:
        raise DataError(f"{name} has no column {feature!r}. {suggestion(feature, names)}")
    return names.index(feature)
