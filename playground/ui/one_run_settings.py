"""What was asked for: the settings of a run as JSON and as Keras code."""

import streamlit as st

from playground.data import DataError
from playground.locale.text import _
from playground.ui import about, adjust_next, listing, shell
from playground.ui.reader import View

_HEIGHT = 520


def panel(view: View) -> None:
    """Draw both side by side; above them what was changed on the way."""
    values = view.run.adjusted.get("values", {})
    if values:
        words = _("Changed on the way: {changes}. What stands below is what was asked for at first.")
        st.caption(shell.plain(words.format(changes=adjust_next.told(view, values))))
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"#### {_('Settings (JSON)')}")
        listing.panel(view.spec.to_json(indent=1), _HEIGHT)
    with right:
        st.markdown(f"#### {_('Keras code')}")
        try:
            listing.panel(about.code(view.spec), _HEIGHT)
        except (DataError, LookupError) as error:
            st.caption(shell.plain(str(error)))
