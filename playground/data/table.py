"""A table of columns of different types, on its way to one matrix of numbers."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.data.errors import DataError

ColumnType = Literal["number", "category", "yes/no", "date", "text", "identifier"]
"""What the values of a column are."""

CLASSES = ("category", "yes/no")
"""Types whose values are names out of a list."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or the several that a step has made of one.

    Attributes:
        name: its name.
        type: what its values are; ``ready`` for what a step has made, which later steps leave alone.
        values: the names that its values are places in; of a category or yes/no.
        has_gaps: whether values may be missing.
        names: names of the columns that a step has made; empty for a single column.
        vocabulary: how many numbers of words there are in it, 0 among them, where a step has made such.
    """

    name: str
    type: ColumnType | Literal["ready"]
    values: tuple[str, ...] = ()
    has_gaps: bool = False
    names: tuple[str, ...] = ()
    vocabulary: int | None = None

    @property
    def width(self) -> int:
        """How many columns of the matrix it gives."""
        return len(self.names) or 1


Columns = tuple[Column, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of columns.

    Attributes:
        columns: what each is.
        arrays: the values of each: float64 (n,) of a number, NaN where missing; float64 (n,) days since 1970 of a date;
            int32 (n,) places of a category, -1 where missing; text (n,) as objects; float32 (n, width) if ready.
    """

    columns: Columns
    arrays: tuple[np.ndarray, ...]

    def __len__(self) -> int:
        return len(self.arrays[0])

    def __getitem__(self, rows: np.ndarray) -> "Table":
        return Table(self.columns, tuple(array[rows] for array in self.arrays))

    def only(self, places: tuple[int, ...]) -> "Table":
        """The table of the columns at ``places`` alone, in that order."""
        return Table(tuple(self.columns[at] for at in places), tuple(self.arrays[at] for at in places))

    def of(self, *types: str) -> list[int]:
        """The places of the columns of one of ``types``."""
        return [at for at, column in enumerate(self.columns) if column.type in types]

    def matrix(self) -> np.ndarray:
        """All columns side by side, float32 of shape (n, :func:`width`)."""
        x = np.empty((len(self), width(self.columns)), np.float32)
        at = 0
        for column, array in zip(self.columns, self.arrays, strict=True):
            x[:, at : at + column.width] = array.reshape(len(self), column.width)
            at += column.width
        return x


def width(columns: Columns) -> int:
    """How many columns of numbers the matrix has."""
    return sum(column.width for column in columns)


def feature_names(columns: Columns) -> tuple[str, ...]:
    """The names of the columns of the matrix."""
    return tuple(name for column in columns for name in (column.names or (column.name,)))


_REMEDIES = {
    "category": "Add the step one_hot or ordinal, or leave the column out.",
    "yes/no": "Add the step one_hot or ordinal, or leave the column out.",
    "date": "Add the step date_parts, or leave the column out.",
    "text": "Add the step tfidf, multi_hot or sequences, or leave the column out.",
    "identifier": "Leave the column out, or correct its type.",
}


def check_ready(columns: Columns) -> None:
    """Refuse columns that are no numbers after all steps, or may have gaps.

    Raises:
        DataError: there is such a column; the message names it and a remedy.
    """
    if not columns:
        raise DataError("No column is left to learn from. Choose at least one.")
    for column in columns:
        if column.type in _REMEDIES:
            raise DataError(
                f"The column {column.name!r} is of the type {column.type}, expected numbers after all steps. "
                f"{_REMEDIES[column.type]}"
            )
        if column.has_gaps:
            words = "expected none after all steps. Add the step fill, or leave the column out."
            raise DataError(f"The column {column.name!r} has missing values, {words}")
