"""A table that was taken in, as a source: its target and the columns that are learned from."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, get_args

import numpy as np

from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.data.split_column import column_of, is_learned_from, marks
from playground.data.table import CLASSES, Column, ColumnType, Table
from playground.data.uploads.column_types import MAX_VALUES, days, numbers, texts
from playground.data.uploads.look import task_of
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.data.uploads.upload import frame_of, profile_of
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import Task

_TWO = 2


def described(spec: DatasetSpec, options: Mapping[str, Any], settings: Settings) -> Source:
    """The source that ``spec`` asks for, known from the profile of its table.

    Raises:
        DataError: the table is not here, or a column, type, target or task does not fit it.
    """
    profile = profile_of(options["file"], settings)
    known = corrected(profile, options["types"] or {})
    by_name = {column.name: column for column in known}
    target = by_name[profile.column(profile.target if spec.target is None else spec.target).name]
    chosen = [by_name[profile.column(each).name] for each in spec.features] or [
        each for each in known if each.name != target.name and not each.aside
    ]
    by = column_of(spec.split, profile.model_copy(update={"columns": known}))
    chosen = [each for each in chosen if is_learned_from(spec.split, each.name)]
    names = [each.name for each in chosen]
    if len(set(names)) < len(names):
        raise DataError(f"{profile.name}: a column is chosen twice in {', '.join(names)}.")
    if target.name in names:
        raise DataError(f"{target.name!r} is the target and cannot be learned from. Take it out of the features.")
    task = task_for(target, options["task"], profile)
    columns = tuple(_column(each) for each in chosen)
    return Source(
        partial(_load, target=target, task=task, chosen=chosen, columns=columns, split=(spec.split.kind, by)),
        task,
        (len(columns),),
        profile.n_rows - target.missing,
        () if task == "regression" else target.values,
        tuple(names),
        columns=columns,
        target=target.name,
    )


def corrected(profile: Profile, types: Mapping[str, Any]) -> tuple[ColumnProfile, ...]:
    """The columns of ``profile`` with the ``types`` that somebody gave by name.

    Raises:
        DataError: there is no such column or type, or the values of the column are not of it.
    """
    return tuple(_corrected(profile, each, types) for each in profile.columns)


def _corrected(profile: Profile, column: ColumnProfile, types: Mapping[str, Any]) -> ColumnProfile:
    for name in types:
        profile.column(name)
    wanted = types.get(column.name, column.type)
    if wanted not in get_args(ColumnType):
        raise DataError(f"{column.name!r}: expected a type of {', '.join(get_args(ColumnType))}, received {wanted!r}.")
    if wanted in CLASSES and not column.values:
        limit = f"a category has at most {MAX_VALUES:,}"
        raise DataError(f"{column.name!r} has {column.distinct:,} different values; {limit}. Choose another type.")
    if wanted == "date" and not column.date_format:
        raise DataError(f"{column.name!r} holds no dates that can be read, but {column.reason}. Choose another type.")
    if wanted == "number" and column.type in ("category", "text", "date"):
        raise DataError(f"{column.name!r} holds no numbers, but {column.reason}. Choose another type.")
    return column if wanted == column.type else column.model_copy(update={"type": wanted})


def _column(column: ColumnProfile) -> Column:
    values = column.values if column.type in CLASSES else ()
    return Column(column.name, column.type, values, column.missing > 0 and column.type != "text")


def task_for(target: ColumnProfile, wanted: str | None, profile: Profile) -> Task:
    """What is to be learned of the column ``target``: what is ``wanted``, or what its values are like.

    Raises:
        DataError: its values do not fit the task.
    """
    task: Any = wanted or task_of(target, profile.n_rows - target.missing)[0]
    n = len(target.values)
    if task == "regression":
        if target.minimum is None and target.type != "yes/no":
            raise DataError(f"{target.name!r} holds no numbers to predict, but {target.reason}. Choose another target.")
        return "regression"
    if n < _TWO:
        words = "every value is the same" if n else f"it has {target.distinct:,} different values"
        raise DataError(f"{target.name!r} gives no classes: {words}. Choose another target, or regression.")
    if task == "binary" and n != _TWO:
        raise DataError(f"{target.name!r} has {n:,} classes: expected two for a binary task. Choose multiclass.")
    return "binary" if n == _TWO else "multiclass"


def _load(
    options: Mapping[str, Any],
    seed: int,
    settings: Settings,
    progress: Progress,
    *,
    target: ColumnProfile,
    task: Task,
    chosen: Sequence[ColumnProfile],
    columns: Sequence[Column],
    split: tuple[str, ColumnProfile | None],
) -> Loaded:
    """The rows whose target is known: x a :class:`Table`, y places of the class names, or numbers as float64."""
    progress(0.0, "Reading the table")
    kind, by = split
    names = [target.name, *(each.name for each in chosen), *([by.name] if by else [])]
    frame = frame_of(options["file"], list(dict.fromkeys(names)), settings)
    y, known = answers(frame[target.name], target, task)
    if not known.all():
        frame, y = frame[known], y[known]
    arrays = tuple(_array(each, frame[each.name]) for each in chosen)
    return Loaded(Table(tuple(columns), arrays), y, by=marks(kind, by, frame[by.name]) if by else None)


def answers(values: Any, target: ColumnProfile, task: Task) -> tuple[np.ndarray, np.ndarray]:
    """The ``values`` of the target, numbers or places of its classes, (n,), and which of them are known, bool (n,)."""
    if task == "regression":
        y = numbers(values)
        return y, np.isfinite(y)
    y = _places(values, target.values)
    return y, y >= 0


def _array(column: ColumnProfile, values: Any) -> np.ndarray:
    if column.type == "number":
        return numbers(values)
    if column.type == "date":
        return days(values, column.date_format)
    if column.type in CLASSES:
        return _places(values, column.values)
    return texts(values).fillna("").to_numpy(object)


def _places(values: Any, names: Sequence[str]) -> np.ndarray:
    """Where each value stands in ``names``: int32 (n,), -1 for a missing one."""
    import pandas as pd

    places, found = pd.factorize(values)  # each different value becomes text once
    known = pd.Index(list(names), dtype="str").get_indexer(pd.Index(texts(found.to_series())))
    return np.append(known, -1).astype(np.int32)[places]
