"""What the values of a column are, guessed from all of them, with the reason in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.data.table import ColumnType

if TYPE_CHECKING:
    import pandas as pd

MAX_VALUES = 1_000
"""The most different values that a category may have."""

_YES_NO = ({"yes", "no"}, {"y", "n"}, {"true", "false"}, {"t", "f"}, {"on", "off"}, {"0", "1"}, {"1", "2"})
_DATES = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y",
    "%d %b %Y",
    "%b %Y",
)
_ID = re.compile(r"(^|[^a-z])(id|uid|uuid|guid|key|index|nr|passengerid)$", re.IGNORECASE)
_SAMPLE = 1_000
_WORDS = 4.0
_FEW_CATEGORIES = 50


@dataclass(frozen=True, slots=True)
class Guess:
    """A type, the reason for it in words, and how dates are spelled."""

    type: ColumnType
    reason: str
    date_format: str = ""


def guess(name: str, column: "pd.Series", distinct: int) -> Guess:
    """What the values of ``column`` are.

    Args:
        name: its name.
        column: its values as they were read.
        distinct: how many different ones there are.
    """
    known = column.dropna()
    if not len(known):
        return Guess("text", "every value is missing")
    if distinct == 2:
        both = {_text(each).strip().lower() for each in known.unique()}
        if both in _YES_NO:
            return Guess("yes/no", f"only {' and '.join(sorted(both))}")
    if column.dtype == bool:
        return Guess("yes/no", "true or false")
    if column.dtype.kind in "iuf":
        return _number(name, known, distinct)
    return _words(known.astype("str"), distinct)


def texts(column: "pd.Series") -> "pd.Series":
    """The values of ``column`` as text, whole numbers without a fraction; missing ones stay missing."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":  # each different number once
        import pandas as pd

        places, values = pd.factorize(column)
        names = pd.Series([_text(value) for value in values.tolist()], dtype="str")
        return names.reindex(places).set_axis(column.index)
    return column.astype("object").map(_text, na_action="ignore").astype("str")


def is_whole(values: np.ndarray) -> bool:
    """Whether the numbers ``values``, none of them missing, have no fractions."""
    return all(bool((part == np.trunc(part)).all()) for part in (values[:_SAMPLE], values))


def n_distinct(column: "pd.Series") -> int:
    """How many different values ``column`` has, without missing ones."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "f":  # sorting is several times faster than hashing
        values = np.sort(column.dropna().to_numpy())
        return int(np.count_nonzero(values[1:] != values[:-1])) + (len(values) > 0)
    return int(column.nunique())


def numbers(column: "pd.Series") -> np.ndarray:
    """The values of ``column`` as float64 of shape (n,); what is no number is NaN."""
    import pandas as pd

    if column.dtype == np.float64:
        found = column.to_numpy()
    else:
        found = pd.to_numeric(column, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    infinite = np.isinf(found)
    return np.where(infinite, np.nan, found) if infinite.any() else found


def days(column: "pd.Series", date_format: str) -> np.ndarray:
    """The dates in ``column`` as days since 1970, float64 of shape (n,); what is no date is NaN."""
    import pandas as pd

    found = pd.to_datetime(column, format=date_format, errors="coerce")
    gaps = found.isna().to_numpy()
    whole = found.to_numpy("datetime64[s]").astype(np.int64) / 86_400
    return np.where(gaps, np.nan, whole)


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _number(name: str, known: "pd.Series", distinct: int) -> Guess:
    has_no_fractions = known.dtype.kind in "iu" or is_whole(known.to_numpy(np.float64))
    if has_no_fractions and distinct == len(known) and distinct > 2:
        if _ID.search(name):
            return Guess("identifier", "a different whole number in every row, and its name says so")
        steps = np.diff(known.to_numpy(np.float64))
        if (steps == 1).all() and known.iloc[0] in (0, 1):
            return Guess("identifier", "it counts the rows")
    return Guess("number", "whole numbers" if has_no_fractions else "numbers")


def _words(known: "pd.Series", distinct: int) -> Guess:
    import pandas as pd

    found = next(_dates(known), None)
    if found:
        return Guess("date", f"every value is a date such as {known.iloc[0]}", found)
    share = pd.to_numeric(known, errors="coerce").notna().mean()
    if share >= 0.9:
        others = round((1 - share) * len(known))
        return Guess("number", f"numbers, but for {others:,} values that count as missing")
    words = float(known.head(_SAMPLE).map(lambda text: len(text.split())).mean())
    n = len(known)
    if words >= _WORDS and distinct > n / 2:
        return Guess("text", f"about {words:.0f} words in each value, most of them different")
    if distinct <= min(MAX_VALUES, max(_FEW_CATEGORIES, n // 2)) and distinct < n:
        return Guess("category", f"{distinct:,} different words in {n:,} rows")
    if words >= _WORDS / 2:
        return Guess("text", f"about {words:.0f} words in each value")
    return Guess("identifier", f"{distinct:,} different words in {n:,} rows: too many for a category")


def _dates(known: "pd.Series") -> Iterator[str]:
    """The ways to read all values as dates; months first where both would do."""
    import pandas as pd

    head = known.head(_SAMPLE)
    if not head.str.contains(r"\d", regex=True).all():
        return
    for date_format in _DATES:
        for part in (head.head(1), head, known):
            if pd.to_datetime(part, format=date_format, errors="coerce").isna().any():
                break
        else:
            yield date_format
