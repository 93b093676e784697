"""What a step on a table of mixed columns is, and how it puts new columns in the place of old ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.data.steps import Fitted
from playground.data.table import Column, Columns, Table


@dataclass(frozen=True)
class TableStep:
    """One kind of step.

    Attributes:
        fit: parameters as JSON, from the training rows and the arguments.
        apply: the rows of any part after the step, from those before it and the fitted parameters.
        columns: the columns after the step, from those before it and the arguments.
        unknown: how many words of the rows before the step it does not know, and how many words they have; ``None`` for
            a step that reads no words.
    """

    fit: Callable[[Table, Mapping[str, Any]], Fitted]
    apply: Callable[[Table, Fitted], Table]
    columns: Callable[[Columns, Mapping[str, Any]], Columns]
    unknown: Callable[[Table, Fitted], tuple[int, int]] | None = None


def changed(table: Table, new: Mapping[int, tuple[list[Column], list[np.ndarray]]]) -> Table:
    """``table`` with the columns at some places replaced."""
    columns: list[Column] = []
    arrays: list[np.ndarray] = []
    for at, (column, array) in enumerate(zip(table.columns, table.arrays, strict=True)):
        more_columns, more_arrays = new.get(at, ([column], [array]))
        columns += more_columns
        arrays += more_arrays
    return Table(tuple(columns), tuple(arrays))


def each(change: Callable[[Column, Mapping[str, Any]], list[Column]]) -> Callable[..., Columns]:
    """A function from columns and arguments to the columns after ``change`` of each."""
    return lambda columns, args: tuple(new for column in columns for new in change(column, args))


def nothing(table: Table, args: Mapping[str, Any]) -> Fitted:
    """No parameters, for a step that measures nothing."""
    return {}
