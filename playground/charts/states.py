"""What units do over time, a row a unit and a column a step, several pictures under one cursor; ECharts options."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_FONT = 12
_TITLE, _TOP, _LABELS = 22, 16, 22  # pixels
_GAP = 3.0  # per cent of the width
_LOW, _HIGH, _CURSOR = "#F59322", "#0877BD", "#E0457B"
_LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Field:
    """One picture.

    Attributes:
        title: what it shows.
        values: (steps, rows).
        unit: the row that is marked, from 0; ``None`` for none.
    """

    title: str
    values: np.ndarray
    unit: int | None = None


def states_height(fields: Sequence[Field], each: int, columns: int) -> int:
    """The height in pixels of so many pictures, ``each`` high."""
    return -(-len(fields) // columns) * (each + _TITLE + _LABELS + _TOP)


def states_chart(
    fields: Sequence[Field], steps: Sequence[str], cursor: int, each: int, columns: int, ground: tuple[int, int, int]
) -> dict[str, Any]:
    """The ECharts option of ``fields``: blue above zero, orange below; full colour at 1 or the largest size.

    Args:
        fields: all of as many steps.
        steps: what the steps are called.
        cursor: the step that a line stands at, from 0.
        each: the height of a picture in pixels.
        columns: how many pictures stand side by side.
        ground: red, green and blue of what lies behind, which zero has.
    """
    share = (100 - _GAP * (columns - 1)) / columns
    whole = each + _TITLE + _LABELS + _TOP
    titles, grids, x_axes, y_axes, scales, series = [], [], [], [], [], []
    for at, field in enumerate(fields):
        row, column = divmod(at, columns)
        left, top = f"{column * (share + _GAP):.2f}%", row * whole
        style = {"fontSize": 13, "fontWeight": 600}
        titles.append({"text": field.title, "left": left, "top": top + 4, "padding": 0, "textStyle": style})
        grids.append(
            {
                "left": left,
                "width": f"{share:.2f}%",
                "top": top + _TITLE + 4,
                "height": each + _LABELS,
                "outerBoundsMode": "same",
            }
        )
        shared = {"type": "category", "gridIndex": at, "axisTick": {"show": False}, "axisLine": {"show": False}}
        label = {"fontSize": _FONT, "hideOverlap": True}
        x_axes.append({**shared, "data": list(steps)})
        x_axes[-1] |= {"axisLabel": label, "axisPointer": {"show": True, "type": "shadow", "label": {"show": False}}}
        units = [str(n + 1) for n in range(field.values.shape[1])]
        y_axes.append({**shared, "data": units, "inverse": True, "axisLabel": label})
        size = max(_LEAST, float(np.abs(field.values).max(initial=0)))
        colours = [_LOW, f"rgb({ground[0]},{ground[1]},{ground[2]})", _HIGH]
        scale = {"type": "continuous", "show": False, "seriesIndex": at, "dimension": 2, "min": -size, "max": size}
        scales.append({**scale, "inRange": {"color": colours}})
        series.append(_heat(field, at, cursor))
    return {
        "animation": False,
        "title": titles,
        "grid": grids,
        "axisPointer": {"link": [{"xAxisIndex": "all"}]},
        "tooltip": {"trigger": "item", "renderMode": "richText"},
        "visualMap": scales,
        "xAxis": x_axes,
        "yAxis": y_axes,
        "series": series,
    }


def _heat(field: Field, at: int, cursor: int) -> dict[str, Any]:
    steps, rows = np.indices(field.values.shape)
    cells = np.column_stack([steps.ravel(), rows.ravel(), np.round(field.values.ravel().astype(np.float64), 4)])
    marks: list[dict[str, Any]] = [{"xAxis": cursor}]
    if field.unit is not None:
        marks.append({"yAxis": field.unit})
    return {
        "type": "heatmap",
        "xAxisIndex": at,
        "yAxisIndex": at,
        "data": cells.tolist(),
        "emphasis": {"disabled": True},
        "progressive": 0,
        "markLine": {
            "silent": True,
            "symbol": "none",
            "animation": False,
            "label": {"show": False},
            "lineStyle": {"color": _CURSOR, "type": "solid", "width": 1.5},
            "data": marks,
        },
    }
