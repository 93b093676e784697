"""A sequence of numbers for a network: typed as a table of its steps, or one of its own data."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from playground.locale.text import _
from playground.specs.facts import Facts
from playground.ui import draft, predict_answer, predict_ask
from playground.ui.predict_runs import Chosen

_AT = "predict.steps"
_LETTERS = "abc"


def panel(chosen: Chosen, facts: Facts, inputs: dict[str, Any]) -> None:
    """Draw the steps of a sequence as a table to edit, and what the network answers to it."""
    left, right = st.columns((1, 1.25), gap="large")
    number = draft.get(_AT, 0) % max(1, len(inputs["rows"]))
    steps, width = inputs["shape"]
    row = np.asarray(inputs["rows"][number] if inputs["rows"] else np.zeros((steps, width)), np.float64)
    names = [_("value")] if width == 1 else [f"{_('value')} {letter}" for letter in _LETTERS[:width]]
    with left:
        base = pd.DataFrame(row, columns=names, index=pd.RangeIndex(1, steps + 1, name=_("step")))
        column = st.column_config.NumberColumn(required=True)
        edited = st.data_editor(
            base,
            key=f"predict-steps-{chosen.run.id}-{number}",
            num_rows="fixed",
            column_config=dict.fromkeys(names, column),
        )
        st.button(
            _("One from the data"),
            icon=":material/shuffle:",
            key="predict-steps-another",
            on_click=draft.put,
            args=(_AT, number + 1),
        )
    with right:
        answer = predict_ask.ask(chosen, "predict_steps", {"steps": edited.to_numpy(np.float64).tolist()})
        predict_answer.draw(answer, facts, inputs, "steps")
        if inputs["rows"] and np.array_equal(edited.to_numpy(np.float64), row):
            predict_answer.truth(facts, inputs, number)
