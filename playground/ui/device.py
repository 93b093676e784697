"""The card that says where a run trains and with what."""

import streamlit as st

from playground.locale.text import _
from playground.runs import Run
from playground.ui.shell import plain

_LIBRARIES = {"keras": "Keras", "tensorflow": "TensorFlow", "python": "Python"}


def panel(run: Run) -> None:
    """Draw the card; nothing before the run has a device."""
    if run.device is None:
        return
    with st.container(border=True, gap="xxsmall", key="device"):
        st.markdown(f"#### {_('Device')}")
        st.markdown(plain(run.device))
        versions = [f"{name} {run.versions[key]}" for key, name in _LIBRARIES.items() if key in run.versions]
        if versions:
            st.caption(plain(" · ".join(versions)))
        parts = {_("training"): run.n_train, _("validation"): run.n_validation, _("test"): run.n_test}
        counts = [f"{count:,} {name}" for name, count in parts.items() if count]
        if counts:
            st.caption(_("Samples: {counts}").format(counts=", ".join(counts)))
