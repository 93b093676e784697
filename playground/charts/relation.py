"""Settings of runs against what came out: a scatter of one pair, and all at once on parallel axes; ECharts options."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_FONT = 12
_WIDE = 50.0
"""How many times the largest of positive numbers is the least from where a logarithmic axis tells them apart."""
_SYMBOLS = ("circle", "rect", "triangle", "diamond")
_COLOURS = 7
_INK = {"light": "#11151A", "dark": "#E6E8EB"}
_AXIS = {"light": "#5B6573", "dark": "#A5ADB8"}


@dataclass(frozen=True, slots=True)
class Axis:
    """One setting or one metric of all runs.

    Attributes:
        name: what the axis is called.
        words: the values in words; empty where a run has none.
        numbers: the values where all are numbers, NaN for none; ``None`` for an axis of words.
    """

    name: str
    words: tuple[str, ...]
    numbers: tuple[float, ...] | None = None

    @property
    def is_log(self) -> bool:
        """Whether the numbers are told apart on a logarithmic axis only."""
        known = [number for number in self.numbers or () if math.isfinite(number)]
        return len(known) > 1 and min(known) > 0 and max(known) / min(known) >= _WIDE

    @property
    def option(self) -> dict[str, Any]:
        """The type of the axis, and what stands on it where that is words."""
        if self.numbers is None:
            return {"type": "category", "data": list(dict.fromkeys(self.words))}
        is_whole = all(number == round(number) for number in self.numbers if math.isfinite(number))
        return {"type": "log" if self.is_log else "value", "scale": True, "minInterval": 1 if is_whole else 0}

    def value(self, at: int) -> float | str | None:
        """What the run at position ``at`` has there; ``None`` for nothing."""
        if self.numbers is None:
            return self.words[at]
        return self.numbers[at] if math.isfinite(self.numbers[at]) else None


def scatter_chart(x: Axis, y: Axis, labels: Sequence[str], order: Sequence[str]) -> dict[str, Any]:
    """A point a run.

    Args:
        x: the setting.
        y: the metric.
        labels: of the runs.
        order: labels in the order of the theme's colours, empty for one that none has.
    """
    series = []
    for place, label in enumerate(order):
        data = [[x.value(at), y.value(at)] for at, each in enumerate(labels) if each == label]
        series.append(
            {
                "type": "scatter",
                "name": label or f"\u200b{place}",
                "data": [point for point in data if None not in point],
                "symbol": _SYMBOLS[place // _COLOURS % len(_SYMBOLS)],
                "symbolSize": 11,
            }
        )
    named = {"nameLocation": "middle", "nameTextStyle": {"fontSize": _FONT}, "axisLabel": {"fontSize": _FONT}}
    return {
        "animation": False,
        "grid": {"left": 24, "right": 16, "top": 12, "bottom": 24, "outerBoundsMode": "same"},
        "tooltip": {"trigger": "item", "formatter": "{a}\n{c}", "renderMode": "richText"},
        "xAxis": {**x.option, **named, "name": x.name, "nameGap": 28, "splitLine": {"show": False}},
        "yAxis": {**y.option, **named, "name": y.name, "nameGap": 46},
        "series": series,
    }


def parallel_chart(axes: Sequence[Axis], labels: Sequence[str], order: Sequence[str], theme: str) -> dict[str, Any]:
    """A line a run through its value on every axis.

    Args:
        axes: settings, and metrics behind them.
        labels: of the runs.
        order: as for :func:`scatter_chart`.
        theme: ``light`` or ``dark``: parallel axes have no colours of the theme.
    """
    lines = []
    for place, label in enumerate(order):
        rows = [[axis.value(at) for axis in axes] for at, each in enumerate(labels) if each == label]
        data = [["-" if value is None else value for value in row] for row in rows]
        line = {"width": 2.5, "opacity": 0.85, "type": "solid" if place < _COLOURS else "dashed"}
        lines.append({"type": "parallel", "name": label or f"\u200b{place}", "data": data, "lineStyle": line})
    return {
        "animation": False,
        "parallel": {"left": 48, "right": 72, "top": 46, "bottom": 14},
        "parallelAxis": [
            {
                **axis.option,
                "dim": at,
                "name": axis.name.replace(" ", "\n", 1),  # ECharts cuts what is wider than half of the gap
                "nameTextStyle": {"fontSize": _FONT, "color": _INK[theme]},
                "axisLabel": {"fontSize": _FONT, "color": _INK[theme]},
                "axisLine": {"lineStyle": {"color": _AXIS[theme]}},
                "axisTick": {"lineStyle": {"color": _AXIS[theme]}},
                "minorTick": {"show": False},
            }
            for at, axis in enumerate(axes)
        ],
        "tooltip": {"trigger": "item", "formatter": "{a}", "renderMode": "richText"},
        "series": lines,
    }
