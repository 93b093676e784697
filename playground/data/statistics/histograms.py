"""How the values of each column are spread, by class where there are classes."""

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.data.errors import DataError
from playground.data.statistics.asked import MAX_COLUMNS, Asked
from playground.data.statistics.picture import Picture
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import chosen_columns, listed

if TYPE_CHECKING:
    import pandas as pd

_AT_FIRST = 6
_BINS = 24
_CATEGORIES = 10
_FEW_CLASSES = 7
"""As many colours as the theme has."""


def histograms(found: Sampled, asked: Asked) -> Picture:
    """``values["charts"]``: a dict a column with ``counts`` (one list a group) and ``edges`` or ``names``.

    ``values["groups"]`` are the classes; without classes, or with more than there are colours, one group of all rows.
    ``values["columns"]`` are the columns that can be chosen.
    """
    frame = found.with_target()
    names = [str(name) for name in frame.columns if frame[name].dtype != object and frame[name].count()]
    if not names:
        raise DataError("No column has values that can be counted: all are missing, or texts.")
    extra = [name for name in names if name not in found.frame.columns]
    inputs = [name for name in names if name not in extra]
    shown = [name for name in asked.columns if name in names][:MAX_COLUMNS]
    shown = shown or [*chosen_columns(found, (), inputs, _AT_FIRST - len(extra)), *extra]
    is_by_class = 0 < len(found.classes) <= _FEW_CLASSES
    groups = list(found.classes) if is_by_class else []
    labels = np.asarray(found.y, np.int64) if is_by_class else np.zeros(len(frame), np.int64)
    charts = [_chart(name, frame[name], labels, max(1, len(groups))) for name in shown]
    table: dict[str, list[Any]] = {"column": [], "from": [], "to": [], "value": [], "group": [], "rows": []}
    for chart in charts:
        for group, counts in enumerate(chart["counts"]):
            edges = chart.get("edges")
            n = len(counts)
            table["column"] += [chart["column"]] * n
            table["from"] += edges[:-1] if edges else [None] * n
            table["to"] += edges[1:] if edges else [None] * n
            table["value"] += [None] * n if edges else chart["names"]
            table["group"] += [groups[group] if groups else "all"] * n
            table["rows"] += counts
    values = {"charts": charts, "groups": groups, "columns": names}
    return Picture(shown=len(frame), of=found.of, values=values, table=table, note=found.note)


def _chart(name: str, column: "pd.Series", labels: np.ndarray, n: int) -> dict[str, Any]:
    if column.dtype == "category":
        counts = column.value_counts()
        best = [value for value in counts.index[:_CATEGORIES] if counts[value]]
        rows = [[int(((column == value) & (labels == group)).sum()) for value in best] for group in range(n)]
        is_rest = int((counts > 0).sum()) - len(best)
        return {"column": name, "names": [str(value) for value in best], "counts": rows, "rest": max(0, is_rest)}
    is_date = column.dtype.kind == "M"
    values = column.to_numpy("datetime64[s]").astype(np.float64) if is_date else column.to_numpy(np.float64)
    known = column.notna().to_numpy() & np.isfinite(values)
    edges = np.histogram_bin_edges(values[known], bins=min(_BINS, len(np.unique(values[known]))))
    found = [np.histogram(values[known & (labels == group)], bins=edges)[0].tolist() for group in range(n)]
    return {"column": name, "edges": listed(edges), "counts": found, "is_date": is_date}
