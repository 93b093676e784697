"""The layers of the draft as rows; one of them may be open and shows its form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from playground import catalog
from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.lanes import lanes
from playground.specs.problems import Problem
from playground.specs.rules.fit import spelled_shape
from playground.specs.shapes import LayerShape, Shapes
from playground.specs.stack import Row, duplicated, free_name, moved, removed, renamed, rows, switched
from playground.ui import draft, forms, model_open, model_problems, model_reads, model_templates, model_words, shell
from playground.ui.form_words import judgement

_PARAMETERS_PX = 62
_COLUMNS = 3
_DEEPEST = 3


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
            model_templates.start(spec, facts)
        by_name = {layer.name: layer for layer in shapes.layers}
        depths, named, is_phone = lanes(spec), model_reads.named(stack), shell.is_phone()
        for at, row in enumerate(stack):
            name = row.layer.name
            line = _Line(
                row,
                by_name.get(name) if row.is_on else None,
                _no_shape(name, shapes),
                model_reads.told(stack, at) if row.is_on else "",
                name in named,
                depths.get(name, 0),
                is_phone,
            )
            _row(spec, stack, at, line, shapes, facts)
            if row.is_on:
                model_problems.under(name, spec, wrong)


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands in the row of a layer.

    Attributes:
        row: the layer.
        shape: what Keras says of it; ``None`` where that is not known or it is off.
        no_shape: what stands in place of the shape.
        reads: what it reads, in words, if not the layer above.
        is_named: whether others read it by its name.
        depth: inside how many branches it lies.
        is_phone: whether there is as little room as on a phone.
    """

    row: Row
    shape: LayerShape | None
    no_shape: str
    reads: str
    is_named: bool
    depth: int
    is_phone: bool

    def words(self, *, is_open: bool) -> str:
        """What is said of it between its kind and its shape; a phone has no room there, and an open form says it."""
        if self.is_phone:
            return ""
        name = self.row.layer.name if self.is_named and not self.reads else ""
        said = "" if is_open else model_words.summary(self.row.layer)
        return " · ".join(filter(None, (name, said)))

    @property
    def wires(self) -> str:
        """Its place in the graph, under the row where that has room for it: its name, and what it reads."""
        return " · ".join(filter(None, (self.row.layer.name if self.is_named else "", self.reads)))


def _row(spec: RunSpec, stack: Sequence[Row], at: int, line: _Line, shapes: Shapes, facts: Facts) -> None:
    name = line.row.layer.name
    if model_open.opened() != name:
        _line(line, is_open=False)
        return
    with st.container(border=True, gap="small", key=f"open-{name}"):
        _line(line, is_open=True)
        if line.row.is_on:
            _form(spec, stack, at)
        _actions(spec, stack, at, shapes, facts)


def _line(line: _Line, *, is_open: bool) -> None:
    """A layer in one line: what it is, what it reads if not the one above, what it gives on, and what it costs."""
    layer, is_on, shape = line.row.layer, line.row.is_on, line.shape
    kind = f"**{layer.kind}**" if is_on else f":gray[{layer.kind}]"
    gap: Literal["xsmall", "small"] = "xsmall" if line.is_phone else "small"
    with st.container(
        horizontal=True, vertical_alignment="center", gap=gap, wrap=line.is_phone, key=f"row-{layer.name}"
    ):
        if line.depth:
            st.caption("│" * min(line.depth, _DEEPEST), width="content", wrap=False)
        st.button(
            kind,
            key=f"chevron-{layer.name}",
            type="tertiary",
            icon=":material/keyboard_arrow_down:" if is_open else ":material/chevron_right:",
            wrap=False,
            on_click=model_open.toggle,
            args=(layer.name,),
        )
        if not is_on:
            st.caption(_("Off: takes no part"), width="stretch", wrap=False)
            return
        st.caption(shell.plain(line.words(is_open=is_open)), width="stretch", wrap=False)
        width: int | Literal["content"] = "content" if line.is_phone else _PARAMETERS_PX
        if shape is None:
            st.caption(line.no_shape, width="content")
            st.caption("", width=width)
        else:
            st.markdown(f"`{spelled_shape(shape.output_shape)}`", width="content", wrap=False)
            st.caption(f"{shape.parameters:,}", width=width, text_alignment="right", wrap=False)
    if line.reads:
        _wires(line)


def _wires(line: _Line) -> None:
    """What a layer of a graph reads, in full: in the row itself the names would be cut off."""
    with st.container(horizontal=True, gap="small", wrap=False, key=f"wires-{line.row.layer.name}"):
        if line.depth:
            st.caption("│" * min(line.depth, _DEEPEST), width="content", wrap=False)
        st.space("small")
        st.caption(shell.plain(line.wires), width="stretch")


def _no_shape(name: str, shapes: Shapes) -> str:
    if shapes.wrong_layer == name:
        return ""
    return "?" if shapes.is_known else "…"


def _form(spec: RunSpec, stack: Sequence[Row], at: int) -> None:
    layer = stack[at].layer
    entry = catalog.entry("layers", layer.kind)
    position = sum(row.is_on for row in stack[:at])
    if entry is not None:
        st.caption(judgement(entry))
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
    has_roles = entry is not None and bool(entry.reading.roles)
    with st.container() if has_roles else right:  # a list for each role takes the whole width
        model_reads.field(spec, stack, at)


def _actions(spec: RunSpec, stack: Sequence[Row], at: int, shapes: Shapes, facts: Facts) -> None:
    name, is_on = stack[at].layer.name, stack[at].is_on
    with st.container(horizontal=True, gap="small"):
        _action(_("Up"), "arrow_upward", "up", spec, lambda spec: moved(spec, name, -1), name, disabled=at == 0)
        _action(
            _("Down"),
            "arrow_downward",
            "down",
            spec,
            lambda spec: moved(spec, name, 1),
            name,
            disabled=at + 1 == len(stack),
        )
        copy = free_name(spec, stack[at].layer.kind)
        _action(_("Duplicate"), "content_copy", "duplicate", spec, lambda spec: duplicated(spec, name), copy)
        label, icon = (_("Switch off"), "toggle_off") if is_on else (_("Switch on"), "toggle_on")
        _action(label, icon, "switch", spec, lambda spec: switched(spec, name), name)
        _action(_("Remove"), "delete", "remove", spec, lambda spec: removed(spec, name), "")
        if is_on:
            model_reads.actions(spec, stack, at, shapes, facts.input_shape)


def _action(
    label: str,
    icon: str,
    what: str,
    spec: RunSpec,
    change: Callable[[RunSpec], RunSpec],
    then: str,
    disabled: bool = False,
) -> None:
    """A button for one edit; the row called ``then`` is open after it."""
    st.button(
        label,
        key=f"layer-{what}",
        type="tertiary",
        icon=f":material/{icon}:",
        disabled=disabled,
        on_click=_act,
        args=(spec, change, then),
    )


def _act(spec: RunSpec, change: Callable[[RunSpec], RunSpec], then: str) -> None:
    try:
        changed = change(draft.stored(spec))
    except KeyError:  # a second click on a row that the first one took away
        return
    if draft.edit(changed):
        model_open.open_layer(then)


def _rename(spec: RunSpec, name: str, key: str) -> None:
    new = (draft.widget(key) or "").strip()
    try:
        changed = renamed(draft.stored(spec), name, new)
    except ValueError as error:
        draft.refuse(error)
        return
    if draft.edit(changed):
        model_open.open_layer(new)
