"""Curves over one axis in panels beside each other, with one cursor through all of them; ECharts options.

The theme gives the colours, one a name and in order; a line of the same name has the same colour in every panel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.charts.curves import Line

DASHES: tuple[Any, ...] = ("solid", [6, 4], [2, 3], [10, 3, 2, 3], [14, 4])
"""Of the lines of a picture, in order and then again."""
_FONT = 12
_GAP = 3.5  # per cent of the width
_TITLE_TOP, _TITLE, _UNDER = 34, 26, 4  # pixels
_STACKED = 14
_TOLD = 12


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several pictures over the same axis.

    Attributes:
        title: what is drawn, short.
        lines: the same names in every panel.
        low, high: the values that the axis may reach at most; it is shorter where the lines are.
    """

    title: str
    lines: Sequence[Line]
    low: float = -np.inf
    high: float = np.inf


def panels_height(panels: int, each: int, *, is_stacked: bool) -> int:
    """The height in pixels of a picture of so many panels, ``each`` high."""
    return _TITLE_TOP + each * (panels if is_stacked else 1)


def panels_chart(
    panels: Sequence[Panel], x_name: str, each: int, *, is_stacked: bool = False, marks: Sequence[float] = ()
) -> dict[str, Any]:
    """The ECharts option of ``panels``.

    Args:
        panels: from left to right, or from top to bottom.
        x_name: the word under the axes.
        each: the height of a panel in pixels.
        is_stacked: whether they stand below each other, as on a phone.
        marks: places of the axis that a thin line stands at.
    """
    n = len(panels)
    share = (100 - _GAP * (n - 1)) / n
    grids, titles = [], []
    for at, panel in enumerate(panels):
        left: Any = 0 if is_stacked else f"{at * (share + _GAP):.2f}%"
        right: Any = 10 if is_stacked or at == n - 1 else f"{100 - at * (share + _GAP) - share:.2f}%"
        top = _TITLE_TOP + at * each * is_stacked
        inner = {
            "top": top + _TITLE,
            "height": each - _TITLE - _UNDER - _STACKED * is_stacked,
            "outerBoundsMode": "same",
        }
        grids.append({"left": left, "right": right, **inner})
        titles.append(_title(panel.title, left, top))
    names = list(dict.fromkeys(line.name for panel in panels for line in panel.lines))
    return {
        "animation": False,
        "title": titles,
        "grid": grids,
        "legend": {
            "type": "scroll",
            "top": 0,
            "left": 0,
            "data": names,
            "itemWidth": 24,
            "itemStyle": {"opacity": 0},
            "textStyle": {"fontSize": _FONT},
        },
        "tooltip": {
            "trigger": "axis",
            "valueFormatter": "%.4g",
            "confine": True,
            "showContent": len(names) * n <= _TOLD,  # it tells those of every panel; more do not fit into the picture
        },
        "axisPointer": {"link": [{"xAxisIndex": "all"}], "label": {"show": len(names) * n > _TOLD, "precision": 2}},
        "xAxis": [_x_axis(at, panels[at].lines, x_name) for at in range(n)],
        "yAxis": [_y_axis(at, panels[at]) for at in range(n)],
        "series": [
            _series(line, at, names.index(line.name), marks if line is panel.lines[0] else ())
            for at, panel in enumerate(panels)
            for line in panel.lines
        ],
    }


def _title(text: str, left: Any, top: Any) -> dict[str, Any]:
    return {"text": text, "left": left, "top": top, "textStyle": {"fontSize": 13, "fontWeight": 600}, "padding": 0}


def _x_axis(at: int, lines: Sequence[Line], name: str) -> dict[str, Any]:
    x = np.concatenate([line.x for line in lines]) if lines else np.array([0.0, 1.0])
    return {
        "type": "value",
        "gridIndex": at,
        "min": float(x.min()),
        "max": float(x.max()),
        "name": name,
        "nameLocation": "middle",
        "nameGap": 24,
        "nameTextStyle": {"fontSize": _FONT},
        "splitLine": {"show": False},
        "axisLine": {"onZero": False},
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT, "hideOverlap": True},
    }


def _y_axis(at: int, panel: Panel) -> dict[str, Any]:
    y = np.concatenate([np.asarray(line.y, np.float64) for line in panel.lines]) if panel.lines else np.zeros(1)
    y = np.clip(y[np.isfinite(y)], panel.low, panel.high)
    low, high = (float(y.min()), float(y.max())) if len(y) else (0.0, 1.0)
    step = 10 ** np.floor(np.log10(max(high - low, 1e-6))) / 5
    low, high = np.floor(low / step + 1e-6) * step, np.ceil(high / step - 1e-6) * step
    return {
        "type": "value",
        "gridIndex": at,
        "min": round(float(low), 9),
        "max": round(float(high if high > low else low + step), 9),
        "splitNumber": 4,
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT},
    }


def _series(line: Line, at: int, number: int, marks: Sequence[float]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "line",
        "name": line.name,
        "xAxisIndex": at,
        "yAxisIndex": at,
        "data": pairs(line.x, line.y),
        "symbol": "none",
        "lineStyle": {"width": 2, "type": DASHES[number % len(DASHES)]},
        "emphasis": {"disabled": True},
    }
    if marks:
        found["markLine"] = {
            "silent": True,
            "symbol": "none",
            "label": {"show": False},
            "lineStyle": {"color": "#8A93A0", "type": "solid", "width": 1},
            "data": [{"xAxis": mark} for mark in marks],
        }
    return found


def pairs(x: np.ndarray, y: np.ndarray) -> list[list[float | None]]:
    """Points in six digits for ECharts; ``None`` leaves a gap where a value is no finite number."""
    both = zip(np.asarray(x, np.float64).tolist(), np.asarray(y, np.float64).tolist(), strict=True)
    return [[float(f"{a:.6g}"), float(f"{b:.6g}") if np.isfinite(b) else None] for a, b in both]
