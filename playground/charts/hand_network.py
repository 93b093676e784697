"""A small network with its numbers: units in columns, weights on the lines between them, as SVG."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"
_BOX, _LINE, _GAP, _BESIDE, _MARGIN, _TITLE = 136, 19, 26, 150, 10, 28  # pixels
_LABELLED = 20  # lines between two columns; of more, the words would hide one another
_SIZE = 13.5
_LETTER = 7.4
_AT = (0.26, 0.74)  # where on its line a weight stands, in turn, so that those of crossing lines keep apart
_THINNEST, _THICKEST = 1.0, 4.0
UP: Mapping[str, str] = {"light": "#0072B2", "dark": "#56B4E9"}
DOWN: Mapping[str, str] = {"light": "#D55E00", "dark": "#F5A34A"}
"""Colours of weights above and below zero, by theme."""


@dataclass(frozen=True, slots=True)
class Column:
    """Units that stand below each other.

    Attributes:
        title: what stands above them.
        units: the lines of words in each.
        weights: by unit, what each unit of the column before counts for, number and words; empty for none, where each
            unit reads the one beside it.
    """

    title: str
    units: tuple[tuple[str, ...], ...]
    weights: tuple[tuple[tuple[float, str], ...], ...] = ()


def hand_network_chart(columns: Sequence[Column], palette: Mapping[str, str], theme: str) -> str:
    """The network as SVG, the input at the left. Its size is in its ``width`` and ``height``, in pixels.

    Args:
        columns: from the input to the loss.
        palette: one of :data:`playground.charts.network.PALETTES`.
        theme: ``light`` or ``dark``.
    """
    pitch = max(_unit_height(words) for column in columns for words in column.units) + _GAP
    tall = max(len(column.units) for column in columns) * pitch - _GAP
    width = 2 * _MARGIN + len(columns) * _BOX + (len(columns) - 1) * _BESIDE
    tops = [_tops(column, pitch, _TITLE + _MARGIN + tall / 2) for column in columns]
    lines, boxes = [], []
    for at, column in enumerate(columns):
        left = _MARGIN + at * (_BOX + _BESIDE)
        boxes.append(_text(left + _BOX / 2, _MARGIN + 10, column.title, palette["quiet"], 12))
        for unit, words in enumerate(column.units):
            boxes.append(_unit(left, tops[at][unit], words, palette))
            if at:
                lines += _read(columns[at - 1], column, unit, left, tops[at - 1], tops[at], palette, theme)
    size = f'width="{width:.0f}" height="{tall + _TITLE + 2 * _MARGIN:.0f}"'
    view = f'viewBox="0 0 {width:.0f} {tall + _TITLE + 2 * _MARGIN:.0f}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} font-family="{_FONT}">'
    return "\n".join([opening, *lines, *boxes, "</svg>"])


def _read(
    before: Column,
    column: Column,
    unit: int,
    left: float,
    above: Sequence[float],
    tops: Sequence[float],
    palette: Mapping[str, str],
    theme: str,
) -> list[str]:
    """The lines that arrive at a unit, each with its weight; the words last, on top of all lines."""
    x2, y2 = left, tops[unit] + _unit_height(column.units[unit]) / 2
    x1 = left - _BESIDE
    middle = [top + _unit_height(words) / 2 for top, words in zip(above, before.units, strict=True)]
    if not column.weights:
        at = [unit] if len(before.units) == len(column.units) else range(len(before.units))
        return [_line(x1, middle[each], x2, y2, palette["quiet"], _THINNEST) for each in at]
    is_labelled = len(before.units) * len(column.units) <= _LABELLED
    largest = max((abs(weight) for row in column.weights for weight, _ in row), default=0.0) or 1.0
    lines, words = [], []
    for source, (weight, said) in enumerate(column.weights[unit]):
        colour = (UP if weight >= 0 else DOWN)[theme]
        thick = _THINNEST + (_THICKEST - _THINNEST) * min(1.0, abs(weight) / largest)
        lines.append(_line(x1, middle[source], x2, y2, colour, thick))
        if is_labelled:
            share = _AT[source % 2] if len(before.units) > 1 and len(column.units) > 1 else 0.5
            x, y = x1 + share * (x2 - x1), middle[source] + share * (y2 - middle[source])
            half = len(said) * _LETTER / 2 + 2
            words.append(f'<rect x="{x - half:.1f}" y="{y - 9:.1f}" width="{2 * half:.1f}" height="18" ')
            words[-1] += f'fill="{palette["ground"]}"/>' + _text(x, y + 5, said, colour, _SIZE)
    return [*lines, *words]


def _tops(column: Column, pitch: float, middle: float) -> list[float]:
    """The upper edges of a column's units, which stand around the ``middle``, ``pitch`` pixels from one to the next."""
    first = middle - (len(column.units) - 1) / 2 * pitch
    return [first + at * pitch - _unit_height(words) / 2 for at, words in enumerate(column.units)]


def _unit_height(words: Sequence[str]) -> float:
    return len(words) * _LINE + 12.0


def _unit(left: float, top: float, words: Sequence[str], palette: Mapping[str, str]) -> str:
    box = f'<rect x="{left:.1f}" y="{top:.1f}" width="{_BOX}" height="{_unit_height(words):.1f}" rx="7" '
    box += f'fill="{palette["fill"]}" stroke="{palette["border"]}"/>'
    return box + "".join(
        _text(left + _BOX / 2, top + 20 + at * _LINE, said, palette["text" if at == 0 else "quiet"], _SIZE)
        for at, said in enumerate(words)
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:.1f}"/>'


def _text(x: float, y: float, words: str, colour: str, size: float) -> str:
    plain = html.escape(" ".join(words.split()))
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle" fill="{colour}">{plain}</text>'
