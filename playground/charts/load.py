"""One measured value over time as a line without axes, which stands beside the number itself; ECharts options."""

from typing import Any

import numpy as np

from playground.charts.downsample import downsample

HEIGHT = 40
"""Pixels."""
_POINTS = 120


def load_chart(seconds: np.ndarray, values: np.ndarray, highest: float | None = None) -> dict[str, Any]:
    """The line, over the whole width and from 0 at the bottom.

    Args:
        seconds: when the values were measured, rising, shape ``(n,)``.
        values: what was measured, shape ``(n,)``; NaN leaves a gap.
        highest: the value at the top; ``None`` for the largest there is.
    """
    chosen = downsample(values, _POINTS)
    points = [
        [round(float(at), 1), float(f"{value:.4g}") if np.isfinite(value) else None]
        for at, value in zip(seconds[chosen], values[chosen], strict=True)
    ]
    axis = {"show": False, "type": "value"}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 0, "top": 3, "bottom": 1},
        "xAxis": {**axis, "min": "dataMin", "max": "dataMax"},
        "yAxis": {**axis, "min": 0, "max": highest or "dataMax"},
        "tooltip": {"show": False},
        "series": [
            {
                "type": "line",
                "data": points,
                "symbol": "none",
                "silent": True,
                "lineStyle": {"width": 1.5},
                "areaStyle": {"opacity": 0.12},
            }
        ],
    }
