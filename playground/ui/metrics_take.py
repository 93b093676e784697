"""From the lab of metrics to the draft."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground import catalog
from playground.data import DataError, outline
from playground.locale.text import _
from playground.ui import about, draft, metrics_table, shell


def button(values: Mapping[str, Mapping[str, Any]]) -> None:
    """Draw the button that has the draft watch one of the metrics, with the arguments that are shown.

    Args:
        values: by the metric's id what the workbench says of it.
    """
    of = draft.current()
    with st.popover(_("Use in my draft"), icon=":material/speed:", type="primary", disabled=not values):
        if of is None:
            st.caption(_("There is no draft yet that it could be put into."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
            return
        labels = {name: about.label("metrics", name) for name in values}
        name = st.selectbox(_("Metric"), list(labels), format_func=labels.__getitem__, key="take-metric")
        if name is None:
            return
        args = values[name]["args"]
        watched = [each.model_dump() for each in of.spec.training.metrics]
        if args:
            st.caption(shell.plain(_("With {args}.").format(args=metrics_table.spelled(args))))
        entry = catalog.entry("metrics", name)
        try:
            task: str = outline(of.spec.dataset).task
        except DataError:
            task = ""
        if entry is not None and task and entry.tasks and task not in entry.tasks:
            said = _("It does not fit the task of the draft: {task}.").format(task=task)
            st.caption(f":orange[:material/warning:] {said}")
        if any(each["kind"] == name for each in watched):
            st.caption(_("The draft watches it already; its arguments become these."))
        if st.button(_("Put it into the draft"), key="take", type="primary", icon=":material/check:"):
            others = [each for each in watched if each["kind"] != name]
            if draft.set_value("training.metrics", [*others, {"kind": name, "args": dict(args)}], by_widget=False):
                st.switch_page(shell.TRAIN, query_params=draft.address())
            st.error(shell.plain(draft.told()), icon=":material/error:")
