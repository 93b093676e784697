"""From the lab of losses to the draft."""

import streamlit as st

from playground.data import DataError, outline
from playground.locale.text import _
from playground.ui import draft, shell
from playground.ui.losses_choice import Looked


def button(looked: Looked) -> None:
    """Draw the button that makes one of the losses, with its arguments, the draft's."""
    of = draft.current()
    with st.popover(_("Use in my draft"), icon=":material/target:", type="primary", disabled=not looked.losses):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
            return
        labels = {each.label: each for each in looked.losses}
        label = st.radio(_("Loss"), list(labels), key="take-loss")
        taken = labels[label]
        try:
            task: str = outline(of.spec.dataset).task
        except DataError:
            task = ""
        if task and task not in taken.entry.tasks:
            said = _("It does not fit the task of the draft: {task}.").format(task=task)
            st.caption(f":orange[:material/warning:] {said}")
        if taken.args.get("from_logits"):
            st.caption(_("With from_logits the last layer must have no activation; the Model page says so if it has."))
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            value = {"kind": taken.entry.id, "args": taken.args}
            if draft.set_value("training.loss", value, by_widget=False):
                st.switch_page(shell.TRAIN, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")
