"""Numbers in rows and columns as coloured cells, some of them framed; ECharts options."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

Cell = tuple[int, int]

GROUNDS = {"light": (255, 255, 255), "dark": (17, 20, 23)}
"""Red, green and blue of what lies behind, by theme."""
_LOW, _HIGH = np.array([245, 147, 34]), np.array([8, 119, 189])
_FRAME, _FAINT, _EDGE = "#E0457B", "#8A93A0", "#8A93A055"
_FONT = 12
_LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601
_LIGHT = 140
_STRENGTH = 0.9
_SIGN_PX = 7.0  # of a number in a cell
_CELL_FONT = 11


def bright(values: np.ndarray) -> np.ndarray:
    """Colours of a picture: red, green and blue as integers (rows, columns, 3).

    Args:
        values: 0 to 1, (rows, columns, channels) with one channel or three.
    """
    shades = np.broadcast_to(values, (*values.shape[:2], 3))
    return np.round(255 * np.clip(shades, 0, 1)).astype(int)


def signed(values: np.ndarray, ground: Sequence[int], most: float | None = None) -> np.ndarray:
    """Colours of numbers: blue above zero, orange below, the further from the ground the larger; (..., 3) integers.

    Args:
        values: any shape.
        ground: red, green and blue of what lies behind, which zero has.
        most: the size that has the full colour; the largest there is by default.
    """
    size = np.abs(values).max(initial=0) if most is None else most
    share = np.clip(np.abs(values) / (size or 1.0), 0, 1)[..., None] * _STRENGTH
    colour = np.where(values[..., None] < 0, _LOW, _HIGH)
    return np.round(share * colour + (1 - share) * np.asarray(ground)).astype(int)


def grid_chart(
    values: np.ndarray,
    colours: np.ndarray,
    framed: Collection[Cell] = (),
    faint: Collection[Cell] = (),
    *,
    px: int,
    first: Cell = (0, 0),
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    told: Sequence[Sequence[str]] = (),
    is_clickable: bool = False,
) -> dict[str, Any]:
    """The ECharts option of a grid, its first row on top.

    Args:
        values: what the cells say, (rows, columns); with a last axis of three, no numbers are written. Nor are they
            where they do not fit into the cells.
        colours: as :func:`bright` or :func:`signed` gives them.
        framed: cells (row, column) with a strong frame.
        faint: cells with a faint one.
        px: about how wide the picture is, in pixels.
        first: the number of the first row and the first column, below zero where they are padding.
        rows, columns: names of rows and columns; numbers without.
        told: what each cell says when it is pointed at; its number by default.
        is_clickable: whether a cell can be chosen by a click.
    """
    height, width = values.shape[:2]
    is_told = values.ndim == 2
    figures = [[_figure(float(each)) for each in row] for row in values] if is_told else []
    longest = max((len(each) for row in figures for each in row), default=0)
    is_written = is_told and longest * _SIGN_PX < px / width
    cells, frames = [], []
    for row, column in np.ndindex(height, width):
        red, green, blue = colours[row, column].tolist()
        style: dict[str, Any] = {"color": f"rgb({red},{green},{blue})", "borderColor": _EDGE, "borderWidth": 0.5}
        cell: dict[str, Any] = {"value": [column, row, 0], "itemStyle": style}
        if is_told:
            figure = "#11151A" if _LUMA @ (red, green, blue) > _LIGHT else "#FFFFFF"
            cell["value"][2] = float(f"{float(values[row, column]):.4g}")
            cell["label"] = {"color": figure, "formatter": figures[row][column]}
        if told:
            cell["name"] = told[row][column]
        cells.append(cell)
        if (row, column) in framed:
            frames.append(_frame(row, column, _FRAME))
        elif (row, column) in faint:
            frames.insert(0, _frame(row, column, _FAINT))
    names = {"data": list(columns) or [str(first[1] + at + 1) for at in range(width)]}
    sides = {"data": list(rows) or [str(first[0] + at + 1) for at in range(height)], "inverse": True}
    axis: dict[str, Any] = {
        "type": "category",
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "axisLabel": {"fontSize": _FONT, "hideOverlap": True, "width": 80, "overflow": "truncate"},
        "splitLine": {"show": False},
    }
    shared: dict[str, Any] = {"type": "heatmap", "emphasis": {"disabled": True}, "progressive": 0}
    series = {**shared, "label": {"show": is_written, "fontSize": _CELL_FONT}, "data": cells}
    if is_clickable:
        series |= {"selectedMode": "single", "select": {"itemStyle": {"borderColor": _EDGE, "borderWidth": 0.5}}}
    turned = {"rotate": 40} if columns and max(map(len, columns)) * width > 60 else {}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 2, "top": 4, "bottom": 0, "outerBoundsMode": "same"},
        "tooltip": {
            "show": is_told,
            "trigger": "item",
            "renderMode": "richText",
            **({"formatter": "{b}"} if told else {}),
        },
        "xAxis": {**axis, **names, "axisLabel": {**axis["axisLabel"], **turned}},
        "yAxis": {**axis, **sides},
        "series": [
            series,
            {**shared, "data": frames, "silent": True},
        ],  # on top: cells cut off their neighbours' frames
    }


def _frame(row: int, column: int, colour: str) -> dict[str, Any]:
    return {
        "value": [column, row, 0],
        "itemStyle": {"color": "transparent", "borderColor": colour, "borderWidth": 2.5 if colour == _FRAME else 2},
    }


def _figure(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 100 else f"{value:.0f}"
    return "0" if text in ("-0", "0") else text.replace("-", "−")
