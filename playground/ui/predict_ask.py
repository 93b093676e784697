"""Asking the network of a run about one input, at the workbench; nothing is remembered, for weights may change."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from playground.engine.errors import AnswerError, HostError, SpecError
from playground.ui import engine, lab_answers, shapes, shell
from playground.ui.lab_answers import Answer
from playground.ui.predict_runs import Chosen


def ask(
    chosen: Chosen, question: str, args: Mapping[str, Any], arrays: Mapping[str, np.ndarray] | None = None
) -> Answer:
    """What the network of ``chosen`` answers; never waits for an engine to start.

    Args:
        chosen: the run and which of its weights.
        question: one of ``PREDICT_QUESTIONS``.
        args: JSON values, beside the run.
        arrays: by name.
    """
    client = engine.client()
    if not shapes.is_reachable():
        return Answer(is_starting=True)
    of = {"spec": chosen.spec.model_dump(mode="json"), "run": chosen.run.id, "which": chosen.which}
    try:
        return Answer(*client.ask(question, {**of, **args}, arrays))
    except (HostError, AnswerError, SpecError) as error:
        return Answer(error=str(error))


def missing(answer: Answer) -> None:
    """Say why there is no answer, where there is none."""
    if answer.is_starting:
        lab_answers.missing(answer)
    elif answer.error:
        st.warning(shell.plain(answer.error), icon=":material/info:")
