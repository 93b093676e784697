"""Curves of several runs over each other, and the mean of several with a band, as ECharts options.

The theme gives the colours, one a name and in order; lines of one name have one colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.charts.curves import Line, curves_chart

_DASHED: Any = [6, 4]
_DASHES: tuple[Any, ...] = ("solid", [6, 4], [2, 3], [10, 3, 2, 3])
_COLOURS = 7  # of the theme; from the eighth run on the dash tells two of one colour apart
_BAND = 0.18


@dataclass(frozen=True, slots=True)
class Overlaid:
    """One curve among others.

    Attributes:
        line: the curve; those of one name share a colour.
        is_dashed: whether it is the validation beside the training of the same run.
        low, high: where the band around it ends, float64 like ``line.y``; ``None`` for no band.
    """

    line: Line
    is_dashed: bool = False
    low: np.ndarray | None = None
    high: np.ndarray | None = None


def overlay_chart(
    curves: Sequence[Overlaid],
    *,
    first: float = 0,
    epochs: float,
    x_name: str,
    is_best_high: bool = True,
    is_log: bool = False,
    order: Sequence[str] = (),
) -> dict[str, Any]:
    """The ECharts option of ``curves``.

    Args:
        curves: in the order of their colours, unless ``order`` says another.
        first: where the x axis begins.
        epochs: where it ends.
        x_name: the word under the x axis.
        is_best_high: whether high values are good; otherwise the y axis starts at 0 where it can.
        is_log: whether the y axis is logarithmic; values of 0 or less are then gaps. No bands are drawn then.
        order: names in the order of the theme's colours, also of curves that are not drawn, so that each keeps its
            colour whatever stands beside it; empty for a colour that none has.
    """
    option = curves_chart(
        [each.line for each in curves], epochs=epochs, x_name=x_name, is_best_high=is_best_high, is_log=is_log
    )
    names = list(dict.fromkeys(each.line.name for each in curves))
    order = order or names
    series = option["series"]
    for each, line in zip(curves, series, strict=True):
        turn = order.index(each.line.name) // _COLOURS % len(_DASHES)
        line["lineStyle"]["type"] = _DASHED if each.is_dashed else _DASHES[turn]
    bands = [] if is_log else [one for at, each in enumerate(curves) for one in _band(each, series[at], at)]
    held = _held(order) if list(order[: len(names)]) != names else []
    option["series"] = [*held, *series, *bands]
    option["legend"]["data"] = names
    option["xAxis"]["min"] = first
    return option


def _held(order: Sequence[str]) -> list[dict[str, Any]]:
    """Lines without points that take the theme's colours in this order: ECharts gives one to each name it meets."""
    return [
        {"type": "line", "name": name or f"\u200b{at}", "data": [], "symbol": "none", "silent": True}
        for at, name in enumerate(order)
    ]


def _band(of: Overlaid, line: dict[str, Any], at: int) -> list[dict[str, Any]]:
    """A band as ECharts has it: a line that is not seen, and on top of it one that fills down to it."""
    if of.low is None or of.high is None:
        return []
    plain = {
        "type": "line",
        "name": of.line.name,
        "symbol": "none",
        "lineStyle": {"opacity": 0},
        "stack": f"band-{at}",
        "stackStrategy": "all",
        "silent": True,
        "tooltip": {"show": False},
        "emphasis": {"disabled": True},
        "z": 1,
    }
    both = np.isfinite(of.low) & np.isfinite(of.high)
    x = np.asarray(of.line.x, np.float64)[both].tolist()
    low, wide = of.low[both].tolist(), (of.high - of.low)[both].tolist()
    lower = {**plain, "data": [list(point) for point in zip(x, low, strict=True)]}
    upper = {**plain, "data": [list(point) for point in zip(x, wide, strict=True)], "areaStyle": {"opacity": _BAND}}
    return [lower, upper]
