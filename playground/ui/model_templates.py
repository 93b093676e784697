"""Whole models to start from: the menu of templates, and the list of them for a model without layers."""

import streamlit as st

from playground.locale.text import _, ngettext
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.stack import rows
from playground.specs.templates import applied, fitting, unfitting
from playground.ui import draft, model_import, model_open, shell


def menu(spec: RunSpec, facts: Facts) -> None:
    """Draw the button that opens the list of templates over the page."""
    if st.button(_("Template"), key="templates", icon=":material/dashboard_customize:"):
        st.dialog(_("Templates"), width="medium")(_choice)(spec, facts)


def start(spec: RunSpec, facts: Facts) -> None:
    """Draw the models to start from as a list, for a draft without layers."""
    st.markdown(f"**{_('Start from a template')}**")
    by_hand, by_search = _("Or add layers one by one, from the list at the left."), _("Or search for a layer above.")
    st.caption(by_search if shell.is_phone() else by_hand)
    _list(spec, facts, "start", is_short=True)


def _choice(spec: RunSpec, facts: Facts) -> None:
    n = len(rows(spec.model))
    if n:
        takes = ngettext("It takes the place of your {n} layer", "It takes the place of your {n} layers", n)
        stays = _("the data, the name and the training settings stay. Undo brings the layers back.")
        st.caption(f"{takes.format(n=n)}; {stays}")
    if _list(spec, facts, "use"):
        st.rerun()  # a dialog reruns alone after a click, and would stay


def _list(spec: RunSpec, facts: Facts, key: str, *, is_short: bool = False) -> bool:
    """Draw the templates that fit, and why others do not; returns whether one has just been taken.

    A short list keeps when to take each of them for the help of its button.
    """
    is_taken = False
    for number, template in enumerate(fitting(facts)):
        label = _(template.label)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}-row-{template.name}"):
            with st.container(gap="xxsmall", width="stretch"):
                st.markdown(f"**{label}**" if is_short else f"**{label}** &ensp;{_(template.summary)}")
                st.caption(_(template.summary) if is_short else _(template.use_when))
            is_taken |= st.button(
                _("Use"),
                key=f"{key}-{template.name}",
                type="primary" if number == 0 and not rows(spec.model) else "secondary",
                help=f"{_('Use {template}').format(template=label)}. {_(template.use_when)}",
                on_click=_take,
                args=(template.name, spec, facts),
            )
    others = [
        f"**{_(', ').join(_(template.label) for template in templates)}**: {_(reason)}"
        for reason, templates in unfitting(facts).items()
    ]
    is_taken |= model_import.offer()
    if others:
        st.caption(f"{_('Not for this data.')} {' '.join(others)}")
    return is_taken


def _take(name: str, spec: RunSpec, facts: Facts) -> None:
    if draft.edit(applied(draft.stored(spec), facts, name)):
        model_open.open_layer("")
