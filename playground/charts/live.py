"""Pictures of a network while it trains, as ECharts options: lines a layer, a confusion matrix, a surface.

Colours are the theme's where a series stands for a layer. Where they stand for classes they are set, the nearer to the
ground the less sure the network is.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.charts.curves import Line, curves_chart

_FONT = 12
_THEME = 7  # colours; from the eighth line on the dash differs
_DASHES: tuple[Any, ...] = ("solid", [6, 4], [2, 3], [10, 3, 2, 3])
_CLASSES = ((0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167), (185, 138, 0), (61, 155, 217), (91, 101, 115))
_LOW, _HIGH = (245, 147, 34), (8, 119, 189)
_LABELLED = 12  # classes whose cells have room for a number
_NAMED = 24


def layers_chart(lines: Sequence[Line], *, epochs: float, x_name: str, is_log: bool = False) -> dict[str, Any]:
    """Lines over epochs, one a layer, none of them before the others.

    Args:
        lines: at most a few dozen.
        epochs: where the x axis ends.
        x_name: the word under the x axis.
        is_log: whether the y axis is logarithmic; values of 0 or less are then gaps.
    """
    option = curves_chart(lines, epochs=epochs, x_name=x_name, is_log=is_log)
    for i, series in enumerate(option["series"]):
        series["lineStyle"] = {"width": 1.75, "type": _DASHES[i // _THEME % len(_DASHES)]}
    option["legend"]["itemStyle"] = {"opacity": 0}
    option["tooltip"]["valueFormatter"] = "%.3g"
    return option


def confusion_chart(
    counts: np.ndarray, names: Sequence[str], axes: tuple[str, str], ground: tuple[int, int, int]
) -> dict[str, Any]:
    """A confusion matrix: a row a true class, the first on top, a column an answered one.

    A cell is the further from the ground the larger its share of its row; right answers are blue, wrong ones orange.

    Args:
        counts: shape ``(classes, classes)``.
        names: of the classes.
        axes: what columns and rows are called.
        ground: red, green and blue, 0 to 255, of what lies behind.
    """
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    n = len(names)
    cells = []
    for row, column in np.argwhere(counts > 0).tolist():
        colour = _mixed(_HIGH if row == column else _LOW, ground, 0.1 + 0.75 * float(share[row, column]))
        style = {"itemStyle": {"color": colour}, "label": {"color": _figure(colour)}}
        cells.append({"value": [column, row, int(counts[row, column])], **style})
    label = {"fontSize": _FONT, "interval": 0 if n <= _NAMED else "auto", "width": 84, "overflow": "truncate"}
    axis = {"type": "category", "data": list(names), "axisTick": {"show": False}, "axisLine": {"show": False}}
    turned = {**label, "rotate": 0 if max(map(len, names)) * n < _NAMED * 2 else 40}
    named = {"nameLocation": "middle", "nameTextStyle": {"fontSize": _FONT}}
    return {
        "animation": False,
        "grid": {"left": 22, "right": 8, "top": 6, "bottom": 22, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item"},
        "xAxis": {**axis, **named, "name": axes[0], "nameGap": 30 if not turned["rotate"] else 60, "axisLabel": turned},
        "yAxis": {**axis, **named, "name": axes[1], "nameGap": 62, "inverse": True, "axisLabel": label},
        "series": [
            {
                "type": "heatmap",
                "data": cells,
                "label": {"show": n <= _LABELLED, "fontSize": _FONT, "formatter": "{@[2]}"},
                "emphasis": {"disabled": True},
            }
        ],
    }


def surface_chart(
    values: np.ndarray,
    labels: np.ndarray | None,
    corners: tuple[Sequence[float], Sequence[float]],
    points: np.ndarray,
    targets: np.ndarray,
    classes: Sequence[str],
    axes: tuple[str, str],
    ground: tuple[int, int, int],
) -> dict[str, Any]:
    """What a network answers all over the plane, with samples on it.

    Args:
        values: how sure the answer is, 0 to 1, or the answered number; shape ``(side, side)``, the lowest row first.
        labels: the answered classes, of the same shape; ``None`` for numbers.
        corners: the lowest and the highest point of the plane.
        points: samples, shape ``(n, 2)``.
        targets: their labels or numbers, shape ``(n,)``.
        classes: names in label order; empty for numbers.
        axes: what the two coordinates are called.
        ground: red, green and blue, 0 to 255, of what lies behind: the colour of an answer that is not sure at all.
    """
    side = len(values)
    hidden = {"type": "category", "data": list(range(side)), "show": False}
    shown = [_axis(low, high, name) for low, high, name in zip(*corners, axes, strict=True)]
    option: dict[str, Any] = {
        "animation": False,
        "grid": {"left": 8, "right": 12, "top": 34 if classes else 10, "bottom": 8, "outerBoundsMode": "same"},
        "tooltip": {"show": False},
        "xAxis": [hidden, {**shown[0], "nameGap": 26, "position": "bottom"}],
        "yAxis": [hidden, {**shown[1], "nameGap": 34, "position": "left"}],
    }
    rows, columns = np.divmod(np.arange(side * side), side)
    cells = np.column_stack([columns, rows, np.round(values.ravel(), 3)])
    at = np.round(np.column_stack([points, targets]), 4)
    heat = {"type": "heatmap", "emphasis": {"disabled": True}, "silent": True, "progressive": 0}
    dots = {"type": "scatter", "xAxisIndex": 1, "yAxisIndex": 1, "symbolSize": 6, "silent": True}
    edge = {"borderColor": "#FFFFFF", "borderWidth": 0.8}
    if labels is None:
        ends = [float(each) for each in (min(values.min(), targets.min()), max(values.max(), targets.max()))]
        scale = {"type": "continuous", "dimension": 2, "min": ends[0], "max": ends[1], "calculable": False}
        sides = {"right": 0, "top": "middle", "itemHeight": 150, "itemWidth": 12, "textStyle": {"fontSize": _FONT}}
        words = {"text": [f"{ends[1]:.3g}", f"{ends[0]:.3g}"], "inRange": {"color": _low_middle_high(ground)}}
        option["visualMap"] = {**scale, **sides, **words}
        option["grid"]["right"] = 70
        option["series"] = [{**heat, "data": cells.tolist()}, {**dots, "data": at.tolist(), "itemStyle": edge}]
        return option
    colours = [_CLASSES[i % len(_CLASSES)] for i in range(len(classes))]
    least = 0.5 if len(classes) == 2 else 1 / len(classes)
    option["visualMap"] = [
        {
            "type": "continuous",
            "show": False,
            "seriesIndex": i,
            "dimension": 2,
            "min": least,
            "max": 1,
            "inRange": {"color": [_mixed(colour, ground, 0.12), _mixed(colour, ground, 0.62)]},
        }
        for i, colour in enumerate(colours)
    ]
    option["legend"] = {
        "top": 0,
        "left": 0,
        "type": "scroll",
        "data": list(classes),
        "itemWidth": 10,
        "itemHeight": 10,
        "textStyle": {"fontSize": _FONT},
    }
    flat = labels.ravel()
    option["series"] = [{**heat, "data": cells[flat == i].tolist()} for i in range(len(classes))]
    option["series"] += [
        {
            **dots,
            "name": name,
            "data": at[targets == i, :2].tolist(),
            "itemStyle": {**edge, "color": _mixed(colour, ground, 1)},
        }
        for i, (name, colour) in enumerate(zip(classes, colours, strict=True))
    ]
    return option


def _mixed(colour: Sequence[int], ground: Sequence[int], share: float) -> str:
    """``colour`` laid over ``ground``. As a mix, since cells overlap by a pixel, which would show through."""
    red, green, blue = (round(share * over + (1 - share) * under) for over, under in zip(colour, ground, strict=True))
    return f"rgb({red}, {green}, {blue})"


def _low_middle_high(ground: Sequence[int]) -> list[str]:
    return [_mixed(_LOW, ground, 0.85), _mixed((128, 128, 128), ground, 0.12), _mixed(_HIGH, ground, 0.85)]


def _figure(colour: str) -> str:
    """Black or white, whichever is read better on ``colour`` (ITU-R BT.601 luma)."""
    red, green, blue = (int(part) for part in colour[4:-1].split(", "))
    return "#11151A" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#FFFFFF"


def _axis(low: float, high: float, name: str) -> dict[str, Any]:
    return {
        "type": "value",
        "min": float(f"{low:.4g}"),
        "max": float(f"{high:.4g}"),
        "name": name,
        "nameLocation": "middle",
        "nameTextStyle": {"fontSize": _FONT},
        "splitNumber": 4,
        "splitLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT, "showMinLabel": False, "showMaxLabel": False},
    }
