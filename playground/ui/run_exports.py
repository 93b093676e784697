"""A run to take away as one zip: settings, records, and its model in the forms that other programs read."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from playground.engine.asked import Asking
from playground.engine.export_files import FORMS, export_of, export_path
from playground.export.sections import file_name
from playground.export.texts import texts
from playground.locale.text import _, ngettext
from playground.runs.scalars import table
from playground.settings import settings
from playground.ui import downloads, engine, evaluate_choice, ids, job_answer, lab_fields, run_events, shell
from playground.ui.evaluate_choice import WEIGHTS
from playground.ui.reader import View

_FORMS = "forms"
_NO_MODEL = "none"
_FIRST = ("keras",)
_HEIGHT = 180


def panel(view: View) -> None:
    """Draw the choice of what is packed, the button that has it packed, and the zip once it is there."""
    st.markdown(f"### {_('Take it away')}")
    st.caption(
        _(
            "One zip with the settings, the script, the report, every event and every number as CSV and Parquet, and "
            "the model. Each form of the model is read again in a fresh process, and its answers are compared."
        )
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="export-single"):
        downloads.panel(view)
        _scalars(view)
        run_events.panel(view)
    if not view.run.is_ended:
        st.caption(_("The zip can be made as soon as the run has ended."))
        return
    asking = _choose(view)
    found = job_answer.known(asking)
    path = export_path(settings(), view.run.id, asking.key)
    if found.result is not None and path.exists():
        _made(view, found.result, path)
    elif found.job is not None and not found.job.is_ended:
        job_answer.wait(asking, _HEIGHT)
    else:
        if found.error:
            st.warning(shell.plain(found.error), icon=":material/info:")
        st.button(
            _("Make the zip"),
            key="export-make",
            icon=":material/folder_zip:",
            type="primary",
            on_click=job_answer.ask,
            args=(asking,),
        )


def _choose(view: View) -> Asking:
    """Draw the choice of forms and weights; returns what is asked for with them."""
    kept = evaluate_choice.checkpoints(view)
    if not kept:
        st.caption(_("This run has kept no weights, so the zip holds no model."))
        return export_of(view.run.id, view.run.seq, (), "last", texts(view.spec))
    forms = _forms()
    names = {"best": _("Best epoch, {n}"), "last": _("Last epoch, {n}")}
    weights = {which: names[which].format(n=f"{epoch:,}") for which, (epoch, _step) in kept.items()}
    which = lab_fields.part(_("Weights"), weights, WEIGHTS) if forms else next(iter(weights))
    return export_of(view.run.id, view.run.seq, forms, which, texts(view.spec))


def _forms() -> tuple[str, ...]:
    """Draw the forms as switches, which the address lists; returns the chosen ones in their order."""
    st.markdown(f"**{_('The model as')}**")
    words = _words()
    listed = ids.several(_FORMS, (*FORMS, _NO_MODEL)) or list(_FIRST)
    chosen = []
    with st.container(horizontal=True, gap="medium", key="export-forms"):
        for form in FORMS:
            title, why = words[form]
            if st.checkbox(title, form in listed, key=f"export-{form}", help=why, persist_state="session"):
                chosen.append(form)
    ids.show_part(_FORMS, "" if tuple(chosen) == _FIRST else ",".join(chosen) or _NO_MODEL)
    return tuple(chosen)


def _words() -> dict[str, tuple[str, str]]:
    """By form, what it is called and what it is good for."""
    return {
        "keras": (_("Keras (.keras)"), _("Layers and weights in one file, for keras.models.load_model.")),
        "h5": (_("HDF5 (.h5)"), _("The older file of Keras, for programs that read nothing newer.")),
        "saved_model": (_("SavedModel"), _("A folder for TensorFlow and TensorFlow Serving, which needs no Keras.")),
        "weights": (_("Weights and architecture"), _("The weights as HDF5, and the layers as JSON beside them.")),
        "tflite": (_("TensorFlow Lite (.tflite)"), _("For phones and small devices; it answers a row at a time.")),
    }


def _made(view: View, result: dict[str, Any], path: Path) -> None:
    forms = result["forms"]
    with st.container(border=True, gap="small", key="export-made"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.download_button(
                _("Download the zip, {size} MB").format(size=f"{max(0.1, result['size'] / 1e6):,.1f}"),
                path.read_bytes,
                f"{file_name(view.run.name)}-{view.run.id}.zip",
                "application/zip",
                key="export-download",
                icon=":material/download:",
                type="primary",
                on_click="ignore",
            )
            if forms and not any(form["error"] for form in forms):
                n = result["rows"]
                said = ngettext("Read again and asked about {n} row.", "Read again and asked about {n} rows.", n)
                st.caption(f":green[:material/check_circle:] {said.format(n=n)}")
        if forms:
            _checks(forms)


def _checks(forms: list[dict[str, Any]]) -> None:
    words = _words()
    rows = [
        {
            _("Form"): words[form["form"]][0],
            _("In the zip"): _("left out") if form["error"] else ", ".join(form["files"]),
            _("Largest difference"): ""
            if form["error"]
            else f"{form['difference']:.1e}"
            if form["difference"]
            else "0",
            _("Allowed"): f"{form['tolerance']:.1e}",
            _("Written with"): ", ".join(f"{name} {version}" for name, version in form["versions"].items()),
        }
        for form in forms
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="export-checks")
    for form in forms:
        title = words[form["form"]][0]
        if form["error"]:
            st.caption(f":orange[:material/warning:] **{shell.plain(title)}:** {shell.plain(form['error'])}")
        elif form["note"]:
            st.caption(f"**{shell.plain(title)}:** {shell.plain(_(form['note']))}")


def _scalars(view: View) -> None:
    """Draw the button that gives every recorded number of the run as CSV."""
    run_id = view.run.id
    st.download_button(
        _("Every number (CSV)"),
        lambda: table(engine.client().store, [run_id]),
        f"{file_name(view.run.name)}-{run_id}-scalars.csv",
        "text/csv",
        key="export-scalars",
        icon=":material/table:",
        on_click="ignore",
    )
