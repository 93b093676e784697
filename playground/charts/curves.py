"""Learning curves as ECharts options.

Options carry geometry only: axis, grid, label and series colours come from the theme, in series order (the first series
is training, the second validation), so that a change between light and dark needs no new figure. What lies behind,
single batches and other runs, has a colour that is good on both grounds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# The two colours that are set: readable on both grounds, and behind the other lines.
_BATCH_COLOUR = "#5AA0D6"
_BEHIND_COLOUR = "#8A93A0"  # grey, since colours are the shown run's
_BEHIND_DASHES: tuple[Any, ...] = ([6, 4], [2, 3], [10, 3, 2, 3], [1, 5])
_DASHES: tuple[Any, ...] = ("solid", [6, 4], [2, 3])
_SIGNIFICANT = 6
_LARGEST = 1e100  # no axis is longer; nor could the rounding below count so far


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart.

    Attributes:
        name: what the legend calls it.
        x: epochs, shape ``(n,)``.
        y: values, shape ``(n,)``; NaN and infinity leave a gap.
    """

    name: str
    x: np.ndarray
    y: np.ndarray


def curves_chart(
    lines: Sequence[Line],
    batches: Line | None = None,
    *,
    epochs: float,
    x_name: str,
    is_log: bool = False,
    best: tuple[float, float, str] | None = None,
    is_best_high: bool = True,
    behind: Sequence[Line] = (),
    first: float = 0,
) -> dict[str, Any]:
    """The ECharts option of curves over epochs.

    Args:
        lines: training first, then validation, which is dashed; before the first point the axes stand alone.
        batches: values of single batches, at fractions of an epoch, drawn behind the others.
        epochs: where the x axis ends.
        x_name: the word under the x axis.
        is_log: whether the y axis is logarithmic; values of 0 or less are then gaps.
        best: epoch, value and words of the point to mark on the last of ``lines``.
        is_best_high: whether high values are good, as of an accuracy; otherwise the y axis starts at 0 where it can.
        behind: lines of other runs, the newest first, drawn thin and grey behind all others. The legend has room for
            one; of several only the tooltip tells the names.
        first: where the x axis begins.

    Returns:
        A dict of JSON values for ``st.echarts_chart``.
    """
    series = [_series(line, is_log, _DASHES[min(i, 2)]) for i, line in enumerate(lines)]
    if best is not None and series:
        is_newest = best[0] >= max((line.x[-1] for line in lines if len(line.x)), default=0)
        series[-1]["markPoint"] = _mark(best, epochs, is_log, is_best_high, is_newest)
    if batches is not None:
        series.append(_batches(_series(batches, is_log, "solid")))
    for i, line in enumerate(behind):
        series.append(_behind(_series(line, is_log, _BEHIND_DASHES[i % len(_BEHIND_DASHES)]), i))
    return {
        "animation": False,
        "grid": {"left": 0, "right": 12, "top": 34, "bottom": 2, "outerBoundsMode": "same"},
        "legend": {
            "type": "scroll",
            "top": 0,
            "left": 0,
            "itemWidth": 20,
            "itemHeight": 14,  # as high as the text, or a legend of several pages cuts it
            "itemGap": 10,
            "itemStyle": {"opacity": 0},  # the key shows the dash, without a dot on it
            "textStyle": {"fontSize": 12},
            **({"data": [each["name"] for each in series[: len(series) - len(behind)]]} if len(behind) > 1 else {}),
        },
        "tooltip": {"trigger": "axis", "valueFormatter": "%.4g" if is_log else "%.4f"},
        "xAxis": {
            "type": "value",
            "name": x_name,
            "nameLocation": "middle",
            "nameGap": 26,
            "nameTextStyle": {"fontSize": 12},
            "min": first,
            "max": epochs,
            "minInterval": 1 if epochs - first >= 2 else 0,
            "splitLine": {"show": False},
            **_TICKS,
        },
        "yAxis": {
            "type": "value",
            "scale": True,
            "axisLine": {"show": False},
            **_range([*lines, *behind, *([batches] if batches is not None else [])], is_log, is_best_high),
        },
        "series": series,
    }


_TICKS: dict[str, Any] = {"axisTick": {"show": False}, "axisLabel": {"fontSize": 12}}


def _series(line: Line, is_log: bool, dash: Any) -> dict[str, Any]:
    return {
        "type": "line",
        "name": line.name,
        "data": _points(line, is_log),
        # On a logarithmic axis the second value is the exponent; the tooltip shows the third, the value itself.
        "encode": {"x": 0, "y": 1, "tooltip": [2 if is_log else 1]},
        "showSymbol": len(line.x) == 1,  # one point makes no line
        "symbol": "circle" if len(line.x) == 1 else "none",
        "symbolSize": 7,
        "lineStyle": {"width": 2, "type": dash},
        "emphasis": {"disabled": True},
        "z": 3,
    }


def _batches(series: dict[str, Any]) -> dict[str, Any]:
    style = {"width": 1, "type": "solid", "opacity": 0.55, "color": _BATCH_COLOUR}
    return {**series, "lineStyle": style, "itemStyle": {"color": _BATCH_COLOUR}, "z": 1}


def _behind(series: dict[str, Any], age: int) -> dict[str, Any]:
    """A line of another run: the older, the fainter."""
    style = {**series["lineStyle"], "width": 1.2, "opacity": max(0.45, 0.9 - 0.15 * age), "color": _BEHIND_COLOUR}
    return {**series, "lineStyle": style, "itemStyle": {"color": _BEHIND_COLOUR}, "symbolSize": 4, "z": 2}


def _points(line: Line, is_log: bool) -> list[list[float | None]]:
    y = np.asarray(line.y, np.float64)
    columns = [_short(line.x), _short(_exponents(y)), _short(y)] if is_log else [_short(line.x), _short(y)]
    return [list(point) for point in zip(*columns, strict=True)]


def _short(values: np.ndarray) -> list[float | None]:
    """Values in six digits, more than a screen shows and half the bytes; ``None``, a gap, where there is no number."""
    y = np.asarray(values, np.float64)
    is_number = np.isfinite(y) & (np.abs(y) < _LARGEST)
    y = np.where(is_number & (np.abs(y) > 1 / _LARGEST), y, 0)
    size = np.floor(np.log10(np.abs(y), out=np.zeros_like(y), where=y != 0))
    scale = 10.0 ** (_SIGNIFICANT - 1 - size)
    return [value if ok else None for value, ok in zip((np.round(y * scale) / scale).tolist(), is_number, strict=True)]


def _exponents(values: np.ndarray) -> np.ndarray:
    """Decimal logarithms, float64; NaN where a value is 0 or less."""
    return np.log10(values, out=np.full(len(values), np.nan), where=values > 0)


def _range(lines: Sequence[Line], is_log: bool, is_best_high: bool) -> dict[str, Any]:
    """Where the y axis ends, and its labels."""
    values = np.concatenate([np.asarray(line.y, np.float64) for line in lines]) if lines else np.empty(0)
    values = values[np.isfinite(values)]
    if is_log:
        # ECharts' own logarithmic axis spells small powers out with all their zeros.
        values = np.log10(values[values > 0])
        low, high = (math.floor(values.min()), math.ceil(values.max())) if len(values) else (-1, 0)
        label = {"fontSize": 12, "formatter": "1e{value}"}
        return {
            "min": low,
            "max": max(high, low + 1),
            "minInterval": 1,
            "axisTick": {"show": False},
            "axisLabel": label,
        }
    if not len(values):
        return {"min": 0, "max": 1, **_TICKS}
    ends: dict[str, Any] = {}
    if values.min() >= 0 and not is_best_high:
        ends["min"] = 0  # errors are read against none at all
    if values.min() >= 0 and 0.5 < values.max() <= 1 and is_best_high:
        ends["max"] = 1  # shares are read against the whole
    return {**ends, **_TICKS}


def _mark(
    best: tuple[float, float, str], epochs: float, is_log: bool, is_best_high: bool, is_newest: bool
) -> dict[str, Any]:
    epoch, value, words = best
    at = np.array([value])
    (height,) = _short(_exponents(at) if is_log else at)
    if height is None:
        return {"data": []}
    part = epoch / epochs if epochs else 0.5
    # While the newest epoch is the best there is nothing yet at its right; else the curve hides the words least on the
    # side away from it, where an end of the axis must not cut them.
    is_right = is_newest and part < 0.6
    return {
        "symbol": "circle",
        "symbolSize": 9,
        "data": [{"coord": [epoch, height]}],
        "label": {
            "show": True,
            "position": "right" if is_right else "bottom" if is_best_high else "top",
            "distance": 10 if is_right else 14,
            "align": "left" if is_right or part < 0.25 else "right" if part > 0.75 else "center",
            "formatter": words.replace("{", "(").replace("}", ")"),  # ECharts reads braces as a template
            "fontSize": 12,
        },
    }
