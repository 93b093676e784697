"""Pictures of a dataset as ECharts options: class balance, points, histograms and the split.

As with the curves, the theme gives the colours, in series order, so that light and dark need no new figure.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

_FONT = 12
_SYMBOLS = ("circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow")
_LOW_MIDDLE_HIGH = ["#F59322", "#9AA3AD", "#0877BD"]  # the colours of outputs, with a middle seen on both grounds
_TICKS: Mapping[str, Any] = {"axisTick": {"show": False}, "axisLabel": {"fontSize": _FONT}}
_KEPT_ASIDE = "#6B7683"  # the test part takes no side: grey on both grounds
_FEW = 7
"""As many colours as the theme has: with more classes than that, all bars have one colour."""


def balance_chart(names: Sequence[str], counts: Sequence[int]) -> dict[str, Any]:
    """Bars, one a class, in the classes' colours while there are few.

    Args:
        names: the classes, in label order.
        counts: samples of each.
    """
    bar = {
        "type": "bar",
        "data": [int(count) for count in counts],
        "colorBy": "data" if len(names) <= _FEW else "series",
        "barCategoryGap": "35%",
        "barMaxWidth": 64,
        "itemStyle": {"borderRadius": [3, 3, 0, 0]},
        "emphasis": {"disabled": True},
    }
    names_axis = {
        "type": "category",
        "data": list(names),
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT, "interval": 0, "overflow": "truncate", "width": 96},
    }
    return {**_bare(), "xAxis": names_axis, "yAxis": _counts(), "series": [bar]}


def scatter_chart(
    points: np.ndarray, values: np.ndarray, classes: Sequence[str], axes: tuple[str, str]
) -> dict[str, Any]:
    """Points in the plane: a series a class, each with its own mark, or coloured by value.

    Args:
        points: shape ``(n, 2)``.
        values: labels 0 to ``len(classes) - 1``, or targets of regression; shape ``(n,)``.
        classes: class names in label order; empty for regression.
        axes: what the two coordinates are called.
    """
    at = np.round(np.asarray(points, np.float64), 4)
    option: dict[str, Any] = {
        "animation": False,
        "grid": {"left": 8, "right": 14, "top": 36 if classes else 12, "bottom": 8, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item", "valueFormatter": "%.3f"},
        "xAxis": _axis(at[:, 0], axes[0], 28),
        "yAxis": _axis(at[:, 1], axes[1], 34),
    }
    size = 7 if len(at) <= 1_000 else 5 if len(at) <= 4_000 else 3
    plain = {"type": "scatter", "symbolSize": size, "itemStyle": {"opacity": 0.85}, "emphasis": {"disabled": True}}
    if classes:
        option["legend"] = {"top": 0, "left": 0, "itemWidth": 10, "itemHeight": 10, "textStyle": {"fontSize": _FONT}}
        # A class without points keeps its place, and with it the colours of the others.
        option["series"] = [
            {**plain, "name": name, "symbol": _SYMBOLS[label % len(_SYMBOLS)], "data": at[values == label].tolist()}
            for label, name in enumerate(classes)
        ]
        return option
    targets = np.round(np.asarray(values, np.float64), 4)
    ends = (float(targets.min()), float(targets.max())) if len(targets) else (0.0, 1.0)
    option["visualMap"] = {
        "type": "continuous",
        "dimension": 2,
        "min": ends[0],
        "max": ends[1],
        "inRange": {"color": _LOW_MIDDLE_HIGH},
        "orient": "vertical",
        "right": 0,
        "top": "middle",
        "itemHeight": 160,
        "itemWidth": 12,
        "precision": 2,
        "calculable": False,
        "text": [f"{ends[1]:.2f}", f"{ends[0]:.2f}"],
        "textStyle": {"fontSize": _FONT},
    }
    option["grid"]["right"] = 64
    option["series"] = [{**plain, "data": np.column_stack([at, targets]).tolist()}]
    return option


def histogram_chart(values: np.ndarray, x_name: str = "", bins: int = 24) -> dict[str, Any]:
    """How often which value occurs, as bars without gaps.

    Args:
        values: any shape; what is no finite number is left out.
        x_name: the words under the axis.
        bins: how many bars at most.
    """
    flat = np.asarray(values, np.float64).ravel()
    flat = flat[np.isfinite(flat)]
    counts, edges = np.histogram(flat, bins=bins) if len(flat) else (np.zeros(1, int), np.array([0.0, 1.0]))
    return counted_chart(counts, edges, x_name)


def counted_chart(counts: np.ndarray, edges: np.ndarray, x_name: str = "") -> dict[str, Any]:
    """A histogram that somebody else has counted.

    Args:
        counts: how many values lie in each bin, (bins,).
        edges: the borders of the bins, ascending, (bins + 1,).
        x_name: the words under the axis.
    """
    bar = {
        "type": "bar",
        "data": [int(n) for n in counts],
        "barCategoryGap": "6%",
        "emphasis": {"disabled": True},
    }
    low, high = float(f"{edges[0]:.6g}"), float(f"{edges[-1]:.6g}")
    x_axis: dict[str, Any] = {
        "type": "value",
        "position": "bottom",
        "min": low,
        "max": high,
        "splitNumber": 4,
        "splitLine": {"show": False},
        **_TICKS,
    }
    if x_name:
        x_axis |= {"name": x_name, "nameLocation": "middle", "nameGap": 26, "nameTextStyle": {"fontSize": _FONT}}
    # The ends are seldom round numbers, and their labels would stand beside round ones.
    x_axis["axisLabel"] = {"fontSize": _FONT, "showMinLabel": _is_round(low), "showMaxLabel": _is_round(high)}
    spans = [f"{a:.3g} – {b:.3g}" for a, b in pairwise(edges)]
    # Bars side by side need an axis of categories, which is not shown: round numbers are read more easily.
    hidden = {"type": "category", "data": spans, "show": False}
    return {**_bare(), "xAxis": [hidden, x_axis], "yAxis": _counts(), "series": [{**bar, "xAxisIndex": 0}]}


def split_chart(parts: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """One bar of all rows, divided into parts with their numbers written in them.

    Args:
        parts: name and rows of each part; parts without rows are not drawn.
    """
    whole = sum(rows for _, rows in parts) or 1
    series = [
        {
            "type": "bar",
            "name": name,
            "stack": "rows",
            "barWidth": 34,
            "data": [rows],
            "label": {
                "show": rows / whole > 0.06,
                "formatter": f"{name} {rows:,}" if rows / whole > 0.24 else f"{rows:,}",
                "fontSize": _FONT,
                "fontWeight": 600,
            },
            "emphasis": {"disabled": True},
        }
        for name, rows in parts
    ]
    series[-1]["itemStyle"] = {"color": _KEPT_ASIDE}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 0, "top": 26, "bottom": 0},
        "legend": {
            "top": 0,
            "left": 0,
            "selectedMode": False,
            "itemWidth": 10,
            "itemHeight": 10,
            "textStyle": {"fontSize": _FONT},
        },
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "show": False, "max": whole},
        "yAxis": {"type": "category", "data": [""], "show": False},
        "series": series,
    }


def _bare() -> dict[str, Any]:
    return {
        "animation": False,
        "grid": {"left": 0, "right": 8, "top": 10, "bottom": 2, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item"},
    }


def _counts() -> dict[str, Any]:
    return {"type": "value", "min": 0, "splitNumber": 2, "minInterval": 1, "axisLine": {"show": False}, **_TICKS}


def _axis(values: np.ndarray, name: str, gap: int) -> dict[str, Any]:
    """An axis around all values, at least from -1 to 1 so that noise is seen as such."""
    end = max(1.0, float(np.abs(values).max())) if len(values) else 1.0
    end = math.ceil(end * 5) / 5
    return {
        "type": "value",
        "min": -end,
        "max": end,
        "name": name,
        "nameLocation": "middle",
        "nameGap": gap,
        "nameTextStyle": {"fontSize": _FONT},
        "splitNumber": 4,
        "splitLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT, "showMinLabel": _is_half(end), "showMaxLabel": _is_half(end)},
    }


def _is_half(number: float) -> bool:
    """Whether the axis has a tick there anyway; the label beside it would overlap."""
    return float(2 * number).is_integer()


def _is_round(number: float) -> bool:
    return number == float(f"{number:.2g}")
