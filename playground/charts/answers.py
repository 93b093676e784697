"""Answers for two classes: every sample on a line with the threshold, and curves in squares; ECharts options."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.charts.panels import DASHES, pairs

_FONT = 12
_GREY = "#8A93A0"
_CLASSES = ("#0877BD", "#F59322")  # of class 1 and of class 0
_TURN = 0.618034  # neighbours in the list lie far from each other
_SHARE = 30.0  # per cent of the width that a square takes
_STEP = 35.0
_TOP, _TITLE = 4, 28


@dataclass(frozen=True, slots=True)
class Curve:
    """A line in a square. Attributes: name; x and y, float (n,); whether its places are marked."""

    name: str
    x: np.ndarray
    y: np.ndarray
    has_marks: bool = False


@dataclass(frozen=True, slots=True)
class Square:
    """A picture over 0 to 1 both ways.

    Attributes:
        title: what is drawn.
        x_name, y_name: what the directions are.
        curve: the line.
        level: a grey line to compare with: where it begins and ends, as y at 0 and at 1.
        here: the place that is chosen, with its name; ``None`` for none.
    """

    title: str
    x_name: str
    y_name: str
    curve: Curve
    level: tuple[float, float]
    here: tuple[str, float, float] | None = None


def answers_chart(
    answers: np.ndarray, targets: np.ndarray, threshold: float, names: Sequence[str], x_name: str, moved: int = -1
) -> dict[str, Any]:
    """The ECharts option of samples by their probability, those of class 1 above, apart by a line at ``threshold``.

    Args:
        answers: probabilities (n,).
        targets: 0 or 1, (n,).
        threshold: from 0 to 1.
        names: of what is found, missed, a false alarm and left alone.
        x_name: the word under the axis.
        moved: the number of a sample that stands out; none below 0.
    """
    above = answers > threshold
    parts = (
        (targets == 1) & above,
        (targets == 1) & ~above,
        (targets == 0) & above,
        (targets == 0) & ~above,
    )
    looks = (("circle", 0, True), ("circle", 0, False), ("rect", 1, True), ("rect", 1, False))
    height = np.where(targets == 1, 1.0, 0.0) + 0.12 + 0.76 * (np.arange(len(answers)) * _TURN % 1)
    series: list[dict[str, Any]] = []
    for name, part, (symbol, number, is_full) in zip(names, parts, looks, strict=True):
        at = np.flatnonzero(part)
        data = [
            {"value": place, "name": f"{n}: {place[0]:.3f}", **({"symbolSize": 16} if n == moved else {})}
            for n, place in zip(at.tolist(), pairs(answers[at], height[at]), strict=True)
        ]
        colour = _CLASSES[number]
        series.append(
            {
                "type": "scatter",
                "name": f"{name} {len(at)}",
                "symbol": symbol,
                "symbolSize": 7,
                "data": data,
                "itemStyle": {"color": colour if is_full else "transparent", "borderColor": colour, "borderWidth": 1.5},
                "emphasis": {"disabled": True},
            }
        )
    series[0]["markLine"] = {
        "silent": True,
        "symbol": "none",
        "label": {"show": False},
        "lineStyle": {"color": _GREY, "type": "solid", "width": 2},
        "data": [{"xAxis": threshold}],
    }
    return {
        "animation": False,
        "grid": {"left": 4, "right": 12, "top": 30, "bottom": 20, "outerBoundsMode": "same"},
        "legend": {"type": "scroll", "top": 0, "left": 0, "itemWidth": 10, "textStyle": {"fontSize": _FONT}},
        "tooltip": {"trigger": "item", "renderMode": "richText", "formatter": "{b}"},
        "xAxis": {**_direction(x_name, 24), "min": 0, "max": 1},
        "yAxis": {"type": "value", "min": 0, "max": 2, "show": False},
        "series": series,
    }


def squares_height(squares: int, each: int, *, is_stacked: bool) -> int:
    """The height in pixels of so many squares, ``each`` high."""
    return each * (squares if is_stacked else 1)


def squares_chart(squares: Sequence[Square], each: int, *, is_stacked: bool = False) -> dict[str, Any]:
    """The ECharts option of ``squares``, beside each other or, on a phone, below each other, ``each`` pixels high."""
    option: dict[str, Any] = {"animation": False, "tooltip": {"trigger": "item", "valueFormatter": "%.3f"}}
    option |= {name: [] for name in ("title", "grid", "xAxis", "yAxis", "series")}
    for at, square in enumerate(squares):
        top = at * each * is_stacked
        left: Any = 0 if is_stacked else f"{at * _STEP:g}%"
        right: Any = 12 if is_stacked else f"{max(100 - at * _STEP - _SHARE, 0):g}%"
        option["title"].append(
            {
                "text": square.title,
                "left": left,
                "top": top + _TOP,
                "padding": 0,
                "textStyle": {"fontSize": 13, "fontWeight": 600},
            }
        )
        inner = {"top": top + _TITLE, "height": each - _TITLE - 14, "outerBoundsMode": "same"}
        option["grid"].append({"left": left, "right": right, **inner})
        option["xAxis"].append({**_direction(square.x_name, 24), "gridIndex": at, "min": 0, "max": 1})
        option["yAxis"].append({**_direction(square.y_name, 34), "gridIndex": at, "min": 0, "max": 1})
        option["series"] += _drawn(square, at)
    return option


def _drawn(square: Square, at: int) -> list[dict[str, Any]]:
    where = {"xAxisIndex": at, "yAxisIndex": at}
    plain = {"type": "line", "symbol": "none", "emphasis": {"disabled": True}, **where}
    curve = square.curve
    marked = {"symbol": "circle", "symbolSize": 7} if curve.has_marks else {}
    found: list[dict[str, Any]] = [
        {
            **plain,
            "data": [[0, square.level[0]], [1, square.level[1]]],
            "lineStyle": {"color": _GREY, "width": 1, "type": DASHES[1]},
            "silent": True,
            "tooltip": {"show": False},
        },
        {
            **plain,
            **marked,
            "name": curve.name,
            "data": pairs(curve.x, curve.y),
            "lineStyle": {"color": "#0877BD", "width": 2},
            "itemStyle": {"color": "#0877BD"},
        },
    ]
    if square.here is not None:
        name, x, y = square.here
        found.append(
            {
                "type": "scatter",
                "name": name,
                "data": [[round(x, 4), round(y, 4)]],
                "symbol": "diamond",
                "symbolSize": 16,
                "itemStyle": {"color": "#E07B00"},
                "emphasis": {"disabled": True},
                "z": 4,
                **where,
            }
        )
    return found


def _direction(name: str, gap: int) -> dict[str, Any]:
    return {
        "type": "value",
        "name": name,
        "nameLocation": "middle",
        "nameGap": gap,
        "nameTextStyle": {"fontSize": _FONT},
        "axisTick": {"show": False},
        "axisLabel": {"fontSize": _FONT},
        "interval": 0.25,
    }
