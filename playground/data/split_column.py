"""The column of a table that decides how its rows are divided: groups, the order of time, or the part itself."""

from typing import TYPE_CHECKING

import numpy as np

from playground.data.errors import DataError
from playground.data.uploads.column_types import days, numbers, texts
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.specs import SplitSpec

if TYPE_CHECKING:
    import pandas as pd

PARTS = {
    "train": 0,
    "training": 0,
    "validation": 1,
    "valid": 1,
    "val": 1,
    "dev": 1,
    "test": 2,
    "testing": 2,
}
"""What a column may call a part, and which one that is: training, validation or test."""

_NOT_LEARNED_FROM = ("groups", "by_column")
_FEW_GROUPS = 3
_LIKELY = ("identifier", "category", "date", "yes/no", "number", "text")
_EXPECTED = {
    "groups": f"expected at least {_FEW_GROUPS} groups, fewer than rows, and no numbers with fractions",
    "by_column": f"expected values out of {', '.join(PARTS)}, training among them",
    "ordered": "expected dates or numbers, none of them missing",
}


def column_of(split: SplitSpec, profile: Profile) -> ColumnProfile | None:
    """The column of the table that ``split`` goes by; ``None`` where it goes by none.

    Raises:
        DataError: there is no such column, or its values do not fit the split.
    """
    name = split.args.get("column")
    if name is None or split.kind not in _EXPECTED:  # whose arguments are refused where they are checked
        return None
    column = profile.column(name if isinstance(name, str) else str(name))
    if column.name not in columns_for(split.kind, profile):
        expected = _EXPECTED[split.kind]
        raise DataError(f"The rows cannot be divided by {column.name!r}: {expected}. Choose another column.")
    return column


def columns_for(kind: str, profile: Profile) -> tuple[str, ...]:
    """The names of the columns of the table that a split of that kind can go by, the likeliest first."""
    fitting = [column for column in profile.columns if _fits(kind, column, profile.n_rows)]
    return tuple(column.name for column in sorted(fitting, key=lambda column: _LIKELY.index(column.type)))


def is_learned_from(split: SplitSpec, name: str) -> bool:
    """Whether the column called ``name`` may also be a feature: what says which part a row is in may not."""
    return split.kind not in _NOT_LEARNED_FROM or split.args.get("column") != name


def marks(kind: str, column: ColumnProfile, values: "pd.Series") -> np.ndarray:
    """What a split of that kind goes by, of shape (n,).

    Of groups their numbers, int64, each row without one a group of its own; of a part 0, 1 or 2 for training,
    validation and test, int64; of an order what to sort by, float64.
    """
    import pandas as pd

    if kind == "ordered":
        return days(values, column.date_format) if column.type == "date" else numbers(values)
    if kind == "by_column":
        named = texts(values).str.strip().str.lower()
        return named.map(PARTS).to_numpy(np.int64)
    places = np.asarray(pd.factorize(texts(values))[0], np.int64)
    lone = places < 0
    places[lone] = places.max(initial=0) + 1 + np.arange(int(lone.sum()))
    return places


def _fits(kind: str, column: ColumnProfile, n_rows: int) -> bool:
    if kind == "by_column":
        found = {PARTS.get(value.strip().lower(), -1) for value in column.values}
        return not column.missing and {0} < found and -1 not in found
    if kind == "ordered":
        return not column.missing and (column.type == "date" or (column.type == "number" and not column.has_words))
    is_whole = column.minimum is None or all(value.lstrip("-").isdigit() for value in column.values[:_FEW_GROUPS])
    return kind == "groups" and _FEW_GROUPS <= column.distinct < n_rows and is_whole and column.type != "text"
