"""All steps of a run as a table, on the page and as a file."""

import pandas as pd
import streamlit as st

from playground.export.sections import file_name
from playground.locale.text import _
from playground.specs import RunSpec
from playground.ui.by_hand_trace import Trace

_COLUMNS = 12  # weights; of more, the page shows the losses only and the file has the rest


def panel(trace: Trace) -> None:
    """Draw the table: of every step its loss and the weights after it, and how far it moved them."""
    st.markdown(f"### {_('All steps')}")
    moved = abs(trace.path[1:] - trace.path[:-1]).max(axis=1)
    steps = trace.answer["steps"]
    columns: dict[str, object] = {
        _("Step"): [step["step"] for step in steps],
        _("Epoch"): [step["epoch"] for step in steps],
        _("Loss"): trace.losses,
        _("Largest change"): moved,
    }
    if len(trace.names) <= _COLUMNS:
        columns |= {name: trace.path[1:, at] for at, name in enumerate(trace.names)}
    numbers = {name: st.column_config.NumberColumn(format="%.4f") for name in list(columns)[2:]}
    st.dataframe(pd.DataFrame(columns), hide_index=True, height=280, column_config=numbers)


def download(trace: Trace, spec: RunSpec) -> None:
    """Offer all steps with all gradients and weights as a file."""
    st.download_button(
        _("All steps as CSV"),
        trace.csv,
        f"{file_name(spec.name)}-steps.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
