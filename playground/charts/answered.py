"""Numbers as they are beside those that were answered, as ECharts options."""

from typing import Any

import numpy as np

from playground.charts.panels import pairs

_FONT = 12
_GREY = "#8590A0"
_AXIS: dict[str, Any] = {
    "type": "value",
    "scale": True,
    "splitNumber": 4,
    "nameLocation": "middle",
    "nameTextStyle": {"fontSize": _FONT},
    "axisTick": {"show": False},
    "axisLabel": {"fontSize": _FONT, "hideOverlap": True},
}


def answered_chart(true: np.ndarray, answered: np.ndarray, axes: tuple[str, str], *, is_error: bool = False) -> Any:
    """A point a row: the true number to the right, upwards the answered one, or how far off it is.

    Args:
        true, answered: the numbers, or in place of ``answered`` the errors, (n,).
        axes: what the two are called.
        is_error: whether no error at all, a level line, is drawn in place of the diagonal.
    """
    low, high = (float(true.min()), float(true.max())) if len(true) else (0.0, 1.0)
    if len(true) and not is_error:  # an end beyond the axes would take the whole line out of the picture
        low, high = max(low, float(answered.min())), min(high, float(answered.max()))
    start, end = (0.0, 0.0) if is_error else (low, high)
    ends = [{"coord": [low, start], "symbol": "none"}, {"coord": [high, end], "symbol": "none"}]
    line = {"silent": True, "symbol": "none", "lineStyle": {"color": _GREY, "type": "dashed", "width": 1}}
    size = 6 if len(true) <= 1_000 else 4
    return {
        "animation": False,
        "grid": {"left": 20, "right": 12, "top": 8, "bottom": 20, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item", "valueFormatter": "%.4g"},
        "xAxis": {**_AXIS, "name": axes[0], "nameGap": 26, "splitLine": {"show": False}},
        "yAxis": {**_AXIS, "name": axes[1], "nameGap": 48},
        "series": [
            {
                "type": "scatter",
                "symbolSize": size,
                "itemStyle": {"opacity": 0.6},
                "data": pairs(true, answered),
                "emphasis": {"disabled": True},
                "markLine": {**line, "data": [ends]},
            }
        ],
    }


def forecast_chart(at: np.ndarray, lines: dict[str, np.ndarray], axes: tuple[str, str]) -> dict[str, Any]:
    """Lines over the places of a series, the first one solid, the others dashed.

    Args:
        at: the places, (n,).
        lines: by name, a value for each place; NaN is a gap.
        axes: what the two directions are called.
    """
    dashes: tuple[Any, ...] = ("solid", [6, 4], [2, 3])
    return {
        "animation": False,
        "grid": {"left": 20, "right": 12, "top": 32, "bottom": 20, "outerBoundsMode": "same"},
        "legend": {"top": 0, "left": 0, "type": "scroll", "itemWidth": 24, "itemStyle": {"opacity": 0}},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.4g"},
        "xAxis": {**_AXIS, "name": axes[0], "nameGap": 26, "splitLine": {"show": False}},
        "yAxis": {**_AXIS, "name": axes[1], "nameGap": 48},
        "series": [
            {
                "type": "line",
                "name": name,
                "symbol": "none",
                "data": pairs(at, values),
                "lineStyle": {"width": 1.75, "type": dashes[number % len(dashes)]},
                "emphasis": {"disabled": True},
            }
            for number, (name, values) in enumerate(lines.items())
        ],
    }
