"""What the layers come to: totals, a drawing, what they cost, and the Keras code."""

import functools
import re
from collections.abc import Callable
from typing import Literal

import streamlit as st

from playground.charts.network import INPUT, PALETTES, Look, Node, network_chart
from playground.data import DataError
from playground.export import script
from playground.locale.text import _, ngettext
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.rules.fit import spelled_shape
from playground.specs.shapes import Shapes
from playground.ui import going_on, listing, model_augment, model_cost, model_inside, model_open, shell

_TALL = 12  # layers; a longer drawing scrolls in a box of its own
_WIDE = 330  # pixels; a wider drawing is made smaller to fit the column, and its words can hardly be read
_HEIGHT = 620
_BYTES = 4


def panel(spec: RunSpec, facts: Facts, shapes: Shapes) -> None:
    """Draw the totals and the tabs; only the one in sight is made."""
    is_whole = shapes.is_known and not shapes.error
    with st.container(horizontal=True, gap="medium"):
        st.metric(_("Parameters"), f"{shapes.parameters:,}" if is_whole else "–")
        st.metric(_("Weights"), memory(shapes.parameters) if is_whole else "–", help=_("In 32-bit numbers."))
    model_inside.offer()
    model_augment.offer(spec, facts)
    going_on.start(spec)
    cost, is_cost_in_sight = _("Cost"), False
    tools: dict[str, Callable[[], None]] = {
        _("Drawing"): lambda: drawing(spec, facts, shapes),
        cost: lambda: model_cost.panel(spec, shapes),
        _("Keras code"): lambda: _code(spec),
    }
    tabs = st.tabs(list(tools), key="side", on_change="rerun")
    for tab, (name, draw) in zip(tabs, tools.items(), strict=True):
        if tab.open:
            is_cost_in_sight |= name == cost
            with tab:
                draw()
    model_cost.wait(spec, shapes, is_in_sight=is_cost_in_sight)


def memory(parameters: int) -> str:
    """The size of so many 32-bit numbers, as ``116 kB``."""
    size = float(parameters * _BYTES)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if size >= 100 or unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def drawing(spec: RunSpec, facts: Facts, shapes: Shapes) -> None:
    """Draw the network as a picture."""
    nodes = tuple(_nodes(spec, facts, shapes))
    last = shapes.output(spec.model.layers[-1].name) if spec.model.layers else None
    picture = _chart(nodes, shell.theme(), spelled_shape(last) if last is not None else "")
    height: int | Literal["content"] = _HEIGHT if len(nodes) > _TALL else "content"
    with st.container(height=height, border=False, horizontal_alignment="center", key="drawing"):
        st.image(picture, width="content", alt=_described(nodes))
    if _width(picture) > _WIDE and st.button(_("Enlarge"), key="enlarge", icon=":material/zoom_in:", type="tertiary"):
        st.dialog(_("Drawing"), width="large")(_enlarged)(picture, _described(nodes))


def _enlarged(picture: str, alt: str) -> None:
    with st.container(border=False, horizontal_alignment="center"):
        st.image(picture, width="content", alt=alt)
    st.download_button(
        _("Download the drawing"),
        picture,
        "network.svg",
        "image/svg+xml",
        icon=":material/download:",
        on_click="ignore",
    )


def _width(picture: str) -> int:
    """How wide the drawing is, in pixels, as it says itself."""
    found = re.search(r'width="(\d+)"', picture)
    return int(found[1]) if found else 0


@functools.lru_cache(maxsize=128)
def _chart(nodes: tuple[Node, ...], theme: str, output: str) -> str:
    return network_chart(nodes, PALETTES[theme], output)


def _nodes(spec: RunSpec, facts: Facts, shapes: Shapes) -> list[Node]:
    nodes = [Node(INPUT, _("Input"), (), spelled_shape(facts.input_shape))]
    before, is_after = INPUT, False
    for layer in spec.model.layers:
        output = shapes.output(layer.name)
        is_wrong = shapes.wrong_layer == layer.name
        look: Look = "wrong" if is_wrong else "chosen" if model_open.opened() == layer.name else "plain"
        if is_after and look == "plain":
            look = "unknown"
        shape = spelled_shape(output) if output is not None else ""
        earlier = {node.name for node in nodes}  # what a layer reads wrongly cannot be drawn; it is said at its row
        reads = tuple(name for name in layer.inputs or (before,) if name in earlier)
        nodes.append(Node(layer.name, layer.kind, reads, shape, look))
        before, is_after = layer.name, is_after or is_wrong
    return nodes


def _described(nodes: tuple[Node, ...]) -> str:
    """The drawing in words for those who do not see it."""
    labels = [node.label for node in nodes]
    if len(labels) > 8:
        n = len(labels) - 1
        return ngettext("{n} layer", "{n} layers", n).format(n=n) + f": {', '.join(labels[:6])} … {labels[-1]}"
    return ", ".join(labels)


def _code(spec: RunSpec) -> None:
    try:
        code = script(spec)
    except (DataError, LookupError) as error:
        st.caption(shell.plain(str(error)))
        return
    listing.panel(code, _HEIGHT)
    st.caption(_("The whole run as a script: it gives the same numbers without this app."))
