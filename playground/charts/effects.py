"""What moved an answer, what a column is worth, and how an answer goes with it; ECharts options."""

from collections.abc import Sequence
from typing import Any

import numpy as np

FOR, AGAINST = "#0877BD", "#F59322"
_GREY = "#8A93A0"
_FONT = 12
_ROW_PX, _EDGE_PX, _AXIS_PX = 24, 8, 24
_LABEL_PX = 170
_PLAIN = {"axisTick": {"show": False}, "axisLine": {"show": False}}


def effects_height(n: int) -> int:
    """How many pixels ``n`` bars take."""
    return n * _ROW_PX + _EDGE_PX + _AXIS_PX


def effects_chart(names: Sequence[str], effects: np.ndarray, *, is_phone: bool = False) -> dict[str, Any]:
    """Bars that lie, blue to the right of zero and orange to its left, with their numbers; the first one on top.

    Args:
        names: what each bar is.
        effects: how long it is, (n,).
        is_phone: whether there is little room for names.
    """
    most = float(np.abs(effects).max(initial=0)) or 1.0
    bars = [
        {
            "value": float(f"{value:.4g}"),
            "itemStyle": {"color": FOR if value >= 0 else AGAINST},
            "label": {"position": "right" if value >= 0 else "left", "formatter": _figure(float(value))},
        }
        for value in effects
    ]
    return {
        "animation": False,
        "grid": {"left": 0, "right": 12, "top": 2, "bottom": 2, "outerBoundsMode": "same"},
        "tooltip": {"show": False},
        "xAxis": {
            **_PLAIN,
            "type": "value",
            "min": -1.3 * most if effects.min(initial=0) < 0 else 0,
            "max": 1.3 * most,
            "splitLine": {"show": False},
            "axisLabel": {"show": False},
        },
        "yAxis": {
            **_PLAIN,
            "type": "category",
            "inverse": True,
            "data": list(names),
            "axisLabel": {
                "fontSize": _FONT,
                "interval": 0,
                "width": 110 if is_phone else _LABEL_PX,
                "overflow": "truncate",
            },
        },
        "series": [
            {
                "type": "bar",
                "data": bars,
                "barWidth": 12,
                "emphasis": {"disabled": True},
                "label": {"show": True, "fontSize": _FONT},
            }
        ],
    }


def steps_chart(values: np.ndarray, effects: np.ndarray, titles: Sequence[str], x_name: str) -> dict[str, Any]:
    """A sequence of numbers as a line, and below it what each step moved as bars over the same axis.

    Args:
        values: what came in, (steps,) or (steps, lines).
        effects: of each step, (steps,).
        titles: of the line and of the bars.
        x_name: the word under the axis.
    """
    steps = list(range(1, len(effects) + 1))
    lines = np.asarray(values, np.float64).reshape(len(effects), -1)
    bars = [
        {"value": float(f"{value:.4g}"), "itemStyle": {"color": FOR if value >= 0 else AGAINST}} for value in effects
    ]
    x: dict[str, Any] = {"type": "category", "data": steps, "axisTick": {"show": False}}
    y: dict[str, Any] = {"type": "value", "scale": True, "splitNumber": 3, "axisLabel": {"fontSize": _FONT}}
    named = {"name": x_name, "nameLocation": "middle", "nameGap": 24, "nameTextStyle": {"fontSize": _FONT}}
    label = {"fontSize": _FONT, "hideOverlap": True}
    return {
        "animation": False,
        "title": [_title(titles[0], 0), _title(titles[1], "50%")],
        "grid": [
            {"left": 0, "right": 12, "top": 26, "height": "38%", "outerBoundsMode": "same"},
            {"left": 0, "right": 12, "top": "58%", "bottom": 14, "outerBoundsMode": "same"},
        ],
        "tooltip": {"trigger": "axis", "valueFormatter": "%.4g"},
        "axisPointer": {"link": [{"xAxisIndex": "all"}]},
        "xAxis": [
            {**x, "gridIndex": 0, "axisLabel": {"show": False}},
            {**x, **named, "gridIndex": 1, "axisLabel": label},
        ],
        "yAxis": [{**y, "gridIndex": 0}, {**y, "gridIndex": 1}],
        "series": [
            *(
                {
                    "type": "line",
                    "name": titles[0],
                    "symbol": "none" if len(steps) > 1 else "circle",
                    "data": [float(f"{value:.5g}") for value in line],
                    "emphasis": {"disabled": True},
                }
                for line in lines.T
            ),
            {
                "type": "bar",
                "name": titles[1],
                "xAxisIndex": 1,
                "yAxisIndex": 1,
                "data": bars,
                "emphasis": {"disabled": True},
            },
        ],
    }


def importance_chart(names: Sequence[str], worse: np.ndarray, *, is_phone: bool = False) -> dict[str, Any]:
    """A bar for the mean of each column, with a dot for each time that its values were mixed; the first one on top.

    Args:
        names: of the columns.
        worse: how much worse the answers became, (columns, repeats).
        is_phone: whether there is little room for names.
    """
    option = effects_chart(names, worse.mean(axis=1), is_phone=is_phone)
    most = float(np.abs(worse).max(initial=0)) or 1.0
    option["xAxis"] |= {"min": min(0.0, 1.3 * float(worse.min(initial=0))), "max": 1.3 * most}
    option["series"][0]["label"] = {"show": False}
    option["xAxis"] |= {"axisLabel": {"fontSize": _FONT, "hideOverlap": True}, "splitNumber": 4}
    option["series"].append(
        {
            "type": "scatter",
            "symbolSize": 5,
            "itemStyle": {"color": _GREY, "opacity": 0.7},
            "emphasis": {"disabled": True},
            "data": [[float(f"{value:.5g}"), row] for row, values in enumerate(worse) for value in values],
        }
    )
    return option


def dependence_chart(
    grid: np.ndarray, lines: np.ndarray, mean: np.ndarray, x_name: str, y_name: str, tenths: np.ndarray
) -> dict[str, Any]:
    """The mean answer by the value of a column, thick, and single rows behind it, thin and grey.

    Args:
        grid: the values, ascending, (g,).
        lines: answers of single rows, (g, rows).
        mean: of all rows, (g,).
        x_name, y_name: what the directions are.
        tenths: values that tenths of the rows lie below, marked at the axis; empty for none.
    """
    axis: dict[str, Any] = {
        "type": "value",
        "scale": True,
        "nameLocation": "middle",
        "nameTextStyle": {"fontSize": _FONT},
        "axisLabel": {"fontSize": _FONT, "hideOverlap": True},
        "splitNumber": 4,
    }
    plain = {"type": "line", "symbol": "none", "emphasis": {"disabled": True}}
    inside = tenths[(tenths >= grid[0]) & (tenths <= grid[-1])]
    low = float(min(lines.min(initial=np.inf), mean.min()))
    return {
        "animation": False,
        "grid": {"left": 18, "right": 12, "top": 8, "bottom": 16, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.4g", "axisPointer": {"type": "line"}},
        "xAxis": {
            **axis,
            "name": x_name,
            "nameGap": 26,
            "min": float(grid[0]),
            "max": float(grid[-1]),
            "splitLine": {"show": False},
        },
        "yAxis": {**axis, "name": y_name, "nameGap": 44},
        "series": [
            *(
                {
                    **plain,
                    "data": _pairs(grid, line),
                    "silent": True,
                    "tooltip": {"show": False},
                    "lineStyle": {"color": _GREY, "width": 1, "opacity": 0.35},
                }
                for line in lines.T
            ),
            {**plain, "name": y_name, "data": _pairs(grid, mean), "lineStyle": {"color": FOR, "width": 3}, "z": 3},
            {
                "type": "scatter",
                "data": _pairs(inside, np.full(len(inside), low)),
                "symbol": "rect",
                "symbolSize": [2, 10],
                "itemStyle": {"color": _GREY},
                "silent": True,
                "tooltip": {"show": False},
            },
        ],
    }


def _pairs(x: np.ndarray, y: np.ndarray) -> list[list[float]]:
    return [[float(f"{a:.6g}"), float(f"{b:.6g}")] for a, b in zip(x.tolist(), y.tolist(), strict=True)]


def _title(text: str, top: Any) -> dict[str, Any]:
    return {"text": text, "left": 0, "top": top, "padding": 0, "textStyle": {"fontSize": 13, "fontWeight": 600}}


def _figure(value: float) -> str:
    return f"{value:+.3g}".replace("-", "−")
