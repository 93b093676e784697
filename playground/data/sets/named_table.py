"""A public table with a name, whose columns of different types are known without reading it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.data.errors import DataError
from playground.data.source import Loaded, Progress
from playground.data.table import CLASSES, Column, Columns, Table
from playground.data.uploads.column_types import numbers, texts
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

Read = Callable[[Settings, Progress], "pd.DataFrame"]


@dataclass(frozen=True)
class NamedTable:
    """What is learned of a table.

    Attributes:
        name: what it is called, for messages.
        read: gives its rows, every column as pandas reads it.
        target: the column that is predicted.
        columns: those that are learned from.
        classes: names of the target's values in label order; empty for a number.
        n_rows: its rows, each with a target.
        groups: the column that says which rows belong together, and how many groups of one size there are.
    """

    name: str
    read: Read
    target: str
    columns: Columns
    n_rows: int
    classes: tuple[str, ...] = ()
    groups: tuple[str, int] | None = None

    def load(self, options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        """The rows whose target is known: x a :class:`Table`; y places of the class names, or numbers as float64.

        Raises:
            DataError: the table is not the one that is known.
        """
        frame = self.read(settings, progress)
        for name in (self.target, *(column.name for column in self.columns)):
            if name not in frame.columns:
                raise DataError(f"{self.name} has no column {name!r}: it is not the table that is known by that name.")
        goal = Column(self.target, "category" if self.classes else "number", self.classes, has_gaps=True)
        y = self._array(goal, frame)
        known = y >= 0 if self.classes else np.isfinite(y)
        frame, y = frame[known], y[known]
        if len(frame) != self.n_rows:
            raise DataError(
                f"{self.name} has {len(frame):,} rows with a target, expected {self.n_rows:,}: "
                "it is not the table that is known by that name."
            )
        table = Table(self.columns, tuple(self._array(column, frame) for column in self.columns))
        return Loaded(table, y, by=self._groups(frame))

    def _groups(self, frame: "pd.DataFrame") -> np.ndarray | None:
        import pandas as pd

        return None if self.groups is None else np.asarray(pd.factorize(frame[self.groups[0]])[0], np.int64)

    def _array(self, column: Column, frame: "pd.DataFrame") -> np.ndarray:
        import pandas as pd

        values = frame[column.name]
        if column.type not in CLASSES:
            array = numbers(values)
            strange = np.isnan(array)
        else:
            array = np.asarray(pd.Index(column.values).get_indexer(pd.Index(texts(values))), np.int32)
            strange = array < 0
        if (strange if not column.has_gaps else strange & values.notna().to_numpy()).any():
            expected = ", ".join(column.values) or "numbers"
            raise DataError(
                f"{self.name}: expected {expected} in {column.name!r}, received {_first(texts(values)[strange])}."
            )
        return array


def number(*names: str, has_gaps: bool = False) -> list[Column]:
    """Columns of numbers."""
    return [Column(name, "number", has_gaps=has_gaps) for name in names]


def category(name: str, values: Sequence[str], *, has_gaps: bool = False) -> Column:
    """A column of names; ``values`` are all of them, in order."""
    return Column(name, "category", tuple(values), has_gaps)


def _first(values: "pd.Series") -> str:
    return repr(str(values.iloc[0]))[:70] if len(values) else "nothing"
