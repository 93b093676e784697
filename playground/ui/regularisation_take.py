"""From the lab of regularisation to the draft: one way into it, or a run with each, side by side."""

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.regularised import regularised
from playground.ui import draft, shell
from playground.ui.lab_draft import facts_of, train_beside
from playground.ui.regularisation_choice import Choice, Contestant


def button(choice: Choice) -> None:
    """Draw the button that puts one of the ways, as strong as it is here, into the draft."""
    of = draft.current()
    fitting = [each for each in choice.contestants if each.way.fits_draft]
    with st.popover(_("Use in my model"), icon=":material/layers:", type="primary", disabled=not choice.contestants):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            _open_here(choice)
            return
        if not fitting:
            st.caption(_("Choose a way that can be put into a network, such as L2 or Dropout."))
            return
        labels = {each.label: each for each in fitting}
        label = st.radio(_("Way against learning by heart"), list(labels), key="take-way")
        changed = _changed(of.spec, labels[label])
        if changed == of.spec:
            st.caption(_("It would change nothing in the draft: it is there already, or has no place in this network."))
        is_off = changed == of.spec
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:", disabled=is_off):
            if draft.edit(changed):
                page = shell.TRAIN if changed.model == of.spec.model else shell.MODEL
                st.switch_page(page, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")


def panel(choice: Choice) -> None:
    """Draw what a comparison of the chosen ways on the draft would be, and the button that starts it."""
    of = draft.current()
    spec = of.spec if of is not None else choice.base
    members = [(each.label, _changed(spec, each)) for each in choice.contestants if _fits(each)]
    members = [pair for at, pair in enumerate(members) if pair[1] not in [each[1] for each in members[:at]]]
    name = shell.plain(of.spec.name or _("your draft")) if of is not None else _("the network of this lab")
    said = _("The same network, the same first weights, the same batches, once with each way: **{name}**.")
    st.markdown(said.format(name=name))
    if len(members) < 2:
        st.caption(_("Choose two ways or more above that change this network."))
        return
    said = _("{labels}, {epochs} epochs each.")
    st.caption(
        said.format(labels=", ".join(shell.plain(label) for label, _spec in members), epochs=spec.training.epochs)
    )
    if st.button(
        _("Train these {n} side by side").format(n=len(members)),
        key="train-side-by-side",
        icon=":material/stacked_line_chart:",
    ):
        train_beside(of, spec, members, _("Regularisation of {name}").format(name=spec.name))


def _fits(each: Contestant) -> bool:
    return each.way.fits_draft or not each.way.amount


def _changed(spec: RunSpec, each: Contestant) -> RunSpec:
    return regularised(spec, each.way.id, each.amount, facts_of(spec))


def _open_here(choice: Choice) -> None:
    """Offer the networks of the lab themselves, where there is no draft."""
    labels = {each.label: each for each in choice.contestants}
    label = st.radio(_("Open one of these as a draft"), list(labels), key="open-way")
    if st.button(_("Open it"), key="open", type="primary", icon=":material/check:"):
        draft.new(labels[label].spec)
        st.switch_page(shell.TRAIN, query_params=draft.address())
