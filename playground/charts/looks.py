"""Pictures of what was counted in a dataset, as ECharts options: spreads by class, words, a map, a series.

The theme gives the colours, in series order.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.charts.data import counted_chart

_FONT = 12
_LEGEND: Mapping[str, Any] = {
    "top": 0,
    "left": 0,
    "type": "scroll",
    "itemWidth": 10,
    "itemHeight": 10,
    "textStyle": {"fontSize": _FONT},
}
_AXIS: Mapping[str, Any] = {"axisTick": {"show": False}, "axisLabel": {"fontSize": _FONT, "hideOverlap": True}}
_PLAIN: Mapping[str, Any] = {"type": "bar", "emphasis": {"disabled": True}}
_LOW_MIDDLE_HIGH = ["#F59322", "#9AA3AD", "#0877BD"]
_SYMBOLS = ("circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle")
_MS = 1000.0
_WORD_PX = 110


def spread_chart(
    counts: Sequence[Sequence[int]], edges: Sequence[float], groups: Sequence[str] = (), *, is_date: bool = False
) -> dict[str, Any]:
    """A histogram, the bars of several groups on top of each other.

    Args:
        counts: rows in each bin, one list a group.
        edges: the borders of the bins, ascending; of dates in seconds since 1970.
        groups: what the groups are called; none for a single one.
        is_date: whether the axis is one of dates.
    """
    if is_date:
        edges = [edge * _MS for edge in edges]
    option = counted_chart(np.asarray(counts[0]), np.asarray(edges, np.float64))
    bar = option["series"][0]
    option["series"] = [{**bar, "data": list(each), "stack": "all"} for each in counts]
    for name, series in zip(groups, option["series"], strict=False):
        series["name"] = name
    if is_date:
        hidden, shown = option["xAxis"]
        option["xAxis"] = [hidden, {**shown, "type": "time", "splitNumber": 3, **_AXIS}]
        option["tooltip"] = {"show": False}
    return option


def ranked_chart(
    names: Sequence[str], counts: Sequence[Sequence[float]], groups: Sequence[str] = (), *, digits: int = 0
) -> dict[str, Any]:
    """Bars that lie, the first one on top, those of several groups end to end.

    Args:
        names: what each bar is.
        counts: how long it is, one list a group.
        groups: what the groups are called; none for a single one.
        digits: decimals of the numbers.
    """
    series = [{**_PLAIN, "stack": "all", "data": list(each), "barMaxWidth": 16} for each in counts]
    for name, each in zip(groups, series, strict=False):
        each["name"] = name
    labels = {"fontSize": _FONT, "width": _WORD_PX, "overflow": "truncate", "interval": 0}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 12, "top": 4, "bottom": 2, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item", "renderMode": "richText", "valueFormatter": f"%.{digits}f"},
        "xAxis": {"type": "value", "splitNumber": 3, "axisLine": {"show": False}, **_AXIS},
        "yAxis": {
            "type": "category",
            "data": list(names),
            "inverse": True,
            "axisTick": {"show": False},
            "axisLabel": labels,
        },
        "series": series,
    }


def map_chart(
    points: np.ndarray,
    rows: Sequence[int],
    values: Sequence[Any],
    classes: Sequence[str],
    row: str,
    axes: Sequence[str],
) -> dict[str, Any]:
    """Points of a map, a series a class, each with colour and mark of its own; what stands at a point says its row.

    Args:
        points: shape (n, 2).
        rows: the number of each row in the source.
        values: labels, or the targets of a regression.
        classes: names in label order; empty for regression.
        row: words for a row, with ``{n}`` for its number.
        axes: what the two directions are called; empty names for none.
    """
    at = np.round(np.asarray(points, np.float64), 4)
    size = 7 if len(at) <= 1_000 else 5 if len(at) <= 3_000 else 4
    plain = {"type": "scatter", "symbolSize": size, "itemStyle": {"opacity": 0.8}, "emphasis": {"disabled": True}}
    option: dict[str, Any] = {
        "animation": False,
        "grid": {"left": 8, "right": 14, "top": 40 if classes else 12, "bottom": 8, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item", "renderMode": "richText", "formatter": "{b}\n{a}" if classes else "{b}"},
        "xAxis": _direction(axes[0], 26),
        "yAxis": _direction(axes[1], 34),
    }
    named = [{"value": xy, "name": row.format(n=f"{number:,}")} for xy, number in zip(at.tolist(), rows, strict=True)]
    if classes:
        labels = np.asarray(values, np.int64)
        option["legend"] = dict(_LEGEND)
        option["series"] = [
            {
                **plain,
                "name": name,
                # One further round the colours, one further round the marks: no two of 49 classes look alike.
                "symbol": _SYMBOLS[(label + label // len(_SYMBOLS)) % len(_SYMBOLS)],
                "data": [named[place] for place in np.flatnonzero(labels == label)],
            }
            for label, name in enumerate(classes)
        ]
        return option
    targets = [float(value) if value is not None else 0.0 for value in values]
    for point, target in zip(named, targets, strict=True):
        point["value"] = [*point["value"], target]
        point["name"] += f"\n{target:.4g}"
    low, high = min(targets, default=0.0), max(targets, default=1.0)
    option["visualMap"] = {
        "type": "continuous",
        "dimension": 2,
        "min": low,
        "max": high,
        "inRange": {"color": _LOW_MIDDLE_HIGH},
        "right": 0,
        "top": "middle",
        "itemHeight": 160,
        "itemWidth": 12,
        "calculable": False,
        "text": [f"{high:.3g}", f"{low:.3g}"],
        "textStyle": {"fontSize": _FONT},
    }
    option["grid"]["right"] = 64
    option["series"] = [{**plain, "data": named}]
    return option


def series_chart(steps: Sequence[int], values: Sequence[float | None], *, is_small: bool = False) -> dict[str, Any]:
    """A line over the steps of a series, with gaps where a value is ``None``.

    Args:
        steps: where each value stands.
        values: the line.
        is_small: whether it is one of several below each other, without words at its steps.
    """
    line = {"type": "line", "symbol": "none", "lineStyle": {"width": 1.25}, "emphasis": {"disabled": True}}
    low, high = (steps[0], steps[-1]) if len(steps) else (0, 1)
    label = {**_AXIS["axisLabel"], "show": not is_small, "showMaxLabel": False}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 8, "top": 8, "bottom": 2, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.4g"},
        "xAxis": {"type": "value", "min": low, "max": high, "splitLine": {"show": False}, **_AXIS, "axisLabel": label},
        "yAxis": {"type": "value", "scale": True, "splitNumber": 2, **_AXIS},
        "series": [{**line, "data": [list(pair) for pair in zip(steps, values, strict=True)]}],
    }


def lags_chart(values: Sequence[float | None], limit: float, period: int | None) -> dict[str, Any]:
    """The autocorrelation by lag, with the band that noise stays in and a mark at the period.

    Args:
        values: from lag 0.
        limit: half the width of the band.
        period: the lag that is marked; ``None`` for none.
    """
    band = [[{"yAxis": -limit}, {"yAxis": limit}]]
    bars = {
        **_PLAIN,
        "data": [[lag, value] for lag, value in enumerate(values) if lag],
        "barMaxWidth": 6,
        "markArea": {"silent": True, "itemStyle": {"color": "#8A94A0", "opacity": 0.18}, "data": band},
    }
    if period:
        label = {"formatter": str(period), "fontSize": _FONT}
        mark = {"silent": True, "symbol": "none", "label": label, "data": [{"xAxis": period}]}
        bars["markLine"] = {**mark, "lineStyle": {"color": "#D97706", "type": "dashed", "width": 1.5}}
    return {
        "animation": False,
        "grid": {"left": 0, "right": 12, "top": 22, "bottom": 2, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item", "valueFormatter": "%.3f"},
        "xAxis": {"type": "value", "min": 0, "max": len(values), "splitLine": {"show": False}, **_AXIS},
        "yAxis": {"type": "value", "splitNumber": 2, **_AXIS},
        "series": [bars],
    }


def _direction(name: str, gap: int) -> dict[str, Any]:
    axis: dict[str, Any] = {"type": "value", "scale": True, "splitNumber": 4, "splitLine": {"show": False}, **_AXIS}
    if not name:
        return {**axis, "axisLabel": {"show": False}, "axisLine": {"show": False}}
    return {**axis, "name": name, "nameLocation": "middle", "nameGap": gap, "nameTextStyle": {"fontSize": _FONT}}
