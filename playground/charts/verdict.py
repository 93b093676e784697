"""Training, validation and a baseline at one or two epochs, as a tiny picture of dots; ECharts options."""

from collections.abc import Sequence
from typing import Any

_FONT = 12
_DOT = 11
_ROW_PX, _AROUND_PX = 44, 56
_GREY = "#8590A0"  # neither of training nor of validation, and readable on light and dark


def verdict_height(rows: int) -> int:
    """The height in pixels of a picture with so many rows."""
    return _AROUND_PX + _ROW_PX * rows


def verdict_chart(
    rows: Sequence[str],
    values: Sequence[tuple[str, Sequence[float], Sequence[str]]],
    baseline: tuple[str, float] | None = None,
    highest: float | None = None,
) -> dict[str, Any]:
    """Dots in rows, a mark and a side of its label for each of the two series, and the baseline as a bar in each row.

    Args:
        rows: what the rows are called, the first on top.
        values: training and validation: a name, a value for each row, and the same as it is written.
        baseline: its name and value, where there is one.
        highest: the largest value that is possible, where there is one: the axis ends there.
    """
    marks = (("circle", "top"), ("diamond", "bottom"))
    series = [
        {
            "type": "scatter",
            "name": name,
            "symbol": symbol,
            "symbolSize": _DOT,
            "z": 3,
            "data": [
                {"value": [number, row], "label": {"show": True, "position": side, "formatter": words}}
                for row, (number, words) in enumerate(zip(numbers, written, strict=True))
            ],
        }
        for (name, numbers, written), (symbol, side) in zip(values, marks, strict=True)
    ]
    if baseline is not None:
        name, number = baseline
        bar = {"type": "scatter", "name": name, "symbol": "rect", "symbolSize": [3, _ROW_PX - 12]}
        series.append({**bar, "itemStyle": {"color": _GREY}, "data": [[number, at] for at in range(len(rows))]})
    tick = {"axisTick": {"show": False}, "axisLine": {"show": False}}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 22, "top": 28, "bottom": 2, "outerBoundsMode": "same"},
        "legend": {"top": 0, "left": 0, "type": "scroll", "itemWidth": 10, "itemHeight": 10},
        "xAxis": {
            "type": "value",
            "scale": True,
            "splitNumber": 3 if highest is None else 2,
            "axisLabel": {"fontSize": _FONT},
            **({} if highest is None else {"max": highest}),
            **tick,
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": list(rows),
            "axisLabel": {"fontSize": _FONT},
            "splitLine": {"show": False},
            **tick,
        },
        "series": series,
    }
