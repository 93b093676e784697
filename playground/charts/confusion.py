"""A confusion matrix whose cells can be clicked, as counts or shares of rows or columns; ECharts options."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from playground.charts.live import confusion_chart

By = Literal["counts", "rows", "columns"]


def shares_of(counts: np.ndarray, by: By) -> np.ndarray:
    """What the cells of a confusion matrix say: counts, or per cent of their row or column; (classes, classes)."""
    if by == "counts":
        return counts
    whole = counts.sum(axis=1 if by == "rows" else 0, keepdims=True)
    return np.round(100 * counts / np.maximum(whole, 1), 1)


def clickable_confusion(
    counts: np.ndarray, names: Sequence[str], axes: tuple[str, str], ground: tuple[int, int, int], by: By, said: str
) -> dict[str, Any]:
    """The picture of ``counts``; its cells that hold rows, in order of rows and columns, can be chosen one at a time.

    Args:
        counts: rows of each true class, a row, by answered class, a column; (classes, classes).
        names: of the classes.
        axes: what columns and rows are called.
        ground: red, green and blue, 0 to 255, of what lies behind.
        by: what the cells say.
        said: of a cell when it is pointed at, with ``{true}``, ``{answered}`` and ``{n}``.
    """
    # By columns the colour follows the share of the column: the matrix is coloured turned over.
    turned = by == "columns"
    option = confusion_chart(counts.T if turned else counts, names, axes, ground)
    series = option["series"][0]
    if turned:
        for cell in series["data"]:
            cell["value"][:2] = cell["value"][1::-1]
        series["data"].sort(key=lambda cell: (cell["value"][1], cell["value"][0]))
    shown = shares_of(counts, by)
    for cell in series["data"]:
        column, row, n = cell["value"]
        # Chosen cells are told apart by their names, which would otherwise be those of the columns.
        cell["name"] = said.format(true=names[row], answered=names[column], n=f"{n:,}")
        cell["value"][2] = float(shown[row, column]) if by != "counts" else int(shown[row, column])
    edge = {"borderColor": "#E69F00", "borderWidth": 3}
    option["tooltip"] = {"trigger": "item", "formatter": "{b}", "renderMode": "richText"}
    series |= {"selectedMode": "single", "select": {"itemStyle": edge}}
    return option


def chosen_cell(selection: Mapping[str, Any] | None, counts: np.ndarray) -> tuple[int, int] | None:
    """The row and column of the cell that Streamlit says is chosen in that picture of ``counts``; ``None`` of none."""
    chosen = (selection or {}).get("selection", {}).get("selected", [])
    places = [int(at) for each in chosen for at in each.get("data_indices", [])]
    cells = np.argwhere(counts > 0).tolist()
    if not places or not 0 <= places[0] < len(cells):
        return None
    row, column = cells[places[0]]
    return row, column
