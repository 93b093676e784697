"""The numbers of a tensor as a grid of coloured cells, one grid for each pair of its leading axes; ECharts options."""

import math
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

_FONT = 12
_CELL, _ROW = 50, 30
_LEFT, _TOP, _TITLE, _GAP = 22, 18, 18, 16
_LABELLED = 30  # pixels of a cell that a number fits into
_LEAST = 3
_MARK = "#E07B00"
_DARK, _LIGHT = "#11151A", "#F5F7F9"
_BRIGHT = 140


class Shades(NamedTuple):
    """Colours.

    Attributes:
        scale: from the lowest to the highest number, as ``#RRGGBB``.
        ground: of the page.
    """

    scale: Sequence[str]
    ground: str


class Room(NamedTuple):
    """How the grids lie: pixels of a cell, of the picture, and how many grids stand side by side."""

    cell: int
    row: int
    side_by_side: int
    width: int
    height: int


def room_for(shape: Sequence[int], width: int, height: int = 360) -> Room:
    """How a tensor of ``shape`` is laid out within ``width`` and, for a single grid, ``height`` pixels."""
    rows, columns = _grid_of(shape)
    slices = math.prod(shape[:-2])
    cell = max(_LEAST, min(_CELL, (width - _LEFT) // max(columns, 1)))
    row = max(_LEAST, min(_ROW, height // max(rows, 1)))
    wide = _LEFT + cell * columns + _GAP
    side_by_side = max(1, min(slices or 1, (width + _GAP) // wide))
    lines = math.ceil((slices or 1) / side_by_side)
    tall = _TOP + row * rows + _GAP + _TITLE * (len(shape) > 2)
    return Room(cell, row, side_by_side, min(width, wide * side_by_side), tall * lines)


def cells_chart(
    values: np.ndarray, room: Room, shades: Shades, ends: tuple[float, float], marked: Collection[int] = ()
) -> dict[str, Any]:
    """The ECharts option of a tensor.

    Args:
        values: numbers or truth values, of up to four axes.
        room: what :func:`room_for` says of its shape.
        shades: the colours.
        ends: the numbers that have the first and the last colour.
        marked: cells, counted row by row, with a border.
    """
    rows, columns = _grid_of(values.shape)
    leading = values.shape[:-2]
    flat = values.reshape(-1, rows, columns)
    option: dict[str, Any] = {"animation": False, "tooltip": {"trigger": "item", "formatter": "{b}"}}
    option |= {name: [] for name in ("title", "grid", "xAxis", "yAxis", "series")}
    tall = _TOP + room.row * rows + _GAP + _TITLE * bool(leading)
    for at, numbers in enumerate(flat):
        line, place = divmod(at, room.side_by_side)
        left = place * (_LEFT + room.cell * columns + _GAP) + _LEFT
        top = line * tall + _TOP + _TITLE * bool(leading)
        if leading:
            words = f"[{', '.join(map(str, np.unravel_index(at, leading)))}]"
            option["title"].append(
                {"text": words, "left": left, "top": top - _TOP - _TITLE, "padding": 0, "textStyle": {"fontSize": 12}}
            )
        size = {"width": room.cell * columns, "height": room.row * rows}
        option["grid"].append({"left": left, "top": top, **size, "outerBoundsMode": "none"})
        option["xAxis"].append(_axis(columns, at, room.cell) | {"position": "top"})
        option["yAxis"].append(_axis(rows, at, room.row) | {"inverse": True, "show": values.ndim > 1})
        first = at * rows * columns
        cells = []
        for n, value in enumerate(numbers.reshape(-1).tolist()):
            index = np.unravel_index(first + n, values.shape)
            cells.append(_cell(value, divmod(n, columns), index, first + n in marked, shades, ends))
        cells.sort(key=lambda cell: cell["itemStyle"]["borderColor"] == _MARK)  # the next cell would cover its border
        option["series"].append(
            {
                "type": "heatmap",
                "xAxisIndex": at,
                "yAxisIndex": at,
                "data": cells,
                "label": {"show": room.cell >= _LABELLED, "fontSize": _FONT},
                "emphasis": {"disabled": True},
            }
        )
    return option


def written(value: Any) -> str:
    """A number as it stands in a cell."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int) or (math.isfinite(value) and value == int(value) and abs(value) < 1e5):
        return str(int(value)).replace("-", "−")
    return f"{value:.3g}".replace("-", "−")


def _cell(
    value: Any, place: tuple[int, int], index: Sequence[Any], is_marked: bool, shades: Shades, ends: tuple[float, float]
) -> dict[str, Any]:
    colour = _shade(float(value), shades.scale, ends)
    style: dict[str, Any] = {"color": colour, "borderColor": shades.ground, "borderWidth": 2}
    if is_marked:
        style |= {"borderColor": _MARK, "borderWidth": 3}
    words = written(value)
    label = {"color": _figure(colour), "formatter": words, "fontWeight": 700 if is_marked else 400}
    name = f"[{', '.join(map(str, index))}] = {words}" if index else words
    number = float(value) if math.isfinite(value) else 0.0  # a cell without one is not drawn
    return {"value": [place[1], place[0], number], "name": name, "itemStyle": style, "label": label}


def _shade(value: float, scale: Sequence[str], ends: tuple[float, float]) -> str:
    low, high = ends
    share = 0.5 if not math.isfinite(value) or high <= low else (value - low) / (high - low)
    return scale[min(max(int(share * len(scale)), 0), len(scale) - 1)]


def _figure(colour: str) -> str:
    """Dark or light, whichever can be read on ``colour``."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return _DARK if 0.3 * red + 0.59 * green + 0.11 * blue > _BRIGHT else _LIGHT


def _axis(n: int, at: int, size: int) -> dict[str, Any]:
    every = max(1, math.ceil(20 / size))
    return {
        "type": "category",
        "gridIndex": at,
        "data": [str(each) for each in range(n)],
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT, "interval": every - 1, "margin": 4},
        "splitLine": {"show": False},
    }


def _grid_of(shape: Sequence[int]) -> tuple[int, int]:
    return (shape[-2] if len(shape) > 1 else 1), (shape[-1] if shape else 1)
