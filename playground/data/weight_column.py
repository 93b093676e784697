"""A column of one's own table that says how much each row counts in training."""

import numpy as np

from playground.data.errors import DataError
from playground.data.options import chosen, suggestion
from playground.data.sets.own_table import answers, corrected, task_for
from playground.data.uploads.column_types import numbers
from playground.data.uploads.profile import ColumnProfile
from playground.data.uploads.upload import frame_of, profile_of
from playground.settings import Settings
from playground.specs import DatasetSpec, RunSpec
from playground.specs.edit import with_value
from playground.specs.problems import Problem

_TABLE = "table"
_PLACE = "training.sample_weight"


def weight_columns(spec: DatasetSpec, settings: Settings) -> tuple[str, ...]:
    """The names of the columns that can say how much a row counts: numbers of at least 0 without gaps.

    Empty for data that is not one's own table.

    Raises:
        DataError: the table is not here, or the spec does not fit it.
    """
    if spec.source != _TABLE:
        return ()
    target, known = _columns(spec, settings)
    return tuple(each.name for each in known if each.name != target.name and not _refusal(each))


def check_weight_column(spec: DatasetSpec, name: str, settings: Settings) -> None:
    """Refuse the column ``name`` where it cannot say how much each row counts.

    Raises:
        DataError: there is no such column, or its values are no weights; the message says what was expected.
    """
    if spec.source != _TABLE:
        raise DataError(f"Sample weights are a column of one's own table: {spec.source} has none, received {name!r}.")
    target, known = _columns(spec, settings)
    column = next((each for each in known if each.name == name), None)
    if column is None:
        raise DataError(f"There is no column {name!r}. {suggestion(name, [each.name for each in known])}")
    if name == target.name:
        raise DataError(f"{name!r} is the target: expected another column as the weights of the rows.")
    if why := _refusal(column):
        raise DataError(f"{name!r} {why}: expected numbers of at least 0 without gaps as the weights of the rows.")


def column_problems(spec: RunSpec, settings: Settings) -> tuple[Problem, ...]:
    """What keeps the chosen column of weights from being used, as only the table itself can tell."""
    name = spec.training.sample_weight
    if name is None or spec.dataset.source != _TABLE:
        return ()
    try:
        check_weight_column(spec.dataset, name, settings)
    except DataError as error:
        fix = with_value(spec, _PLACE, None)
        return (Problem("weight-column", _PLACE, f"{_PLACE}: {error}", True, fix),)
    return ()


def column_weights(spec: DatasetSpec, name: str, rows: np.ndarray, settings: Settings) -> np.ndarray:
    """How much each of ``rows`` counts: the values of the column ``name``, float64 (n,).

    Args:
        spec: the dataset, one's own table.
        name: the column.
        rows: row numbers as the prepared arrays have them, int64 (n,): of the rows whose target is known.
        settings: whose home has the table.

    Raises:
        DataError: the column is no such one, or the table is not here any more.
    """
    check_weight_column(spec, name, settings)
    options = chosen("datasets", spec.source, spec.options)
    target, _ = _columns(spec, settings)
    frame = frame_of(options["file"], [target.name, name], settings)
    task = task_for(target, options["task"], profile_of(options["file"], settings))
    _y, known = answers(frame[target.name], target, task)
    values: np.ndarray = numbers(frame[name])[known][rows]
    if not values.any():
        raise DataError(f"{name!r} is 0 in every row to train with: expected some rows that count.")
    return values


def _columns(spec: DatasetSpec, settings: Settings) -> tuple[ColumnProfile, tuple[ColumnProfile, ...]]:
    """The target, and all columns with their corrected types."""
    options = chosen("datasets", spec.source, spec.options)
    profile = profile_of(options["file"], settings)
    known = corrected(profile, options["types"] or {})
    name = profile.column(profile.target if spec.target is None else spec.target).name
    return next(each for each in known if each.name == name), known


def _refusal(column: ColumnProfile) -> str:
    """Why the values of ``column`` are no weights; empty where they are."""
    if column.minimum is None or column.has_words or column.type in ("date", "text"):
        return f"holds no plain numbers, but {column.reason}"
    if column.missing:
        return f"has {column.missing:,} gaps"
    return f"has values below 0, down to {column.minimum:g}" if column.minimum < 0 else ""
