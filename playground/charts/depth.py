"""Sizes by layer on a logarithmic axis, and heaps of values; ECharts options without colours."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.charts.curves import Line, curves_chart
from playground.charts.panels import DASHES

_FONT = 12
_BINS = 60
_REACH = 0.995


def depth_chart(lines: Sequence[Line], layers: int, x_name: str) -> dict[str, Any]:
    """The ECharts option of sizes by layer, one line an activation; a size of 0 or none at all leaves a gap.

    Args:
        lines: sizes before the first layer and after each, shape (layers + 1,).
        layers: how many there are.
        x_name: the word under the axis.
    """
    option = curves_chart(lines, epochs=layers, x_name=x_name, is_log=True)
    for number, series in enumerate(option["series"]):
        series["lineStyle"]["type"] = DASHES[number % len(DASHES)]
    return option


def heap_chart(heaps: Sequence[tuple[str, np.ndarray]]) -> dict[str, Any]:
    """The ECharts option of how several sets of values are spread, each as high as its fullest place.

    Args:
        heaps: names, and evenly spaced quantiles of the values, ascending, shape (n,).
    """
    finite = [values[np.isfinite(values)].astype(np.float64) for _name, values in heaps]
    ends = [abs(np.quantile(values, at)) for values in finite if len(values) for at in (1 - _REACH, _REACH)]
    reach = max([*ends, 1e-9]) * 1.2
    edges = np.linspace(-reach, reach, _BINS + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    series = []
    for number, ((name, _values), values) in enumerate(zip(heaps, finite, strict=True)):
        counts = np.histogram(values, edges)[0]
        height = counts / max(1, counts.max())
        series.append(
            {
                "type": "line",
                "name": name,
                "step": "middle",
                "symbol": "none",
                "data": [[float(f"{x:.4g}"), round(float(y), 4)] for x, y in zip(middles, height, strict=True)],
                "lineStyle": {"width": 1.5, "type": DASHES[number % len(DASHES)]},
                "areaStyle": {"opacity": 0.08},
                "emphasis": {"disabled": True},
            }
        )
    label = {"fontSize": _FONT, "hideOverlap": True}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 12, "top": 34, "bottom": 2, "outerBoundsMode": "same"},
        "legend": {
            "type": "scroll",
            "top": 0,
            "left": 0,
            "itemWidth": 20,
            "itemStyle": {"opacity": 0},
            "textStyle": {"fontSize": _FONT},
        },
        "xAxis": {
            "type": "value",
            "min": float(f"{-reach:.3g}"),
            "max": float(f"{reach:.3g}"),
            "splitNumber": 4,
            "splitLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": label,
        },
        "yAxis": {"type": "value", "show": False, "max": 1.05},
        "series": series,
    }
