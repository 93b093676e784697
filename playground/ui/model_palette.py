"""What can be added to a model: all layers by search, by group, and whole models to start from."""

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.locale.text import _, ngettext
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.rules.fit import rank_words, spelled_shape
from playground.specs.shapes import Shape, Shapes
from playground.specs.stack import added, place, rows
from playground.specs.templates import TEMPLATES, applied, fitting
from playground.ui import draft, model_open, shell

_GROUP = "palette-group"
_FIRST = "Core"


def panel(spec: RunSpec, facts: Facts, shapes: Shapes) -> None:
    """Draw the search and the groups. Only the open group's layers are drawn: a page is drawn after every edit."""
    st.markdown(f"### {_('Add a layer')}")
    at = _place(spec, facts)
    key = draft.key("add-search")
    entries = {entry.id: entry for entry in catalog.entries("layers")}
    st.selectbox(
        _("Search for a layer"),
        list(entries),
        index=None,
        placeholder=ngettext("Search {n} layer", "Search {n} layers", len(entries)).format(n=len(entries)),
        label_visibility="collapsed",
        icon=":material/search:",
        key=key,
        on_change=_add_found,
        args=(key, at, spec),
    )
    st.caption(_where(spec, at))
    if shell.is_phone():  # the groups would push the layers out of sight; the search has all of them
        return
    received = _received(spec, at, facts, shapes)
    groups = list(dict.fromkeys(entry.group for entry in entries.values()))
    opened = draft.get(_GROUP, _FIRST)
    with st.container(gap="xxsmall", key="palette"):
        for group in groups:
            is_open = group == opened
            st.button(
                f":gray[{_(group)}]",
                key=f"group-{group}",
                type="tertiary",
                icon=":material/keyboard_arrow_down:" if is_open else ":material/chevron_right:",
                on_click=draft.put,
                args=(_GROUP, "" if is_open else group),
            )
            if is_open:
                for entry in entries.values():
                    if entry.group == group:
                        _button(entry, at, spec, received)


def templates(spec: RunSpec, facts: Facts) -> None:
    """Draw the menu of whole models that go with the data."""
    key = draft.key("template")
    names = {template.name: _(template.label) for template in fitting(facts)}
    st.menu_button(
        _("Template"),
        list(names),
        format_func=names.__getitem__,
        key=key,
        icon=":material/dashboard_customize:",
        on_click=_take_found,
        args=(key, spec, facts),
    )


def start(spec: RunSpec, facts: Facts) -> None:
    """Draw the models to start from as a list, for a draft without layers."""
    st.markdown(f"**{_('Start from a template')}**")
    by_hand, by_search = _("Or add layers one by one, from the list at the left."), _("Or search for a layer above.")
    st.caption(by_search if shell.is_phone() else by_hand)
    for number, template in enumerate(fitting(facts)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{_(template.label)}**")
                st.caption(_(template.summary))
            st.button(
                _("Use"),
                key=f"start-{template.name}",
                type="primary" if number == 0 else "secondary",
                help=_("Use {template}").format(template=_(template.label)),
                on_click=_take,
                args=(template.name, spec, facts),
            )


def _button(entry: Entry, at: int, spec: RunSpec, received: Shape | None) -> None:
    fits = received is None or not entry.ranks or len(received) in entry.ranks
    help = _(entry.summary)
    if not fits and received is not None:
        # Not disabled: beside the layer that does not fit stands the button that makes it fit.
        help += " " + _("It expects {wanted} and would receive {shape}; its row will offer a way out.").format(
            wanted=rank_words(entry.ranks), shape=spelled_shape(received)
        )
    st.button(
        entry.id if fits else f":gray[{entry.id}]",
        key=f"add-{entry.id}",
        type="tertiary",
        icon=":material/add:",
        help=help,
        on_click=_add,
        args=(entry.id, at, spec),
    )


def _add_found(key: str, at: int, spec: RunSpec) -> None:
    kind = draft.widget(key)
    if kind is not None:
        _add(kind, at, spec)


def _add(kind: str, at: int, spec: RunSpec) -> None:
    changed = added(spec, kind, at)
    if draft.edit(changed):
        model_open.open_layer(rows(changed.model)[at].layer.name)


def _take_found(key: str, spec: RunSpec, facts: Facts) -> None:
    name = draft.widget(key)
    if name is not None:
        _take(name, spec, facts)


def _take(name: str, spec: RunSpec, facts: Facts) -> None:
    if draft.edit(applied(spec, facts, TEMPLATES[name].name)):
        model_open.open_layer("")


def _place(spec: RunSpec, facts: Facts) -> int:
    """Where a new layer goes: after the one that is open, and never after the layer that answers."""
    stack = rows(spec.model)
    end = place(spec, facts)
    opened = model_open.opened()
    names = [row.layer.name for row in stack]
    return min(names.index(opened) + 1, end) if opened in names else end


def _where(spec: RunSpec, at: int) -> str:
    stack = rows(spec.model)
    if not stack:
        return _("It becomes the first layer.")
    if at == 0:
        return _("It goes to the top.")
    return _("It goes under **{name}**.").format(name=shell.plain(stack[at - 1].layer.name))


def _received(spec: RunSpec, at: int, facts: Facts, shapes: Shapes) -> Shape | None:
    """The shape that a layer at row ``at`` would read; ``None`` where it is not known."""
    before = [row.layer.name for row in rows(spec.model)[:at] if row.is_on]
    return shapes.output(before[-1]) if before else facts.input_shape
