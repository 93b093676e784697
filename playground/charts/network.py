"""A network's layers as a drawing: SVG, from the input down to the output.

Graphviz would draw it too, in the browser, where it holds up everything else for a second at every edit.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

INPUT = "input"
Look = Literal["plain", "chosen", "wrong", "unknown"]
_LONG = 30  # layers; from here on the drawing is packed tighter
_FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"
_BOX, _GAP, _TIGHT_GAP, _BESIDE, _MARGIN = 26, 30, 20, 22, 8  # pixels
_LETTER = 6.6  # about the width of a letter of 11.5 pixels

_LIGHT = {
    "text": "#11151A",
    "quiet": "#5B6573",
    "border": "#DDE2E8",
    "fill": "#F3F5F8",
    "ground": "#FFFFFF",
    "chosen": "#0B6BB8",
    "wrong": "#C62B37",
}
_DARK = {
    "text": "#E6E8EB",
    "quiet": "#A5ADB8",
    "border": "#31383F",
    "fill": "#1E2328",
    "ground": "#111417",
    "chosen": "#56B4E9",
    "wrong": "#F2767F",
}
PALETTES: Mapping[str, Mapping[str, str]] = {"light": _LIGHT, "dark": _DARK}
"""The drawing's colours on a light and on a dark ground: a picture knows nothing of the page's theme."""


@dataclass(frozen=True, slots=True)
class Node:
    """One layer of the drawing.

    Attributes:
        name: its own name; :data:`INPUT` is the network's input.
        label: what stands in the box.
        reads: the names of the nodes before it, in order.
        shape: what stands beside the arrows that leave it; empty where it is not known.
        look: ``chosen`` is outlined, ``wrong`` does not fit, ``unknown`` comes after one that does not.
    """

    name: str
    label: str
    reads: tuple[str, ...] = ()
    shape: str = ""
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a node lies: its centre from the left and its upper edge, in pixels."""

    node: Node
    row: int
    x: float
    top: float
    width: float

    @property
    def bottom(self) -> float:
        return self.top + _BOX


def network_chart(nodes: Sequence[Node], palette: Mapping[str, str], output: str = "") -> str:
    """The drawing of ``nodes`` as SVG, the input first. Its size is in its ``width`` and ``height``, in pixels.

    Every node stands in the row below the last one it reads; what skips rows goes round those between at the right.

    Args:
        nodes: all nodes, each after those it reads; arrows from names that are none of theirs are left out.
        palette: one of :data:`PALETTES`.
        output: what the last node answers with, written under it; empty for nothing.
    """
    boxes, width = _placed(nodes)
    parts, right = [], width
    for box in boxes.values():
        for number, source in enumerate(box.node.reads):
            if source in boxes:
                edge, reach = _edge(boxes[source], box, boxes, palette, is_labelled=number == 0)
                parts.append(edge)
                right = max(right, reach)
    parts += [_drawn(box, palette) for box in boxes.values()]
    height = max((box.bottom for box in boxes.values()), default=0.0) + _MARGIN
    if output and boxes:
        last = boxes[nodes[-1].name]
        parts.append(_arrow(f"M{last.x:.1f} {last.bottom:.1f}V{last.bottom + 16:.1f}", palette))
        parts.append(_text(last.x, last.bottom + 32, output, palette["quiet"], "middle", 11))
        height += 34
    arrow = (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{palette["quiet"]}"/></marker></defs>'
    )
    size = f'width="{right + _MARGIN:.0f}" height="{height:.0f}"'
    view = f'viewBox="0 0 {right + _MARGIN:.0f} {height:.0f}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} font-family="{_FONT}">'
    return "\n".join([opening, arrow, *parts, "</svg>"])


def _placed(nodes: Sequence[Node]) -> tuple[dict[str, _Box], float]:
    """The boxes by name, rows centred on one line, and how far they reach to the right."""
    row_of: dict[str, int] = {}
    rows: dict[int, list[Node]] = {}
    for node in nodes:
        row = 1 + max((row_of[name] for name in node.reads if name in row_of), default=-1)
        row_of[node.name] = row
        rows.setdefault(row, []).append(node)
    gap = _TIGHT_GAP if len(nodes) > _LONG else _GAP
    widths = {row: sum(map(_width, found)) + _BESIDE * (len(found) - 1) for row, found in rows.items()}
    # Shapes are written at the right of the arrows: the same room at the left keeps the boxes in the middle.
    room = max((len(node.shape) * _LETTER for node in nodes), default=0.0)
    middle = _MARGIN + max(max(widths.values(), default=0.0) / 2, room)
    boxes = {}
    for row, found in rows.items():
        x = middle - widths[row] / 2
        for node in found:
            width = _width(node)
            boxes[node.name] = _Box(node, row, x + width / 2, _MARGIN + row * (_BOX + gap), width)
            x += width + _BESIDE
    return {node.name: boxes[node.name] for node in nodes}, 2 * middle - _MARGIN


def _width(node: Node) -> float:
    return max(76.0, len(node.label) * _LETTER + 26)


def _edge(
    source: _Box, target: _Box, boxes: Mapping[str, _Box], palette: Mapping[str, str], *, is_labelled: bool
) -> tuple[str, float]:
    """An arrow, and how far it reaches to the right."""
    between = [box for box in boxes.values() if source.row < box.row < target.row]
    if between:
        side = max(box.x + box.width / 2 for box in [*between, source, target]) + 16
        start, end = source.top + _BOX / 2, target.top + _BOX / 2
        path = (
            f"M{source.x + source.width / 2:.1f} {start:.1f}H{side - 8:.1f}q8 0 8 8V{end - 8:.1f}q0 8 -8 8"
            f"H{target.x + target.width / 2 + 1:.1f}"
        )
        return _arrow(path, palette), side
    bend = (target.top - source.bottom) / 2
    path = (
        f"M{source.x:.1f} {source.bottom:.1f}C{source.x:.1f} {source.bottom + bend:.1f} "
        f"{target.x:.1f} {target.top - bend:.1f} {target.x:.1f} {target.top - 1:.1f}"
    )
    drawn, shape = _arrow(path, palette), source.node.shape
    if shape and is_labelled:
        at = (source.x + target.x) / 2 + 7
        drawn += _text(at, (source.bottom + target.top) / 2 + 4, shape, palette["quiet"], "start", 10.5)
        return drawn, at + len(shape) * _LETTER
    return drawn, 0.0


def _arrow(path: str, palette: Mapping[str, str]) -> str:
    return f'<path d="{path}" fill="none" stroke="{palette["quiet"]}" marker-end="url(#arrow)"/>'


def _drawn(box: _Box, palette: Mapping[str, str]) -> str:
    style, colour = _style(box.node, palette)
    left = box.x - box.width / 2
    rect = f'<rect x="{left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{_BOX}" rx="7" {style}/>'
    return rect + _text(box.x, box.top + _BOX / 2 + 4, box.node.label, colour, "middle", 11.5)


def _style(node: Node, palette: Mapping[str, str]) -> tuple[str, str]:
    """The attributes of a node's box, and the colour of its words."""
    fill = palette["ground"] if node.name == INPUT or node.look == "unknown" else palette["fill"]
    stroke, colour = palette["border"], palette["text"]
    more = ""
    match node.look:
        case "chosen":
            stroke, more = palette["chosen"], ' stroke-width="2"'
        case "wrong":
            stroke, more = palette["wrong"], ' stroke-width="2" stroke-dasharray="5 3"'
        case "unknown":
            colour, more = palette["quiet"], ' stroke-dasharray="3 3"'
    return f'fill="{fill}" stroke="{stroke}"{more}', colour


def _text(x: float, y: float, words: str, colour: str, anchor: str, size: float) -> str:
    plain = html.escape(" ".join(words.split()))
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">{plain}</text>'
