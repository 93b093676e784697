"""A network's layers as a drawing: SVG, from the input down to the output.

Graphviz would draw it too, in the browser, where it holds up everything else for a second at every edit.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from playground.charts.layout import layout

INPUT = "input"
Look = Literal["plain", "chosen", "wrong", "unknown"]
_LONG = 30  # layers; from here on the drawing is packed tighter
_FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"
_BOX, _GAP, _TIGHT_GAP, _BESIDE, _MARGIN = 26, 30, 20, 22, 8  # pixels
_LETTER = 6.6  # about the width of a letter of 11.5 pixels
_AWAY = 7  # pixels from an arrow to the words beside it
_PORT = 16  # pixels between arrows that arrive at one box

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

    Every node stands in the row below the last one it reads; what skips rows has a lane of its own past those between.
    Arrows arrive in the order in which a node reads, from the left.

    Args:
        nodes: all nodes, each after those it reads; arrows from names that are none of theirs are left out.
        palette: one of :data:`PALETTES`.
        output: what the last node answers with, written under it; empty for nothing.
    """
    found = layout({node.name: node.reads for node in nodes}, {node.name: _room(node) for node in nodes}, _BESIDE)
    by_name = {node.name: node for node in nodes}
    wide = [found.x[name] + side for name, node in by_name.items() for side in (-_room(node)[0], _room(node)[1])]
    wide += [at for lanes in found.lanes.values() for at in lanes]
    if output and nodes:
        half = len(output) * _LETTER / 2
        wide += [found.x[nodes[-1].name] + side for side in (-half, half)]
    shift = _MARGIN - min(wide, default=0.0)
    step = _BOX + (_TIGHT_GAP if len(nodes) > _LONG else _GAP)
    boxes = {
        name: _Box(node, found.row[name], found.x[name] + shift, _MARGIN + found.row[name] * step, _width(node))
        for name, node in by_name.items()
    }
    parts = []
    for box in boxes.values():
        read = [number for number, source in enumerate(box.node.reads) if source in boxes]
        for port, number in enumerate(read):
            source = boxes[box.node.reads[number]]
            lanes = [at + shift for at in found.lanes[box.node.name, number]]
            end = box.x + (port - (len(read) - 1) / 2) * min(_PORT, (box.width - _PORT) / max(1, len(read) - 1))
            parts.append(_arrow(_path(source, lanes, end, step), palette))
    read_by = {source for box in boxes.values() for source in box.node.reads}
    for box in boxes.values():
        if box.node.shape and box.node.name in read_by:
            at = box.bottom + (step - _BOX) / 2 + 4
            parts.append(_behind(box.x + _AWAY, at, box.node.shape, palette["ground"]))
            parts.append(_text(box.x + _AWAY, at, box.node.shape, palette["quiet"], "start", 10.5))
    parts += [_drawn(box, palette) for box in boxes.values()]
    width = max(wide, default=0.0) + shift + _MARGIN
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
    size = f'width="{width:.0f}" height="{height:.0f}"'
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width:.0f} {height:.0f}" font-family="{_FONT}">'
    )
    return "\n".join([opening, arrow, *parts, "</svg>"])


def _room(node: Node) -> tuple[float, float]:
    """How far a node and its shape reach to both sides; as much at the left keeps a lone column in the middle."""
    half = max(_width(node) / 2, _AWAY + len(node.shape) * _LETTER)
    return half, half


def _width(node: Node) -> float:
    return max(76.0, len(node.label) * _LETTER + 26)


def _path(source: _Box, lanes: Sequence[float], end: float, step: float) -> str:
    """From one box down to the top of another: bends between rows, straight down past what stands in a row."""
    x, y = source.x, source.bottom
    path = f"M{x:.1f} {y:.1f}"
    for at, to in enumerate([*lanes, end]):
        top = source.top + (at + 1) * step
        is_last = at == len(lanes)
        bend = (top - y) / 2
        path += f"C{x:.1f} {y + bend:.1f} {to:.1f} {top - bend:.1f} {to:.1f} {top - 1 if is_last else top:.1f}"
        x, y = to, top + _BOX
        path += "" if is_last else f"V{y:.1f}"
    return path


def _arrow(path: str, palette: Mapping[str, str]) -> str:
    return f'<path d="{path}" fill="none" stroke="{palette["quiet"]}" marker-end="url(#arrow)"/>'


def _drawn(box: _Box, palette: Mapping[str, str]) -> str:
    style, colour = _style(box.node, palette)
    left = box.x - box.width / 2
    rect = f'<rect x="{left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{_BOX}" rx="7" {style}/>'
    return rect + _text(box.x, box.top + _BOX / 2 + 4, box.node.label, colour, "middle", 11.5)


def _behind(x: float, y: float, words: str, ground: str) -> str:
    """The ground under words that begin at ``x``: arrows that leave to that side break off around them."""
    width = len(words) * _LETTER * 10.5 / 11.5
    return f'<rect x="{x - 2:.1f}" y="{y - 10:.1f}" width="{width + 2:.1f}" height="13" fill="{ground}"/>'


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
