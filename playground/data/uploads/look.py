"""Looks a table over: what its columns are, which one may be the target, which ones should not be learned from."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from playground.data.table import CLASSES
from playground.data.uploads.column_types import MAX_VALUES, days, guess, n_distinct, numbers, texts
from playground.data.uploads.dialect import Dialect
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.data.uploads.put_aside import put_aside
from playground.data.uploads.upload import frame_of
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_TARGETS = re.compile(
    r"^(target|label|labels|y|outcome|response|survived|species|diagnosis|churn|churned|exited|default|defaulted|"
    r"quality|price|medv|sale_?price|median_house_value|income|salary|charges|fraud|is_fraud|spam|sentiment|rating|"
    r"attrition|approved|loan_status|deposit|heart_?disease|stroke|diabetes|output|result|class|category|variety)$",
    re.IGNORECASE,
)
_EXAMPLES = 5
_FIRST = 1_000
_EXAMPLE_SIGNS = 60
_FEW_CLASSES = 20
_NUMBER_CLASSES = 10
_FEW_OF_ALL = 0.05
_ENOUGH = 20
_AT_ONCE = 4


class _Target(NamedTuple):
    name: str
    reason: str


def look(frame: "pd.DataFrame", dialect: Dialect | None, file: str, name: str) -> Profile:
    """The profile of ``frame``, which came in a file of the SHA-256 ``file`` that was called ``name``."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:  # sorting and counting numbers leaves the other threads free
        duplicates = pool.submit(_duplicates, frame)
        columns = list(pool.map(_column, map(str, frame.columns), [frame[name] for name in frame.columns]))
    target = _target(columns)
    task, reason = task_of(next(each for each in columns if each.name == target.name), len(frame))
    series = _series(frame, columns)
    if series:
        target, task, reason = series, "series", "there is a date in every row, in order, and numbers beside it"
    return Profile(
        file=file,
        name=name,
        n_rows=len(frame),
        duplicates=duplicates.result(),
        columns=tuple(put_aside(frame, columns, target.name)),
        target=target.name,
        target_reason=target.reason,
        task=task,
        task_reason=reason,
        encoding=dialect.encoding if dialect else "",
        separator=dialect.separator if dialect else "",
        decimal=dialect.decimal if dialect else "",
        has_header=dialect is None or dialect.has_header,
        sheet=dialect.sheet if dialect else "",
        skipped=dialect.skipped if dialect else 0,
    )


def task_of(column: ColumnProfile, n_rows: int) -> tuple[str, str]:
    """What is to be learned of a target, and why, in words."""
    n = len(column.values)
    if column.type in CLASSES:
        return ("binary", "the target has two classes") if n == 2 else ("multiclass", f"the target has {n} classes")
    is_whole = all(value.lstrip("-").isdigit() for value in column.values)
    if 1 < n <= _NUMBER_CLASSES and is_whole and n <= _FEW_OF_ALL * n_rows:
        words = f"the target has only {n} different whole numbers"
        return ("binary" if n == 2 else "multiclass"), words
    return "regression", "the target is a number"


def retargeted(profile: Profile, target: str | int, settings: Settings) -> Profile:
    """``profile`` with another target, the task that goes with it and what has to be put aside for it.

    Raises:
        DataError: there is no such column, or the table is gone.
    """
    goal = profile.column(target)
    frame = frame_of(profile.file, [column.name for column in profile.columns], settings)
    if profile.task == "series" and goal.type == "number":
        task, reason = profile.task, profile.task_reason
    else:
        task, reason = task_of(goal, len(frame) - goal.missing)
    changes = {
        "target": goal.name,
        "target_reason": "it was chosen",
        "task": task,
        "task_reason": reason,
        "columns": tuple(put_aside(frame, list(profile.columns), goal.name)),
    }
    return profile.model_copy(update=changes)


def _column(name: str, column: "pd.Series") -> ColumnProfile:
    distinct = n_distinct(column)
    found = guess(name, column, distinct)
    known = column.dropna()
    values: tuple[str, ...] = ()
    fewest = 0
    if 0 < distinct <= MAX_VALUES:
        counts = known.value_counts()  # each different value becomes text once
        counts = counts.groupby(texts(counts.index.to_series()).to_numpy()).sum()
        order = numbers(counts.index.to_series()) if column.dtype.kind in "iuf" else None
        names = counts.index.tolist() if order is None else counts.index[np.argsort(order)].tolist()
        values = tuple(names if order is not None else sorted(names))
        fewest = int(counts.min())
    missing = int(column.isna().sum())
    low = high = None
    if found.type == "number":
        valid = numbers(column)
        missing = int(np.isnan(valid).sum())
        low, high = float(np.nanmin(valid)), float(np.nanmax(valid))
    aside = (
        "every value is missing" if not len(known) else "it has the same value in every row" if distinct == 1 else ""
    )
    if not aside and found.type == "identifier":
        aside = f"it tells rows apart and says nothing of them: {found.reason}"
    return ColumnProfile(
        name=name,
        type=found.type,
        reason=found.reason,
        missing=missing,
        distinct=distinct,
        examples=tuple(text[:_EXAMPLE_SIGNS] for text in texts(known.head(_FIRST).drop_duplicates().head(_EXAMPLES))),
        minimum=low,
        maximum=high,
        values=values,
        fewest=fewest,
        date_format=found.date_format,
        has_words=found.type == "number" and column.dtype.kind not in "iuf",
        aside=aside,
    )


def _target(columns: list[ColumnProfile]) -> _Target:
    able = [column for column in columns if column.type in (*CLASSES, "number") and not column.aside]
    if not able:
        return _Target(columns[-1].name, "it is the last column, though none looks like a target")
    for column in able:
        if _TARGETS.match(column.name) and column.name.lower() not in ("class", "category", "result"):
            return _Target(column.name, "targets are often called so")
    last, first = able[-1], able[0]
    if _TARGETS.match(last.name) or last is columns[-1]:
        return _Target(last.name, "it is the last column, where targets mostly stand")
    if first is columns[0] and first.type in CLASSES and len(first.values) <= _FEW_CLASSES:
        return _Target(first.name, "it is the first column and has few classes")
    return _Target(last.name, "it is the last column that can be a target")


def _series(frame: "pd.DataFrame", columns: list[ColumnProfile]) -> _Target | None:
    """The target of a series: the first number of a table that is nothing else but one date a row and numbers."""
    dates = [column for column in columns if column.type == "date"]
    rest = [column for column in columns if column.type == "number"]
    if len(dates) != 1 or not rest or len(dates) + len(rest) != len(columns) or len(frame) < 5 * _ENOUGH:
        return None
    steps = np.diff(days(frame[dates[0].name], dates[0].date_format))
    if dates[0].missing or not ((steps > 0).all() or (steps < 0).all()):
        return None
    return _Target(rest[0].name, "it is the first number beside the dates")


def _duplicates(frame: "pd.DataFrame") -> int:
    """How many rows are equal to an earlier one, by hashes of 64 bits: comparing all values takes ten times as long."""
    import pandas as pd

    return int(pd.util.hash_pandas_object(frame, index=False).duplicated().sum())
