"""Curves of shares against shares, from 0 to 1 both ways: ROC, precision and recall, calibration; ECharts options."""

from typing import Any

import numpy as np

from playground.charts.panels import pairs

_FONT = 12
_MOST = 300
_GREY = "#8590A0"


def unit_chart(
    x: np.ndarray,
    y: np.ndarray,
    axes: tuple[str, str],
    at: tuple[float, float] | None = None,
    *,
    level: tuple[float, float] | None = (0.0, 1.0),
    has_dots: bool = False,
) -> dict[str, Any]:
    """A line in the unit square with a thin one to compare it with.

    Args:
        x, y: the line, (n,); of many points some are left out.
        axes: what the two shares are.
        at: a point to mark, or ``None``.
        level: the heights of the thin line at 0 and 1, or ``None`` for no such line.
        has_dots: whether the points themselves are drawn.
    """
    kept = np.unique(np.linspace(0, len(x) - 1, min(len(x), _MOST)).astype(int)) if len(x) else np.empty(0, int)
    line: dict[str, Any] = {
        "type": "line",
        "data": pairs(x[kept], y[kept]),
        "symbol": "circle" if has_dots else "none",
        "symbolSize": 7,
        "lineStyle": {"width": 2},
        "areaStyle": {"opacity": 0 if has_dots else 0.08},
        "emphasis": {"disabled": True},
    }
    if level is not None:
        ends = [{"coord": [0, level[0]], "symbol": "none"}, {"coord": [1, level[1]], "symbol": "none"}]
        style = {"color": _GREY, "type": "dashed", "width": 1}
        line["markLine"] = {"silent": True, "symbol": "none", "lineStyle": style, "data": [ends]}
    series = [line]
    if at is not None:
        point = {"type": "scatter", "symbol": "diamond", "symbolSize": 14, "z": 4}
        series.append({**point, "data": [[round(at[0], 4), round(at[1], 4)]], "emphasis": {"disabled": True}})
    return {
        "animation": False,
        "grid": {"left": 20, "right": 12, "top": 8, "bottom": 20, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.3f"},
        "xAxis": _axis(axes[0], 26),
        "yAxis": _axis(axes[1], 34),
        "series": series,
    }


def _axis(name: str, gap: int) -> dict[str, Any]:
    return {
        "type": "value",
        "min": 0,
        "max": 1,
        "splitNumber": 5,
        "name": name,
        "nameLocation": "middle",
        "nameGap": gap,
        "nameTextStyle": {"fontSize": _FONT},
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT},
    }
