"""Features made of the two number columns of a table."""

from collections.abc import Mapping
from typing import Any

from playground.data.errors import DataError
from playground.data.table import Column, Columns, Table
from playground.data.transforms.plane_features import asked, names, shape
from playground.data.transforms.table_step import TableStep


def _columns(of: Columns, args: Mapping[str, Any]) -> Columns:
    for column in of:
        if column.type != "number":
            words = f"received {column.name!r} of the type {column.type}"
            raise DataError(
                f"plane_features: expected two columns of numbers, {words}. Choose two, or remove the step."
            )
    shape((len(of),), args)
    has_gaps = any(column.has_gaps for column in of)
    return tuple(Column(name, "number", has_gaps=has_gaps) for name in names((of[0].name, of[1].name), args))


def _apply_table(table: Table, fitted: Mapping[str, Any]) -> Table:
    x, y = table.arrays
    arrays = tuple(feature.values(x, y, fitted["frequency"]) for feature in asked(fitted))
    return Table(_columns(table.columns, fitted), arrays)


PLANE_TABLE_STEP = TableStep(lambda table, args: dict(args), _apply_table, _columns)
"""The step for a table of two number columns."""
