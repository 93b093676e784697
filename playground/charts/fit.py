"""A curve that a network has drawn through points, and what they come from; ECharts options."""

from typing import Any

import numpy as np

from playground.charts.panels import pairs

_FONT = 12
_POINTS = "#8A93A0"


def fit_chart(
    line: tuple[np.ndarray, np.ndarray],
    points: tuple[np.ndarray, np.ndarray],
    truth: tuple[np.ndarray, np.ndarray],
    names: tuple[str, str, str],
    reach: tuple[float, float],
) -> dict[str, Any]:
    """The ECharts option of one number over another.

    Args:
        line: what the network answers: x (n,) and y (n,).
        points: the training points.
        truth: what they are without noise.
        names: of network, points and truth.
        reach: the ends of the y axis, the same in every picture that is compared.
    """
    plain = {"type": "line", "symbol": "none", "emphasis": {"disabled": True}, "silent": True}
    label = {"fontSize": _FONT, "hideOverlap": True}
    axis = {"axisTick": {"show": False}, "axisLabel": label}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 8, "top": 30, "bottom": 2, "outerBoundsMode": "same"},
        "legend": {"type": "scroll", "top": 0, "left": 0, "itemWidth": 18, "textStyle": {"fontSize": _FONT}},
        "tooltip": {"show": False},
        "xAxis": {
            "type": "value",
            "min": float(line[0][0]),
            "max": float(line[0][-1]),
            "splitLine": {"show": False},
            "splitNumber": 4,
            **axis,
            "axisLabel": {**label, "showMinLabel": False, "showMaxLabel": False},
            "axisLine": {"onZero": False},
        },
        "yAxis": {"type": "value", "min": reach[0], "max": reach[1], "splitNumber": 4, **axis},
        "series": [
            {**plain, "name": names[0], "data": pairs(*line), "lineStyle": {"width": 2.5}, "z": 3},
            {
                "type": "scatter",
                "name": names[1],
                "data": pairs(*points),
                "symbolSize": 7,
                "silent": True,
                "itemStyle": {"color": _POINTS},
            },
            {**plain, "name": names[2], "data": pairs(*truth), "lineStyle": {"width": 1.5, "type": [4, 4]}, "z": 2},
        ],
    }
