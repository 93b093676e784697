"""How sure a network is of each class, as bars that lie; ECharts options."""

from collections.abc import Sequence
from typing import Any

import numpy as np

_FONT = 13
_ROW_PX, _EDGE_PX = 26, 8
_FAINT = 0.45


def shares_height(n: int) -> int:
    """How many pixels ``n`` bars take."""
    return n * _ROW_PX + _EDGE_PX


def shares_chart(names: Sequence[str], shares: np.ndarray) -> dict[str, Any]:
    """A bar for each class on a track of full length, the surest one in full colour, with its share in per cent.

    Args:
        names: of the classes, the first one on top.
        shares: 0 to 1, shape ``(n,)``.
    """
    surest = int(np.argmax(shares)) if len(shares) else -1
    bars = [
        {
            "value": round(100 * float(share), 1),
            "itemStyle": {"opacity": 1.0 if at == surest else _FAINT},
            "label": {"opacity": 1.0},
        }
        for at, share in enumerate(shares)
    ]
    axis = {"axisTick": {"show": False}, "axisLine": {"show": False}, "splitLine": {"show": False}}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 58, "top": 2, "bottom": 2, "outerBoundsMode": "same"},
        "tooltip": {"show": False},
        "xAxis": {**axis, "type": "value", "min": 0, "max": 100, "axisLabel": {"show": False}},
        "yAxis": {
            **axis,
            "type": "category",
            "inverse": True,
            "data": list(names),
            "axisLabel": {"fontSize": _FONT, "interval": 0, "width": 130, "overflow": "truncate"},
        },
        "series": [
            {
                "type": "bar",
                "data": bars,
                "barWidth": 13,
                "showBackground": True,
                "emphasis": {"disabled": True},
                "label": {"show": True, "position": "right", "fontSize": _FONT, "formatter": "{c} %"},
            }
        ],
    }
