"""Steps of preparation for tables of mixed columns: scikit-learn fits them, JSON keeps what it found."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from playground.data.steps import Fitted
from playground.data.table import CLASSES, Column, Table
from playground.data.transforms.category_steps import CATEGORY_STEPS
from playground.data.transforms.plane_table_step import PLANE_TABLE_STEP
from playground.data.transforms.table_step import TableStep, changed, each
from playground.data.transforms.text_steps import TEXT_STEPS


def _scaling(fit: Callable[[np.ndarray, Mapping[str, Any]], tuple[Any, Any]]) -> TableStep:
    """A step that takes one number from every number column and divides by another; gaps stay gaps."""

    def fit_table(table: Table, args: Mapping[str, Any]) -> Fitted:
        # Column by column: no copy of all of them side by side.
        found = [fit(table.arrays[at][:, np.newaxis], args) for at in table.of("number")]
        return {"shift": [float(shift[0]) for shift, _ in found], "scale": [float(scale[0]) for _, scale in found]}

    def apply(table: Table, fitted: Fitted) -> Table:
        new = {
            at: ([table.columns[at]], [(table.arrays[at] - shift) / scale])
            for at, shift, scale in zip(table.of("number"), fitted["shift"], fitted["scale"], strict=True)
        }
        return changed(table, new)

    return TableStep(fit_table, apply, lambda columns, args: columns)


def _standard(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(x)
    return scaler.mean_, scaler.scale_


def _min_max(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    from sklearn.preprocessing import MinMaxScaler

    scaler = MinMaxScaler().fit(x)
    return scaler.data_min_, 1 / scaler.scale_


def _robust(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    from sklearn.preprocessing import RobustScaler

    scaler = RobustScaler().fit(x)
    return scaler.center_, scaler.scale_


def _divide(x: np.ndarray, args: Mapping[str, Any]) -> tuple[Any, Any]:
    return (0.0,), (args["maximum"],)


def _fill_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if not column.has_gaps:
        return [column]
    if column.type in CLASSES:
        return [column if args["categories"] == "leave" else replace(column, has_gaps=False)]
    if column.type != "number":
        return [column]
    filled = [replace(column, has_gaps=False)]
    return [*filled, Column(f"{column.name} missing", "ready")] if args["indicator"] else filled


def _fit_fill(table: Table, args: Mapping[str, Any]) -> Fitted:
    from sklearn.impute import SimpleImputer

    how = args["numbers"]
    numbers = SimpleImputer(strategy=how, fill_value=args["value"], keep_empty_features=True)
    most = SimpleImputer(strategy="most_frequent", missing_values=-1, keep_empty_features=True)
    fill: list[float | int | None] = []
    for at, column in enumerate(table.columns):
        value = None
        if column.has_gaps and column.type == "number":
            value = float(numbers.fit(table.arrays[at][:, np.newaxis]).statistics_[0])
        elif column.has_gaps and column.type in CLASSES and args["categories"] != "leave":
            value = int(most.fit(table.arrays[at][:, np.newaxis]).statistics_[0])
        fill.append(value)
    return {"fill": fill, "indicator": args["indicator"]}


def _fill(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at, value in enumerate(fitted["fill"]):
        if value is None:
            continue
        column, array = table.columns[at], table.arrays[at]
        gaps = np.isnan(array) if column.type == "number" else array < 0
        arrays = [np.where(gaps, value, array).astype(array.dtype)]
        columns = [replace(column, has_gaps=False)]
        if column.type == "number" and fitted["indicator"]:
            columns.append(Column(f"{column.name} missing", "ready"))
            arrays.append(gaps.astype(np.float32))
        new[at] = columns, arrays
    return changed(table, new)


TABLE_STEPS: dict[str, TableStep] = {
    "standardise": _scaling(_standard),
    "min_max": _scaling(_min_max),
    "robust": _scaling(_robust),
    "scale": _scaling(_divide),
    "fill": TableStep(_fit_fill, _fill, each(_fill_columns)),
    **CATEGORY_STEPS,
    **TEXT_STEPS,
    "plane_features": PLANE_TABLE_STEP,
}
"""Every step that tables of one's own can have, by its id in the catalogue."""
