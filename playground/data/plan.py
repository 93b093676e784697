"""A dataset spec with everything looked up and checked, before any data is touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground.data.errors import DataError
from playground.data.options import chosen, suggestion
from playground.data.part import AnyStep
from playground.data.source import Source
from playground.data.sources import OWN_SOURCES, SOURCES
from playground.data.split import Sizes, sizes
from playground.data.steps import STEPS
from playground.data.table import Columns, check_ready, feature_names, width
from playground.data.table_step import TableStep
from playground.data.table_steps import TABLE_STEPS
from playground.data.target_steps import TARGET_STEPS, TargetStep
from playground.settings import Settings, settings
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
        features: names of the columns of numbers after all steps; empty for images.
        unit: unit of the target after all steps, or empty.
        steps: the steps with all their arguments, in order.
        split, split_args: how rows are divided.
        input_shape: one input after all steps, without the batch axis.
        n: rows of each part, or ``None`` where only a file knows.
        is_series: whether inputs are windows of a series.
    """

    source: Source
    task: Task
    options: dict[str, Any]
    columns: tuple[int, ...] | None
    features: tuple[str, ...]
    unit: str
    steps: tuple[tuple[AnyStep, dict[str, Any]], ...]
    split: str
    split_args: dict[str, Any]
    input_shape: tuple[int, ...]
    n: Sizes | None
    is_series: bool = False


def plan(spec: DatasetSpec, limits: Settings | None = None) -> Plan:
    """What ``spec`` asks for.

    Args:
        spec: the dataset.
        limits: the settings whose home has the tables that people brought; this process's without.

    Raises:
        DataError: something in it is unknown, not allowed or does not fit.
    """
    options = chosen("datasets", spec.source, spec.options)
    source = (SOURCES | OWN_SOURCES)[spec.source].given(options)
    is_own = source.described is not None
    if source.described is not None:
        source = source.described(spec, options, limits or settings())
    elif spec.target not in (None, RECONSTRUCTED):
        expected = f"expected none, or {RECONSTRUCTED!r} for the inputs themselves"
        raise DataError(f"The target of {spec.source} is fixed: {expected}, received {spec.target!r}.")
    task = source.task if is_own or spec.target is None else "reconstruction"
    columns = _columns(spec.source, spec.features, source) if spec.features and not is_own else None
    split_args = chosen("splits", spec.split.kind, spec.split.args)
    if spec.split.kind == "given" and not source.has_test:
        raise DataError(f"{spec.source} has no test part of its own, which the split 'given' needs. Choose 'holdout'.")
    state = State(
        source.input_shape if columns is None else (len(columns),), source.columns, source.unit or source.target
    )
    steps = []
    for step in spec.steps:
        args = chosen("steps", step.kind, step.args)
        made = _step(step.kind, task, source)
        steps.append((made, args))
        state = state.after(made, args)
    shape, features = state.shape, source.features
    if state.columns is not None:
        check_ready(state.columns)
        shape, features = (width(state.columns),), feature_names(state.columns)
    elif columns is not None:
        features = tuple(source.features[column] for column in columns)
    rows = source.rows(options)
    # A source with a test part of its own is read from a file, and only the file knows how many rows that has.
    n = None if rows is None else sizes(spec.split.kind, split_args, rows, n_test=0)
    return Plan(
        source,
        task,
        options,
        columns,
        features,
        state.unit if task == "regression" else "",
        tuple(steps),
        spec.split.kind,
        split_args,
        shape,
        n,
        spec.source == "series",
    )


@dataclass(frozen=True)
class State:
    """What the steps so far have made: the shape of an input or the columns of a table, and the target's unit."""

    shape: tuple[int, ...]
    columns: Columns | None
    unit: str

    def after(self, step: AnyStep, args: dict[str, Any]) -> "State":
        """The state after one more step. Raises DataError where it does not fit."""
        if isinstance(step, TargetStep):
            return State(self.shape, self.columns, step.unit(self.unit))
        if isinstance(step, TableStep):
            return State(self.shape, step.columns(self.columns or (), args), self.unit)
        return State(step.shape(self.shape), self.columns, self.unit)


def _step(kind: str, task: Task, source: Source) -> AnyStep:
    if kind in TARGET_STEPS:
        if task != "regression":
            raise DataError(f"{kind} changes numbers that are to be predicted; here these are classes. Remove it.")
        return TARGET_STEPS[kind]
    known: dict[str, Any] = STEPS if source.columns is None else TABLE_STEPS
    if kind not in known:
        what = "inputs that are all numbers" if source.columns is None else "tables"
        raise DataError(f"The step {kind} is not for {what}. Remove it, or choose of {', '.join(known)}.")
    step: AnyStep = known[kind]
    return step


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
