"""A window over the Model page for what needs its width: Keras's summary, the configuration, the weights."""

import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.shapes import Shapes
from playground.ui import model_tools, model_weights, window

_KEY = "inside"


def offer() -> None:
    """Draw the button that opens the window."""
    said = _("Summary, configuration and weights, as Keras has them.")
    window.offer(_KEY, _("Look inside"), "frame_inspect", said)


def ask(spec: RunSpec, shapes: Shapes) -> None:
    """Draw the window over the page, once somebody has asked for it."""
    window.ask(_KEY, _("Inside the model"), lambda: _content(spec, shapes))


def _content(spec: RunSpec, shapes: Shapes) -> None:
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
            window.close(_KEY)
            st.rerun()  # a dialog reruns alone after a click, and would stay
