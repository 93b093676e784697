"""A window over the Model page for what needs its width: Keras's summary, the configuration, the weights."""

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.shapes import Shapes
from playground.ui import draft, model_tools, model_weights

_ASKING = "model.inside"


def offer() -> None:
    """Draw the button that opens the window."""
    st.button(
        _("Look inside"),
        key="inside",
        icon=":material/frame_inspect:",
        type="tertiary",
        help=_("Summary, configuration and weights, as Keras has them."),
        on_click=draft.put,
        args=(_ASKING, True),
    )


def ask(spec: RunSpec, shapes: Shapes) -> None:
    """Draw the window over the page, once somebody has asked for it."""
    if draft.get(_ASKING, False):
        st.dialog(_("Inside the model"), width="large", on_dismiss=_dismiss)(_dialog)(spec, shapes)


def _dialog(spec: RunSpec, shapes: Shapes) -> None:
    summary, config, weights = st.tabs([_("Summary"), _("Config"), _("Weights")], key="inside-tabs", on_change="rerun")
    if summary.open:
        with summary:
            model_tools.summary(spec, shapes)
    if config.open:
        with config:
            model_tools.config(spec, shapes)
    if weights.open:
        with weights:
            is_taken = model_weights.panel()
        if is_taken:
            _dismiss()
            st.rerun()  # a dialog reruns alone after a click, and would stay


def _dismiss() -> None:
    draft.put(_ASKING, False)
