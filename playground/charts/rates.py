"""The learning rate that is planned, as an ECharts option."""

from typing import Any

import numpy as np

_SIGNIFICANT = 4


def rates_chart(epochs: np.ndarray, rates: np.ndarray, *, last: float, x_name: str) -> dict[str, Any]:
    """The option of a small curve of learning rates over epochs; colours come from the theme.

    Args:
        epochs: where, in epochs, float64 (n,).
        rates: the learning rate there, float64 (n,).
        last: where the x axis ends, in epochs.
        x_name: the word under the x axis.

    Returns:
        A dict of JSON values for ``st.echarts_chart``.
    """
    points = [
        [round(float(x), 3), float(f"{y:.{_SIGNIFICANT}g}") if np.isfinite(y) else None]
        for x, y in zip(epochs, rates, strict=True)
    ]
    return {
        "animation": False,
        "grid": {"left": 0, "right": 12, "top": 8, "bottom": 2, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "value",
            "name": x_name,
            "nameLocation": "middle",
            "nameGap": 24,
            "nameTextStyle": {"fontSize": 12},
            "min": 0,
            "max": last,
            "splitLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": {"fontSize": 12},
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "splitNumber": 2,
            "axisLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": {"fontSize": 12},
        },
        "series": [{"type": "line", "data": points, "showSymbol": False, "lineStyle": {"width": 2}}],
    }
