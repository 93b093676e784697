"""Model: the layers of the draft to the left and in the middle, what they come to at the right."""

import streamlit as st

from playground.data import DataError, outline
from playground.locale.text import _, ngettext
from playground.runs import Draft
from playground.settings import settings
from playground.specs.facts import Facts
from playground.specs.rules.fit import spelled_shape
from playground.specs.rules.head import n_classes
from playground.specs.rules.memory import too_little_memory
from playground.ui import (
    costs,
    draft,
    model_augment,
    model_import,
    model_inside,
    model_none,
    model_palette,
    model_problems,
    model_side,
    model_stack,
    model_templates,
    shapes,
    share,
    shell,
    stepper,
)

_TICK_S = 0.5
_WIDTHS = (1.1, 2.7, 1.5)


def panel() -> None:
    """Draw the page; every edit draws it again, and not the menu beside it."""
    st.fragment(_body)()


def _body() -> None:
    current = draft.current()
    if current is None:
        model_none.panel()
        return
    try:
        facts = outline(current.spec.dataset)
    except DataError as error:
        _heading(current, None)
        st.error(shell.plain(str(error)), icon=":material/error:")
        st.page_link(shell.DATA, label=_("Choose the data"), icon=":material/database:", query_params=draft.address())
        return
    _heading(current, facts)
    stepper.panel(current, "define")
    if told := draft.told():
        st.warning(shell.plain(told), icon=":material/info:")
    model_import.ask(current.spec, facts)
    found = shapes.of(current.spec)
    if not found.is_known:
        _unknown(found.note)
    wrong = model_problems.of(current.spec, facts, settings(), found)
    palette, stack, side = st.columns(_WIDTHS, gap="medium")
    with palette:
        model_palette.panel(current.spec, facts, found)
    with stack:
        model_stack.panel(current.spec, facts, found, wrong)
        found = costs.joined(current.spec, found)
        wrong += tuple(too_little_memory(current.spec, facts, found, settings()))
        model_problems.panel(current.spec, wrong, is_known=found.is_known)
    with side:
        share.row(current.spec)
        model_side.panel(current.spec, facts, found)
    model_inside.ask(current.spec, found)
    model_augment.ask(current.spec, facts)


def _heading(current: Draft, facts: Facts | None) -> None:
    with shell.heading(_("Model"), shell.plain(_summary(current, facts))):
        st.button(
            _("Undo"),
            key="undo",
            icon=":material/undo:",
            shortcut="Z",  # Ctrl+Z would be taken from the text fields, which have an undo of their own
            disabled=not current.can_undo,
            on_click=draft.undo,
        )
        st.button(
            _("Redo"),
            key="redo",
            icon=":material/redo:",
            shortcut="Y",
            disabled=not current.can_redo,
            on_click=draft.redo,
        )
        if facts is not None:
            model_templates.menu(current.spec, facts)
        st.page_link(
            shell.TRAIN,
            label=_("Next: train"),
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=draft.address(),
        )


def _summary(current: Draft, facts: Facts | None) -> str:
    """What goes in and what has to come out, in one line."""
    name = current.spec.name or _("Without a name")
    if facts is None:
        return name
    reads = spelled_shape(facts.input_shape)
    return _("{name} · reads {shape}, answers with {what}").format(name=name, shape=reads, what=_answers(facts))


def _answers(facts: Facts) -> str:
    if facts.is_sequence_answered and facts.classes:
        steps = facts.answer_shape[0]
        symbols = ngettext("{n} symbol", "{n} symbols", steps).format(n=f"{steps:,}")
        return _("{symbols}, each one of {n}").format(symbols=symbols, n=n_classes(facts))
    if facts.is_sequence_answered:
        return _("a sequence of {shape}").format(shape=spelled_shape(facts.target_shape))
    return {
        "binary": _("one of two classes"),
        "multiclass": _("one of {n} classes").format(n=n_classes(facts)),
        "regression": _("a number"),
        "reconstruction": _("the input itself"),
    }[facts.task]


def _unknown(note: str) -> None:
    """Say why no shapes are known, and how there will be some; the rest of the page works without."""
    if shapes.is_reachable():  # it is there and could not answer: asking by itself again and again would not end
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f":material/error: {shell.plain(note)}", width="content")
            st.button(_("Ask again"), key="ask-again", type="tertiary")
        return
    st.caption(f":material/hourglass_empty: {shell.plain(note)}")
    st.fragment(_until_reachable, run_every=_TICK_S)()


def _until_reachable() -> None:
    if shapes.is_reachable():
        st.rerun()
