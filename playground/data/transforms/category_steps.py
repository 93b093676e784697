"""Steps that make numbers of categories."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from playground.data.steps import Fitted
from playground.data.table import CLASSES, Column, Table
from playground.data.transforms.table_step import TableStep, changed, each, nothing

_OTHERS = "others"


def _one_hot_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type not in CLASSES:
        return [column]
    n = len(column.values)
    if n == 2 and not column.has_gaps:
        return [Column(column.name, "ready", names=(f"{column.name} = {column.values[1]}",))]
    # Which of them are rare only the training part knows, so that places have numbers where there are too many.
    most = int(args["max_categories"])
    shown = column.values if n <= most else (*map(str, range(1, most)), _OTHERS)
    return [Column(column.name, "ready", names=tuple(f"{column.name} = {value}" for value in shown))]


def _fit_one_hot(table: Table, args: Mapping[str, Any]) -> Fitted:
    from sklearn.preprocessing import OneHotEncoder

    most = int(args["max_categories"])
    kept: list[list[int] | None] = []
    for at, column in enumerate(table.columns):
        if column.type not in CLASSES:
            kept.append(None)
            continue
        places = np.arange(len(column.values))
        known = table.arrays[at][table.arrays[at] >= 0]
        if len(places) > most and len(known):
            encoder = OneHotEncoder(categories=[places], max_categories=most).fit(known[:, np.newaxis])
            rare = encoder.infrequent_categories_[0]
            places = np.setdiff1d(places, [] if rare is None else rare)
        kept.append(places[:most].tolist())
    return {"kept": kept, "max_categories": most}


def _one_hot(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at, kept in enumerate(fitted["kept"]):
        if kept is None:
            continue
        column = table.columns[at]
        (made,) = _one_hot_columns(column, fitted)
        places = table.arrays[at]
        shown = kept[1:] if made.width == 1 else kept
        x = np.zeros((len(places), made.width), np.float32)
        for place, value in enumerate(shown):
            x[:, place] = places == value
        if len(column.values) > made.width > 1:
            x[:, -1] = (places >= 0) & ~np.isin(places, shown)
        new[at] = [made], [x]
    return changed(table, new)


def _ordinal_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    return [Column(column.name, "number", has_gaps=column.has_gaps)] if column.type in CLASSES else [column]


def _ordinal(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at in table.of(*CLASSES):
        places = table.arrays[at]
        new[at] = _ordinal_columns(table.columns[at], {}), [np.where(places < 0, np.nan, places)]
    return changed(table, new)


def _group_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type not in CLASSES:
        return [column]
    return [replace(column, type="category", values=(*column.values, _OTHERS))]


def _fit_group(table: Table, args: Mapping[str, Any]) -> Fitted:
    rare = []
    for at in table.of(*CLASSES):
        places = table.arrays[at]
        counts = np.bincount(places[places >= 0], minlength=len(table.columns[at].values))
        rare.append(np.flatnonzero(counts < args["least"]).tolist())
    return {"rare": rare}


def _group(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at, rare in zip(table.of(*CLASSES), fitted["rare"], strict=True):
        column, places = table.columns[at], table.arrays[at]
        grouped = np.where(np.isin(places, rare), len(column.values), places).astype(places.dtype)
        new[at] = _group_columns(column, {}), [grouped]
    return changed(table, new)


CATEGORY_STEPS: dict[str, TableStep] = {
    "one_hot": TableStep(_fit_one_hot, _one_hot, each(_one_hot_columns)),
    "group_rare": TableStep(_fit_group, _group, each(_group_columns)),
    "ordinal": TableStep(nothing, _ordinal, each(_ordinal_columns)),
}
"""By their ids in the catalogue."""
