"""What the targets of an array are: classes or numbers to predict."""

from typing import Literal, NamedTuple

import numpy as np

from playground.data.errors import DataError
from playground.data.uploads.image_names import MAX_CLASSES, shown

_FEW = 10
_FEW_OF_ALL = 0.05
_ROWS_A_CLASS = 2
_MAX_NAME = 100


class Targets(NamedTuple):
    """The targets, and what is known of them.

    Attributes:
        values: float64 (n,), or int32 labels where they are names.
        classes: their different values as text, in order; empty where there are too many.
        counts: rows of each.
        task: what is proposed to be learned.
        reason: why, in words.
    """

    values: np.ndarray
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    task: Literal["binary", "multiclass", "regression"]
    reason: str


def targets_of(y: np.ndarray, name: str) -> Targets:
    """The targets in ``y``: numbers, truth values or texts of shape (n,).

    Raises:
        DataError: they are all the same, not finite, or texts that are no names of classes.
    """
    if y.dtype.kind == "f" and not np.isfinite(y).all():
        wrong = int((~np.isfinite(y)).sum())
        raise DataError(
            f"{name}: y has {wrong:,} values that are no finite numbers: expected none. Leave these rows out."
        )
    distinct, labels, counts = np.unique(y, return_inverse=True, return_counts=True)
    if len(distinct) == 1:
        raise DataError(f"{name}: y is {shown(str(distinct[0]))} in every row: expected different targets.")
    is_named = y.dtype.kind in "US"
    values = labels.astype(np.int32) if is_named else y.astype(np.float64)
    if is_named:
        _check_names(distinct, name)
    elif not _is_classes(distinct, y):
        names = tuple(map(_text, distinct)) if len(distinct) <= MAX_CLASSES else ()
        return Targets(values, names, tuple(map(int, counts)) if names else (), "regression", "the targets are numbers")
    task: Literal["binary", "multiclass"] = "binary" if len(distinct) == 2 else "multiclass"
    what = "names" if is_named else "whole numbers" if y.dtype.kind != "b" else "truth values"
    reason = f"the targets are {len(distinct):,} different {what}"
    return Targets(values, tuple(map(_text, distinct)), tuple(map(int, counts)), task, reason)


def _is_classes(distinct: np.ndarray, y: np.ndarray) -> bool:
    """Whether different numbers are classes: few whole ones, or labels from 0 or 1 on without a gap."""
    n = len(distinct)
    if n > MAX_CLASSES or n * _ROWS_A_CLASS > len(y) or not (distinct == np.round(distinct)).all():
        return False
    if y.dtype.kind == "f":
        return n <= _FEW and n <= max(2, _FEW_OF_ALL * len(y))
    is_counted = distinct[0] in (0, 1) and int(distinct[-1]) - int(distinct[0]) == n - 1
    return n <= _FEW or bool(is_counted)


def _check_names(distinct: np.ndarray, name: str) -> None:
    if len(distinct) > MAX_CLASSES:
        raise DataError(f"{name}: y has {len(distinct):,} different texts: expected at most {MAX_CLASSES:,} classes.")
    for each in map(_text, distinct):
        if len(each) > _MAX_NAME or not each.isprintable():
            raise DataError(f"{name}: y holds the text {shown(each)!r}: expected short names of classes.")


def _text(value: np.generic) -> str:
    if isinstance(value, np.bytes_):
        return value.decode("latin-1")
    if isinstance(value, np.floating):
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)
    return str(value)
