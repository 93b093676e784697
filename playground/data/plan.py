"""A dataset spec with everything looked up and checked, before any data is touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground.data.after_steps import State, step_of
from playground.data.errors import DataError
from playground.data.options import chosen, suggestion
from playground.data.part import AnyStep
from playground.data.sets.column_target import of_column
from playground.data.source import Source
from playground.data.sources import OWN_SOURCES, SOURCES
from playground.data.split import Sizes, sizes
from playground.data.table import check_ready, feature_names, width
from playground.data.transforms.row_steps import RowStep
from playground.data.transforms.vocabulary import vocabulary_of
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
        vocabulary: how many words there are where inputs are the numbers of words, else ``None``.
        input_dtype: numpy dtype name of the inputs after all steps.
        target_shape: one target, without the batch axis.
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
    vocabulary: int | None = None
    input_dtype: str = "float32"
    target_shape: tuple[int, ...] = ()


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
    else:
        source = of_column(spec.source, source, spec.target)
    task = source.task if is_own or spec.target != RECONSTRUCTED else "reconstruction"
    columns = _columns(spec.source, spec.features, source) if spec.features and not is_own else None
    split_args = chosen("splits", spec.split.kind, spec.split.args)
    if spec.split.kind == "given" and not source.has_test:
        raise DataError(f"{spec.source} has no test part of its own, which the split 'given' needs. Choose 'holdout'.")
    by = spec.split.args.get("column")
    is_known = spec.source == "table" or (source.groups and (spec.split.kind, by) == ("groups", source.groups[0]))
    if by is not None and not is_known:
        if source.groups is None:
            raise DataError(f"{spec.source} has no columns to divide by: received {by!r}. Choose 'holdout'.")
        known = f"only into groups by {source.groups[0]!r}"
        raise DataError(f"{spec.source} can be divided {known}, received {by!r}. Choose that, or 'holdout'.")
    if spec.split.kind == "own_parts" and not source.n_validation + source.n_test:
        raise DataError(f"{spec.source} is not divided, which the split 'own_parts' needs. Choose 'holdout'.")
    features = source.features if columns is None else tuple(source.features[column] for column in columns)
    state = State(
        source.input_shape if columns is None else (len(columns),),
        source.columns if source.columns is None or columns is None else tuple(source.columns[at] for at in columns),
        source.unit or source.target,
        features,
    )
    steps: list[tuple[AnyStep, dict[str, Any]]] = []
    for step in spec.steps:
        args = chosen("steps", step.kind, step.args)
        made = step_of(step.kind, task, source)
        if isinstance(made, RowStep) and not all(isinstance(before, RowStep) for before, _ in steps):
            raise DataError(f"{step.kind} leaves rows out before anything is measured: move it to the top.")
        if isinstance(made, RowStep) and source.is_series:
            raise DataError(f"{step.kind} would tear holes into a series. Remove it.")
        steps.append((made, args))
        state = state.after(made, args)
    shape, features = state.shape, state.features
    if state.columns is not None:
        check_ready(state.columns)
        shape, features = (width(state.columns),), feature_names(state.columns)
    vocabulary = vocabulary_of(source, state.columns, [step for step, _ in steps])
    if vocabulary is not None and task == "reconstruction":
        raise DataError("Numbers of words cannot be reconstructed: they have no order. Choose another target.")
    rows = source.rows(options)
    # A source with a test part of its own is read from a file, and only the file knows how many rows that has.
    n = None if rows is None else sizes(spec.split.kind, split_args, rows, source.n_test, source.n_validation)
    if (
        rows is not None
        and by is not None
        and source.groups
        and (of := sizes("holdout", split_args, source.groups[1], 0))
    ):
        n = Sizes(*(rows // source.groups[1] * groups for groups in of))
    if any(isinstance(step, RowStep) for step, _ in steps):
        n = None  # the rows themselves decide
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
        source.is_series,
        vocabulary,
        source.input_dtype if vocabulary is None else "int32",
        shape if task == "reconstruction" else source.target_shape,
    )


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
