"""What a layer reads: in its row, in its form, and the quick ways to branch from it and to skip it."""

from collections.abc import Sequence

import streamlit as st

from playground import catalog
from playground.locale.text import _, ngettext
from playground.specs import LayerSpec, RunSpec
from playground.specs.branches import branched, joined
from playground.specs.rules.fit import spelled_shape
from playground.specs.shapes import Shapes
from playground.specs.stack import Row, rereading, rows
from playground.ui import draft, model_open, shell

_INPUT = "input"
_SHOWN = 3  # names in a row


def told(stack: Sequence[Row], at: int) -> str:
    """What the layer at ``at`` reads, in words, if that is not the layer above it: ``reads conv_1, pool_2``."""
    above = next((row.layer.name for row in reversed(stack[:at]) if row.is_on), _INPUT)
    inputs = stack[at].layer.inputs
    if inputs in ((), (above,)):
        return ""
    shown = ", ".join(inputs if len(inputs) <= _SHOWN else inputs[: _SHOWN - 1])
    if len(inputs) <= _SHOWN:
        return _("reads {layers}").format(layers=shown)
    n = len(inputs) - _SHOWN + 1
    return ngettext("reads {layers} and {n} more", "reads {layers} and {n} more", n).format(layers=shown, n=n)


def named(stack: Sequence[Row]) -> set[str]:
    """The layers that others read by their names, so that rows must show these."""
    return {name for row in stack if row.is_on for name in row.layer.inputs}


def field(spec: RunSpec, stack: Sequence[Row], at: int) -> None:
    """Draw what the layer at ``at`` reads: a list to choose from, or one for each role that its inputs play."""
    layer = stack[at].layer
    entry = catalog.entry("layers", layer.kind)
    earlier = [_INPUT, *(row.layer.name for row in stack[:at] if row.is_on)]
    shown = list(dict.fromkeys([*earlier, *layer.inputs]))
    if entry is not None and entry.reading.roles:
        _roles(spec, layer, shown, earlier[-1], entry.reading.roles)
        return
    key = draft.key(f"reads-{layer.name}")
    st.multiselect(
        _("Reads"),
        shown,
        default=list(layer.inputs),
        key=key,
        placeholder=_("the layer above it"),
        help=_("Choose two or more for a layer that joins them, or an earlier one for a branch."),
        on_change=_read,
        args=(spec, layer.name, key),
    )


def actions(spec: RunSpec, stack: Sequence[Row], at: int, shapes: Shapes, given: Sequence[int]) -> None:
    """Draw the buttons that make a graph: a skip connection to after the layer at ``at``, and a branch from it.

    Args:
        spec: the draft.
        stack: its rows.
        at: the open one, which is on.
        shapes: what Keras says of the layers.
        given: the shape of the network's input.
    """
    name = stack[at].layer.name
    if not any(row.is_on for row in stack[at + 1 :]):
        return  # after the layer that answers there is nothing to join
    known = {_INPUT: tuple(given), **{layer.name: layer.output_shape for layer in shapes.layers}}
    earlier = [_INPUT, *(row.layer.name for row in stack[:at] if row.is_on)]
    fits = {each: known.get(each) is not None and known.get(each) == known.get(name) for each in earlier}
    nearest = earlier[::-1]
    order = [each for each in nearest if fits[each]] + [each for each in nearest if not fits[each]]
    words = {each: f"{each} · {spelled_shape(shape)}" if (shape := known.get(each)) else each for each in order}
    key = draft.key(f"skip-{name}")
    st.menu_button(
        _("Skip connection"),
        order,
        format_func=words.__getitem__,
        key=key,
        type="tertiary",
        icon=":material/redo:",
        help=_("Adds what an earlier layer gives to what this one gives. Those of the same shape come first."),
        on_click=_skip,
        args=(spec, name, key),
    )
    st.button(
        _("Branch from here"),
        key="layer-branch",
        type="tertiary",
        icon=":material/call_split:",
        help=_("A second way from this layer on, and a layer that puts both side by side."),
        on_click=_branch,
        args=(spec, name),
    )


def _roles(spec: RunSpec, layer: LayerSpec, shown: list[str], above: str, roles: Sequence[str]) -> None:
    """One list for each role; the last may be left to what plays the role before it."""
    read = list(layer.inputs) or [above]
    first, second, *others = [*read, read[0]] if len(read) == 1 else read
    chosen = [first, second, others[0] if others else None]
    keys = [draft.key(f"reads-{layer.name}-{role}") for role in roles]
    columns = [st.container()] * len(roles) if shell.is_phone() else st.columns(len(roles), gap="small")
    for number, (role, key) in enumerate(zip(roles, keys, strict=True)):
        value, is_last = chosen[number], number == len(roles) - 1
        with columns[number]:
            st.selectbox(
                _("Reads as {role}").format(role=role),
                shown,
                index=shown.index(value) if value in shown else None,
                key=key,
                placeholder=_("the same as {role}").format(role=roles[number - 1]) if is_last else _("choose a layer"),
                on_change=_read_roles,
                args=(spec, layer.name, keys),
            )


def _read(spec: RunSpec, name: str, key: str) -> None:
    draft.edit(rereading(draft.stored(spec), name, draft.widget(key) or ()), by_widget=True)


def _read_roles(spec: RunSpec, name: str, keys: Sequence[str]) -> None:
    first, *others = [each for each in map(draft.widget, keys) if each]
    others = others[:1] if others[1:] == others[:1] else others  # the key is the value by itself
    read = (first, *(others if others != [first] else ()))
    draft.edit(rereading(draft.stored(spec), name, read), by_widget=True)


def _skip(spec: RunSpec, name: str, key: str) -> None:
    other = draft.widget(key)
    if other is not None:
        spec = draft.stored(spec)
        _edit(spec, joined(spec, name, other))


def _branch(spec: RunSpec, name: str) -> None:
    spec = draft.stored(spec)
    _edit(spec, branched(spec, name))


def _edit(before: RunSpec, after: RunSpec) -> None:
    """Save ``after``, and open the first of the layers that are new in it."""
    known = {row.layer.name for row in rows(before.model)}
    if draft.edit(after):
        fresh = next((row.layer.name for row in rows(after.model) if row.layer.name not in known), "")
        model_open.open_layer(fresh)
