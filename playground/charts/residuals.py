"""Points, a line that answers for them, and how far off it is at each; ECharts options."""

from typing import Any

import numpy as np

from playground.charts.panels import pairs

_FONT = 12
_POINTS, _MOVED, _LINE = "#8A93A0", "#E07B00", "#0877BD"
_MARGIN = 0.5


def residuals_chart(
    x: np.ndarray, y: np.ndarray, answers: np.ndarray, names: tuple[str, str, str], ends: tuple[float, float]
) -> dict[str, Any]:
    """The ECharts option of points, the answers of a line, and thin lines between them.

    Args:
        x, y: the points, float (n,), x ascending but for the last point, which stands out.
        answers: of the line at each x, float (n,).
        names: what the line is called, the points, and the last one.
        ends: of the y axis.
    """
    order = np.argsort(x)
    plain = {"emphasis": {"disabled": True}}
    errors = [
        [{"coord": [a, b], "symbol": "none"}, {"coord": [a, c], "symbol": "none"}]
        for a, b, c in zip(x.tolist(), y.tolist(), answers.tolist(), strict=True)
    ]
    line: dict[str, Any] = {
        "type": "line",
        "name": names[0],
        "data": pairs(x[order], answers[order]),
        "symbol": "none",
        "lineStyle": {"width": 2, "color": _LINE},
        "itemStyle": {"color": _LINE},
        "markLine": {
            "silent": True,
            "symbol": "none",
            "lineStyle": {"color": _MOVED, "type": "solid", "width": 1},
            "data": errors,
        },
        **plain,
    }
    dots = [
        {
            "type": "scatter",
            "name": name,
            "data": pairs(x[part], y[part]),
            "symbol": symbol,
            "symbolSize": size,
            "itemStyle": {"color": colour},
            "z": 3,
            **plain,
        }
        for name, part, colour, symbol, size in (
            (names[1], slice(None, -1), _POINTS, "circle", 8),
            (names[2], slice(-1, None), _MOVED, "diamond", 14),
        )
    ]
    axis = {"axisTick": {"show": False}, "axisLabel": {"fontSize": _FONT}}
    across = {"min": float(x.min()) - _MARGIN, "max": float(x.max()) + _MARGIN, "splitLine": {"show": False}}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 12, "top": 34, "bottom": 2, "outerBoundsMode": "same"},
        "legend": {"type": "scroll", "top": 0, "left": 0, "itemWidth": 20, "textStyle": {"fontSize": _FONT}},
        "tooltip": {"trigger": "item", "valueFormatter": "%.3g"},
        "xAxis": {"type": "value", **across, **axis},
        "yAxis": {"type": "value", "min": ends[0], "max": ends[1], "axisLine": {"show": False}, **axis},
        "series": [line, *dots],
    }
