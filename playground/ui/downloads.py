"""What can be taken away from a run or a draft: its curves, its code, its settings, its weights."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st

from playground.data import DataError
from playground.export import notebook
from playground.export.sections import file_name
from playground.locale.text import _
from playground.runs.weights import path
from playground.settings import settings
from playground.specs import RunSpec
from playground.ui import about, reader, shell
from playground.ui.reader import View


class _File(NamedTuple):
    """One button: what it says, what the file is called after the name, and how it is made once it is asked for."""

    label: str
    suffix: str
    mime: str
    icon: str
    made: Callable[[], str | bytes]
    name: str = ""
    """What the file is called where that does not depend on the draft's name."""


def panel(view: View) -> None:
    """Draw the button that opens the list of a run's files."""
    run_id = view.run.id
    curves = (
        _File(
            _("Curves (CSV)"),
            "-epochs.csv",
            "text/csv",
            ":material/show_chart:",
            lambda: epochs_csv(reader.read(run_id)),
        ),
        _File(
            _("Curves by batch (CSV)"),
            "-batches.csv",
            "text/csv",
            ":material/stacked_line_chart:",
            lambda: batches_csv(reader.read(run_id)),
        ),
    )
    _listed(view.spec, (*curves, *_of_spec(view.spec), *_weights(view.spec)))


def settings_panel(spec: RunSpec) -> None:
    """Draw the button that opens the list of the files that need no run."""
    _listed(spec, (*_of_spec(spec), *_weights(spec)))


def settings_button(spec: RunSpec) -> None:
    """Draw the button of the settings alone."""
    _button(spec, _of_spec(spec)[-1], "settings-alone")


def epochs_csv(view: View) -> str:
    """Every epoch as a row: ``epoch`` and one column a History name; empty where nothing was measured."""
    return _csv("epoch", {name: (series.x, series.y) for name, series in view.epochs.items()})


def batches_csv(view: View) -> str:
    """Single batches as rows: ``epoch``, with its fraction, and one column a metric."""
    return _csv("epoch", {name: (series.x, series.y) for name, series in view.batches.items()})


def _of_spec(spec: RunSpec) -> tuple[_File, ...]:
    return (
        _File(_("Python script"), ".py", "text/x-python", ":material/code:", lambda: about.code(spec)),
        _File(_("Notebook"), ".ipynb", "application/x-ipynb+json", ":material/menu_book:", lambda: notebook(spec)),
        _File(
            _("Settings (JSON)"),
            ".json",
            "application/json",
            ":material/data_object:",
            lambda: spec.to_json(indent=1),
        ),
    )


def _weights(spec: RunSpec) -> tuple[_File, ...]:
    """The weights that training starts from, under the name by which the code loads them."""
    if spec.model.weights is None or not (file := path(spec.model.weights, settings())).exists():
        return ()
    mime, icon = "application/x-hdf5", ":material/weight:"
    return (_File(_("Weights it starts from"), ".weights.h5", mime, icon, file.read_bytes, file.name),)


def _listed(spec: RunSpec, files: Sequence[_File]) -> None:
    with st.popover(_("Download"), icon=":material/download:"):
        why = _no_code(spec)
        for each in files:
            _button(spec, each, f"download{each.suffix}", is_off=bool(why) and each.suffix in (".py", ".ipynb"))
        if why:
            st.caption(shell.plain(why))
        elif spec.model.weights is not None:
            words = _("The code loads these weights: put both files into one folder.")
            is_gone = not path(spec.model.weights, settings()).exists()
            st.caption(_("The weights that the code loads are not on this server.") if is_gone else words)


def _button(spec: RunSpec, file: _File, key: str, *, is_off: bool = False) -> None:
    st.download_button(
        file.label,
        file.made,
        file.name or f"{file_name(spec.name)}{file.suffix}",
        file.mime,
        key=key,
        icon=file.icon,
        on_click="ignore",
        width="stretch",
        disabled=is_off,
    )


def _no_code(spec: RunSpec) -> str:
    """Why there is no code of ``spec``; empty where there is."""
    try:
        about.code(spec)
    except (DataError, LookupError) as error:
        return str(error)
    return ""


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
