"""Values over all shares of three, as a triangle of dots; ECharts options."""

from collections.abc import Sequence
from typing import Any

import numpy as np

_FONT = 12
_COLOURS = ["#0B6BB8", "#4A95CE", "#9CC7E8", "#F9BE7C", "#F59322", "#B45309"]
_MOST = 0.9
_HEIGHT = 3**0.5 / 2
_DOT = 12
_TINY = 1e-3
_CORNERS = ([0.0, 0.0], [1.0, 0.0], [0.5, _HEIGHT])


def triangle_chart(shares: np.ndarray, values: np.ndarray, names: Sequence[str]) -> dict[str, Any]:
    """The ECharts option of ``values`` by colour, the lowest blue, the highest orange.

    Args:
        shares: of three, each row together 1, float (n, 3). The first stands at the left, the second at the right, the
            third on top.
        values: one a row, (n,); the colours end where 90 % of them lie.
        names: of the three.
    """
    x = shares[:, 1] + shares[:, 2] / 2
    y = shares[:, 2] * _HEIGHT
    top = float(np.quantile(values, _MOST))
    low = float(values.min())
    data = [
        {
            "value": [round(float(a), 4), round(float(b), 4), float(f"{min(v, top):.5g}")],
            "name": "\n".join(f"{name} {share:.3f}" for name, share in zip(names, row, strict=True)) + f"\n→ {v:.4g}",
        }
        for a, b, v, row in zip(x, y, values, shares, strict=True)
    ]
    labels = [
        {"value": at, "label": {"show": True, "formatter": name, "position": side, "distance": 12, "fontSize": _FONT}}
        for at, name, side in zip(_CORNERS, names, ("bottom", "bottom", "top"), strict=True)
    ]
    hidden = {"type": "value", "show": False}
    return {
        "animation": False,
        "grid": {"left": 30, "right": 80, "top": 16, "bottom": 16},
        "tooltip": {"trigger": "item", "renderMode": "richText", "formatter": "{b}"},
        "xAxis": {**hidden, "min": -0.06, "max": 1.06},
        "yAxis": {**hidden, "min": -0.08, "max": _HEIGHT + 0.08},
        "visualMap": {
            "type": "continuous",
            "dimension": 2,
            "seriesIndex": 0,
            "min": low,
            "max": top if top > low else low + 1,
            "inRange": {"color": _COLOURS},
            "right": 0,
            "top": "middle",
            "itemHeight": 160,
            "itemWidth": 12,
            "calculable": False,
            "text": [f"{top:.3g}", f"{low:.3g}" if abs(low) >= _TINY else "0"],
            "textStyle": {"fontSize": _FONT},
        },
        "series": [
            {
                "type": "scatter",
                "data": data,
                "symbolSize": _DOT,
                "itemStyle": {"opacity": 1},
                "emphasis": {"disabled": True},
            },
            {"type": "scatter", "data": labels, "symbolSize": 0.1, "silent": True, "tooltip": {"show": False}},
        ],
    }
