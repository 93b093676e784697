"""What can be taken away from a run: its curves, its spec, its code."""

import csv
import io
import re

import numpy as np
import streamlit as st

from playground.locale.text import _
from playground.ui import about, reader
from playground.ui.reader import View


def panel(view: View) -> None:
    """Draw the button that opens the list of downloads; each file is made when it is asked for."""
    run_id, name = view.run.id, _file_name(view.spec.name or view.run.id)
    with st.popover(_("Download"), icon=":material/download:"):
        st.download_button(
            _("Curves (CSV)"),
            lambda: epochs_csv(reader.read(run_id)),
            f"{name}-epochs.csv",
            "text/csv",
            icon=":material/show_chart:",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            _("Curves by batch (CSV)"),
            lambda: batches_csv(reader.read(run_id)),
            f"{name}-batches.csv",
            "text/csv",
            icon=":material/stacked_line_chart:",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            _("Python script"),
            lambda: about.code(view.spec),
            f"{name}.py",
            "text/x-python",
            icon=":material/code:",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            _("Settings of this run (JSON)"),
            lambda: view.spec.to_json(indent=1),
            f"{name}.json",
            "application/json",
            icon=":material/data_object:",
            on_click="ignore",
            width="stretch",
        )


def epochs_csv(view: View) -> str:
    """Every epoch as a row: ``epoch`` and one column a History name; empty where nothing was measured."""
    return _csv("epoch", {name: (series.x, series.y) for name, series in view.epochs.items()})


def batches_csv(view: View) -> str:
    """Single batches as rows: ``epoch``, with its fraction, and one column a metric."""
    return _csv("epoch", {name: (series.x, series.y) for name, series in view.batches.items()})


def _csv(axis: str, columns: dict[str, tuple[np.ndarray, np.ndarray]]) -> str:
    """Columns that may stand at different places of the axis, as one table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([axis, *columns])
    places = np.unique(np.concatenate([x for x, _y in columns.values()])) if columns else np.empty(0)
    cells = []
    for x, y in columns.values():
        cell = np.full(len(places), "", dtype=object)
        cell[np.searchsorted(places, x)] = [f"{value:.7g}" for value in y.tolist()]
        cells.append(cell)
    for i, place in enumerate(places.tolist()):
        writer.writerow([f"{place:.7g}", *(cell[i] for cell in cells)])
    return text.getvalue()


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower() or "run"
