"""A network's layers as a drawing: Graphviz text, from the input down to the output."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

INPUT = "input"
Look = Literal["plain", "chosen", "wrong", "unknown"]
_LONG = 30  # layers; from here on the drawing is packed tighter

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
"""The drawing's colours on a light and on a dark ground: Graphviz knows nothing of the page's theme."""


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


def network_chart(nodes: Sequence[Node], palette: Mapping[str, str], output: str = "") -> str:
    """The Graphviz text of ``nodes``, the input first.

    Args:
        nodes: all nodes; arrows from names that are none of theirs are left out.
        palette: one of :data:`PALETTES`.
        output: what the last node answers with, written under it; empty for nothing.
    """
    is_long = len(nodes) > _LONG
    lines = [
        f'digraph {{ bgcolor="transparent"; rankdir=TB; margin=0.05; nodesep=0.2; ranksep={0.16 if is_long else 0.26};',
        'node [shape=box, style="rounded,filled", fontname="Inter, Helvetica", fontsize=11, height=0.3, '
        f'margin="0.16,0.04", fillcolor="{palette["fill"]}", color="{palette["border"]}", '
        f'fontcolor="{palette["text"]}"];',
        f'edge [fontname="Inter, Helvetica", fontsize=10, color="{palette["quiet"]}", '
        f'fontcolor="{palette["quiet"]}", arrowsize=0.55];',
    ]
    # Positions are the ids: a name is the user's, and Graphviz has words of its own.
    ids = {node.name: f"n{number}" for number, node in enumerate(nodes)}
    by_name = {node.name: node for node in nodes}
    for number, node in enumerate(nodes):
        lines.append(f'n{number} [label="{_quoted(node.label)}"{_style(node, palette)}];')
        for source in node.reads:
            if source in ids:
                shape = by_name[source].shape
                label = f' [label="  {_quoted(shape)} "]' if shape else ""
                lines.append(f"{ids[source]} -> n{number}{label};")
    if output and nodes:
        plain = f'shape=plaintext, style="", fontcolor="{palette["quiet"]}", fontsize=10'
        lines.append(f'end [label="{_quoted(output)}", {plain}]; n{len(nodes) - 1} -> end;')
    return "\n".join([*lines, "}"])


def _style(node: Node, palette: Mapping[str, str]) -> str:
    if node.name == INPUT:
        return f', fillcolor="{palette["ground"]}"'
    match node.look:
        case "chosen":
            return f', color="{palette["chosen"]}", penwidth=2'
        case "wrong":
            return f', color="{palette["wrong"]}", penwidth=2, style="rounded,filled,dashed"'
        case "unknown":
            return f', fontcolor="{palette["quiet"]}", fillcolor="{palette["ground"]}", style="rounded,filled,dashed"'
    return ""


def _quoted(text: str) -> str:
    """``text`` inside double quotes; what Graphviz would read as HTML or as an escape stays what it is."""
    text = " ".join(text.split())
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(plain, escaped)
    return text
