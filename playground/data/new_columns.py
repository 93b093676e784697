"""The columns that a new row of a table needs, and cells that somebody brings as such rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.data.errors import DataError
from playground.data.options import suggestion
from playground.data.plan import Plan
from playground.data.sets.known_source import file_of
from playground.data.sets.own_table import corrected
from playground.data.table import CLASSES, Column, Columns, Table
from playground.data.transforms.row_steps import RowStep
from playground.data.uploads.column_types import days, numbers, texts
from playground.data.uploads.upload import profile_of
from playground.settings import Settings
from playground.specs import DatasetSpec

if TYPE_CHECKING:
    import pandas as pd

_SHOWN_VALUES = 6
_SHOWN_LETTERS = 40


@dataclass(frozen=True)
class NewColumn:
    """What a new row has in one column.

    Attributes:
        column: its name, type and values, as the source has them.
        may_be_empty: whether the preparation knows what to do with a missing value.
        date_format: how its dates are spelled; empty for other types.
    """

    column: Column
    may_be_empty: bool
    date_format: str = ""


@dataclass(frozen=True, eq=False)
class NewRows:
    """Cells as rows of the source.

    Attributes:
        x: the rows without a fault: a table, or float32 (n_good, features).
        is_good: which rows these are, bool (n,).
        faults: by row, what is wrong in words; empty where nothing is.
    """

    x: np.ndarray | Table
    is_good: np.ndarray
    faults: list[str]


def new_columns(made: Plan, dataset: DatasetSpec, settings: Settings) -> tuple[NewColumn, ...]:
    """The columns that a network for ``dataset`` learns from, in order; empty where inputs are no columns.

    Raises:
        DataError: the table that they are columns of is not here.
    """
    source = made.source
    if source.columns is None and len(source.input_shape) != 1:
        return ()
    columns: Columns = source.columns or tuple(Column(name, "number") for name in _names(made))
    if made.columns is not None:
        columns = tuple(columns[at] for at in made.columns)
    left = columns
    for step, _ in made.steps:
        if isinstance(step, RowStep):
            left = step.columns(left)
    spelled = _date_formats(dataset, settings)
    return tuple(
        NewColumn(column, after.has_gaps or column.type == "text", spelled.get(column.name, ""))
        for column, after in zip(columns, left, strict=True)
    )


def new_rows(made: Plan, columns: Sequence[NewColumn], frame: "pd.DataFrame", *, is_in_order: bool = False) -> NewRows:
    """The rows of ``frame``, and what is wrong in those that cannot be used.

    Args:
        made: the plan of the run's dataset.
        columns: those that are needed; see :func:`new_columns`. Others are left aside.
        frame: the cells, as pandas reads them.
        is_in_order: whether the columns of ``frame`` have no names, and come in the order of ``columns``.

    Raises:
        DataError: a column is not there.
    """
    if is_in_order:
        frame = _in_order(columns, frame)
    names = [str(name) for name in frame.columns]
    lacking = [each.column.name for each in columns if each.column.name not in names]
    if lacking:
        listed = ", ".join(map(repr, lacking[:_SHOWN_VALUES])) + (" …" if len(lacking) > _SHOWN_VALUES else "")
        what = "column" if len(lacking) == 1 else f"{len(lacking)} columns"
        raise DataError(f"The table lacks the {what} {listed}. {suggestion(lacking[0], names)} Add what is missing.")
    faults = [""] * len(frame)
    arrays = [_array(each, frame[each.column.name], faults) for each in columns]
    is_good = np.array([not fault for fault in faults], bool)
    kept = [array[is_good] for array in arrays]
    if made.source.columns is not None:
        x: np.ndarray | Table = Table(tuple(each.column for each in columns), tuple(kept))
    else:
        x = np.column_stack(kept).astype(np.float32) if kept else np.empty((0, 0), np.float32)
    return NewRows(x, is_good, faults)


def _names(made: Plan) -> tuple[str, ...]:
    n = made.source.input_shape[0]
    return made.source.features or tuple(f"x{number}" for number in range(1, n + 1))


def _date_formats(dataset: DatasetSpec, settings: Settings) -> dict[str, str]:
    if dataset.source != "table":
        return {}
    profile = profile_of(file_of(dataset), settings)
    return {each.name: each.date_format for each in corrected(profile, dataset.options.get("types") or {})}


def _in_order(columns: Sequence[NewColumn], frame: "pd.DataFrame") -> "pd.DataFrame":
    if len(frame.columns) != len(columns):
        expected = ", ".join(each.column.name for each in columns[:_SHOWN_VALUES])
        more = ", …" if len(columns) > _SHOWN_VALUES else ""
        raise DataError(
            f"The rows have no line that names their columns: expected {len(columns)} cells a row ({expected}{more}), "
            f"received {len(frame.columns)}. Put the names of the columns above the rows."
        )
    return frame.set_axis([each.column.name for each in columns], axis="columns")


def _array(wanted: NewColumn, cells: "pd.Series", faults: list[str]) -> np.ndarray:
    """The cells of one column as the source has them; where one cannot be used its row's fault says so."""
    column = wanted.column
    is_empty = cells.isna().to_numpy()
    if column.type == "text":
        return texts(cells).fillna("").to_numpy(object)
    if column.type in CLASSES:
        array = _places(column, cells)
        is_strange, expected = (array < 0) & ~is_empty, f"one of {_listed(column.values)}"
    elif column.type == "date":
        array = days(cells, wanted.date_format)
        is_strange, expected = np.isnan(array) & ~is_empty, f"a date such as {wanted.date_format}"
    else:
        array = numbers(cells)
        is_strange, expected = np.isnan(array) & ~is_empty, "a number"
    bad = is_strange if wanted.may_be_empty else is_strange | is_empty
    for row in np.flatnonzero(bad):
        received = "nothing" if is_empty[row] else repr(str(cells.iloc[row])[:_SHOWN_LETTERS])
        faults[row] = faults[row] or f"{column.name}: expected {expected}, received {received}."
    return array


def _places(column: Column, cells: "pd.Series") -> np.ndarray:
    import pandas as pd

    known = pd.Index(list(column.values), dtype="str")
    return known.get_indexer(pd.Index(texts(cells).str.strip())).astype(np.int32)


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(values[:_SHOWN_VALUES])
    return shown if len(values) <= _SHOWN_VALUES else f"{shown} and {len(values) - _SHOWN_VALUES} more"
