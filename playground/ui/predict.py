"""The page Predict: a network that was trained, asked about input of one's own."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from playground.data import opened
from playground.engine.predict_files import inputs_of
from playground.locale.text import _
from playground.settings import settings
from playground.specs.facts import Facts
from playground.ui import (
    draft,
    job_answer,
    predict_columns,
    predict_image,
    predict_runs,
    predict_series,
    predict_steps,
    predict_text,
    shell,
    stepper,
)
from playground.ui.predict_runs import Chosen

_HEIGHT = 420


def panel() -> None:
    """Draw the choice of the network, and the ways to ask it that fit its inputs."""
    of = draft.current()
    row = shell.heading(_("Predict"), _("Ask a network that you trained about input of your own"))
    stepper.panel(of, "predict")
    chosen = predict_runs.choose(row)
    if chosen is None:
        return
    asking = inputs_of(chosen.spec)
    found = job_answer.answer(asking)
    if found.error:
        job_answer.refused(asking, found.error)
        return
    prepared = opened(chosen.spec.dataset, chosen.spec.seed, settings())
    if found.result is None:
        job_answer.wait(asking, _HEIGHT)
        return
    if prepared is None:
        job_answer.refused(asking, _("The prepared data of this run is not on this server any more."))
        return
    st.fragment(_WAYS[found.result["kind"]])(chosen, prepared.facts, found.result)


_WAYS: dict[str, Callable[[Chosen, Facts, dict[str, Any]], None]] = {
    "columns": predict_columns.panel,
    "image": predict_image.panel,
    "series": predict_series.panel,
    "steps": predict_steps.panel,
    "symbols": predict_text.panel,
    "words": predict_text.panel,
}
"""What draws the ways to ask, by the kind of inputs."""
