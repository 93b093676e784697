"""The layers of the draft as rows; one of them may be open and shows its form."""

from collections.abc import Callable, Sequence

import streamlit as st

from playground import catalog
from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.problems import Problem
from playground.specs.rules.fit import spelled_shape
from playground.specs.shapes import LayerShape, Shapes
from playground.specs.stack import Row, duplicated, free_name, moved, removed, renamed, rereading, rows, switched
from playground.ui import draft, forms, model_open, model_palette, model_problems, model_words, shell

_PARAMETERS_PX = 62
_COLUMNS = 3


def panel(spec: RunSpec, facts: Facts, shapes: Shapes, wrong: Sequence[Problem]) -> None:
    """Draw all rows, each with its problems under it; for an empty model the ways to begin."""
    stack = rows(spec.model)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {_('Layers')}", width="content")
        if stack:
            st.space("stretch")
            st.caption(_("output shape · parameters"), width="content")
    with st.container(border=True, gap="xxsmall", key="stack"):
        if not stack:
            model_palette.start(spec, facts)
        by_name = {layer.name: layer for layer in shapes.layers}
        for at, row in enumerate(stack):
            _row(spec, stack, at, by_name.get(row.layer.name) if row.is_on else None, shapes)
            if row.is_on:
                model_problems.under(row.layer.name, spec, wrong)


def _row(spec: RunSpec, stack: Sequence[Row], at: int, shape: LayerShape | None, shapes: Shapes) -> None:
    row = stack[at]
    name = row.layer.name
    is_open = model_open.opened() == name
    if not is_open:
        _line(row, shape, shapes, is_open=False)
        return
    with st.container(border=True, gap="small", key=f"open-{name}"):
        _line(row, shape, shapes, is_open=True)
        if row.is_on:
            _form(spec, stack, at)
        _actions(spec, stack, at)


def _line(row: Row, shape: LayerShape | None, shapes: Shapes, *, is_open: bool) -> None:
    """A layer in one line: what it is, what it gives on, and what it costs."""
    layer = row.layer
    kind = f"**{layer.kind}**" if row.is_on else f":gray[{layer.kind}]"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"row-{layer.name}"):
        st.button(
            kind,
            key=f"chevron-{layer.name}",
            type="tertiary",
            icon=":material/keyboard_arrow_down:" if is_open else ":material/chevron_right:",
            wrap=False,
            on_click=model_open.toggle,
            args=(layer.name,),
        )
        if not row.is_on:
            st.caption(_("Off: takes no part"), width="stretch", wrap=False)
            return
        # The form says it all, and a phone has no room for words that end in the middle.
        said = "" if is_open or shell.is_phone() else shell.plain(model_words.summary(layer))
        st.caption(said, width="stretch", wrap=False)
        if shape is None:
            said = "" if shapes.wrong_layer == layer.name else "…" if not shapes.is_known else "?"
            st.caption(said, width="content")
            st.caption("", width=_PARAMETERS_PX)
            return
        st.markdown(f"`{spelled_shape(shape.output_shape)}`", width="content", wrap=False)
        st.caption(f"{shape.parameters:,}", width=_PARAMETERS_PX, text_alignment="right", wrap=False)


def _form(spec: RunSpec, stack: Sequence[Row], at: int) -> None:
    layer = stack[at].layer
    entry = catalog.entry("layers", layer.kind)
    position = sum(row.is_on for row in stack[:at])
    if entry is not None:
        st.caption(_(entry.summary))
        columns = 1 if shell.is_phone() else _COLUMNS
        forms.form(entry, layer.args, f"model.layers.{position}.args", columns=columns)
    left, right = st.columns([1, 2], gap="small")
    with left:
        key = draft.key(f"name-{layer.name}")
        st.text_input(
            _("Name"),
            value=layer.name,
            max_chars=60,
            key=key,
            help=_("What the layer is called in the code and where others read it."),
            on_change=_rename,
            args=(spec, layer.name, key),
        )
    with right:
        earlier = ["input", *(row.layer.name for row in stack[:at] if row.is_on)]
        shown = list(dict.fromkeys([*earlier, *layer.inputs]))
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


def _actions(spec: RunSpec, stack: Sequence[Row], at: int) -> None:
    name, is_on = stack[at].layer.name, stack[at].is_on
    with st.container(horizontal=True, gap="small"):
        _action(_("Up"), "arrow_upward", "up", spec, lambda: moved(spec, name, -1), name, disabled=at == 0)
        _action(
            _("Down"), "arrow_downward", "down", spec, lambda: moved(spec, name, 1), name, disabled=at + 1 == len(stack)
        )
        copy = free_name(spec, stack[at].layer.kind)
        _action(_("Duplicate"), "content_copy", "duplicate", spec, lambda: duplicated(spec, name), copy)
        label, icon = (_("Switch off"), "toggle_off") if is_on else (_("Switch on"), "toggle_on")
        _action(label, icon, "switch", spec, lambda: switched(spec, name), name)
        _action(_("Remove"), "delete", "remove", spec, lambda: removed(spec, name), "")


def _action(
    label: str, icon: str, what: str, spec: RunSpec, change: Callable[[], RunSpec], then: str, disabled: bool = False
) -> None:
    """A button for one edit; the row called ``then`` is open after it."""
    st.button(
        label,
        key=f"layer-{what}",
        type="tertiary",
        icon=f":material/{icon}:",
        disabled=disabled,
        on_click=_act,
        args=(change, then),
    )


def _act(change: Callable[[], RunSpec], then: str) -> None:
    if draft.edit(change()):
        model_open.open_layer(then)


def _rename(spec: RunSpec, name: str, key: str) -> None:
    new = (draft.widget(key) or "").strip()
    try:
        changed = renamed(spec, name, new)
    except ValueError as error:
        draft.refuse(error)
        return
    if draft.edit(changed):
        model_open.open_layer(new)


def _read(spec: RunSpec, name: str, key: str) -> None:
    draft.edit(rereading(spec, name, draft.widget(key) or ()), by_widget=True)
