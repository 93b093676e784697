"""The log of a run: what its process printed."""

import streamlit as st

from playground.locale.text import _
from playground.settings import settings
from playground.ui import listing, result
from playground.ui.reader import View

_HEIGHT = 420


def panel(view: View) -> None:
    """Draw the end of the log, with the button that gives it away."""
    path = settings().run_dir(view.run.id) / "log.txt"
    if not view.run.is_ended:
        result.run_log.cache_clear()  # it is kept for runs that have ended, whose log stands still
    text = result.run_log(path)
    if not text:
        st.caption(_("The run has printed nothing."))
        return
    st.caption(_("The last lines that the process of the run has printed."))
    listing.panel(text, _HEIGHT)
    st.download_button(
        _("Log (text)"),
        text,
        f"run-{view.run.id}-log.txt",
        "text/plain",
        key="one-run-log-file",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
