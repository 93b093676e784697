"""A plane with two axes, lines and points, as SVG: a line over its points, or a way over lines of equal loss."""

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"
_WIDTH, _HEIGHT = 330, 250  # pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 12, 40
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line, or points where ``radius`` is above zero.

    Attributes:
        points: pairs of numbers; one that is no finite number breaks the line.
        colour: of SVG.
        width: of the line, in pixels; 0 for none.
        radius: of a dot at every point, in pixels; 0 for none.
        opacity: 0 to 1.
    """

    points: Sequence[Sequence[float]]
    colour: str
    width: float = 1.5
    radius: float = 0.0
    opacity: float = 1.0


def hand_plane_chart(
    strokes: Sequence[Stroke],
    low: tuple[float, float],
    high: tuple[float, float],
    names: tuple[str, str],
    palette: Mapping[str, str],
) -> str:
    """The plane as SVG, 330 × 250 pixels; what lies outside of it is cut off.

    Args:
        strokes: what is drawn, the first below all others.
        low, high: the corners of what is shown; the second is above and to the right of the first.
        names: what the axes are called.
        palette: one of :data:`playground.charts.network.PALETTES`.
    """
    view = f'viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" {view} font-family="{_FONT}">',
        f'<clipPath id="plane"><rect x="{_LEFT}" y="{_TOP}" width="{_WIDTH - _LEFT - _RIGHT}" '
        f'height="{_HEIGHT - _TOP - _BOTTOM}"/></clipPath>',
    ]
    for value in _ticks(low[0], high[0]):
        x, _ = _place((value, low[1]), low, high)
        parts.append(_line(x, _TOP, x, _HEIGHT - _BOTTOM, palette["border"]))
        parts.append(_text(x, _HEIGHT - _BOTTOM + 16, f"{value:g}", palette["quiet"], "middle"))
    for value in _ticks(low[1], high[1]):
        _, y = _place((low[0], value), low, high)
        parts.append(_line(_LEFT, y, _WIDTH - _RIGHT, y, palette["border"]))
        parts.append(_text(_LEFT - 6, y + 4, f"{value:g}", palette["quiet"], "end"))
    parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, names[0], palette["text"], "middle"))
    parts.append(_text(4, _TOP + 10, names[1], palette["text"], "start"))
    drawn = "".join(_drawn(stroke, low, high) for stroke in strokes)
    return "\n".join([*parts, f'<g clip-path="url(#plane)">{drawn}</g>', "</svg>"])


def _drawn(stroke: Stroke, low: tuple[float, float], high: tuple[float, float]) -> str:
    places = [_place(point, low, high) for point in stroke.points if np.isfinite(point).all()]
    made = ""
    if stroke.width and len(places) > 1:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        made += f'<polyline points="{path}" fill="none" stroke="{stroke.colour}" stroke-width="{stroke.width}" '
        made += f'opacity="{stroke.opacity}"/>'
    if stroke.radius:
        made += "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{stroke.radius}" fill="{stroke.colour}" opacity="{stroke.opacity}"/>'
            for x, y in places
        )
    return made


def _place(point: Sequence[float], low: Sequence[float], high: Sequence[float]) -> tuple[float, float]:
    """Pixels of a point, kept within what SVG readers can count to."""
    across, up = (float(np.clip((point[at] - low[at]) / (high[at] - low[at]), -50, 50)) for at in (0, 1))
    return _LEFT + across * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM)


def _ticks(low: float, high: float) -> list[float]:
    """About five round numbers between two."""
    rough = (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first = math.ceil(low / step)
    return [round(at * step, 12) + 0.0 for at in range(first, math.floor(high / step) + 1)]


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, words: str, colour: str, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}">{html.escape(words)}</text>'
