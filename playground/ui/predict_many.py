"""Many rows for a network: pasted or uploaded, answered by a job, taken away as a table."""

from typing import Any

import pandas as pd
import streamlit as st

from playground.engine.errors import EngineError, SpecError
from playground.engine.predict_files import answers_path, ask_rows
from playground.export.sections import file_name
from playground.locale.text import _, ngettext
from playground.runs import Job, NotFoundError
from playground.settings import settings
from playground.ui import draft, engine, job_answer, lab_csv, shell
from playground.ui.predict_runs import Chosen

_JOB = "predict.job"
_REFUSED = "predict.refused"
_PASTED, _FILE = "predict-pasted", "predict-table"
_KINDS = ["csv", "tsv", "txt", "xlsx", "parquet", "gz"]
_TICK_S = 0.3
_HEIGHT = 340
_PASTE_PX = 150
_LETTERS = 1_000_000


def panel(chosen: Chosen, inputs: dict[str, Any]) -> None:
    """Draw where the rows come from, and the answers to those that came last."""
    left, right = st.columns((1, 1.25), gap="large")
    with left:
        st.file_uploader(
            _("A table (CSV, Excel, Parquet)"), type=_KINDS, key=_FILE, max_upload_size=settings().max_table_mb
        )
        st.text_area(
            _("Or paste rows, the names of the columns above them"),
            key=_PASTED,
            height=_PASTE_PX,
            max_chars=_LETTERS,
            placeholder=",".join(each["name"] for each in inputs["columns"]),
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                _("Answer all rows"),
                type="primary",
                icon=":material/play_arrow:",
                key="predict-all",
                on_click=_start,
                args=(chosen,),
            )
            names = [each["name"] for each in inputs["columns"]]
            lab_csv.offer("example-rows", names, inputs["rows"], _("Example rows (CSV)"))
        if words := draft.get(_REFUSED, ""):
            st.warning(shell.plain(words), icon=":material/info:")
    with right:
        _answers(chosen)


def _start(chosen: Chosen) -> None:
    """Have a job answer the rows; a callback."""
    file, pasted = draft.widget(_FILE), draft.widget(_PASTED)
    draft.put(_REFUSED, "")
    if file is None and not (pasted or "").strip():
        draft.put(_REFUSED, _("There are no rows yet. Upload a table, or paste some rows."))
        return
    name, data = (file.name, file.getvalue()) if file is not None else (_("The pasted rows"), pasted.encode())
    try:
        job_id = ask_rows(engine.client(), chosen.spec, chosen.run.id, chosen.which, name, data)
    except (EngineError, SpecError) as error:
        draft.put(_REFUSED, str(error))
        return
    draft.put(_JOB, job_id)


def _answers(chosen: Chosen) -> None:
    job = _job(chosen)
    if job is None:
        with st.container(border=True):
            st.caption(_("The answers appear here as a table, which can be downloaded."))
    elif not job.is_ended:
        _going(job.id)
    elif job.state != "finished":
        st.warning(shell.plain(job.error or _("It was cancelled.")), icon=":material/info:")
    else:
        _table(chosen, job)


def _going(job_id: str) -> None:
    st.fragment(_waiting, run_every=_TICK_S)(job_id)


def _waiting(job_id: str) -> None:
    job = engine.client().store.jobs.job(job_id)
    if job.is_ended:
        st.rerun()
    job_answer.waiting(job, _HEIGHT, "predict-cancel")


def _job(chosen: Chosen) -> Job | None:
    """The job that answers, or has answered, the rows that came last for this run."""
    job_id = draft.get(_JOB, "")
    if not job_id:
        return None
    try:
        job = engine.client().store.jobs.job(job_id)
    except NotFoundError:
        return None
    return job if job.kind == "predict_rows" and job.args["run"] == chosen.run.id else None


def _table(chosen: Chosen, job: Job) -> None:
    result = job.result
    n, answered = result["rows"], result["answered"]
    said = ngettext("{n} row answered", "{n} rows answered", answered).format(n=f"{answered:,}")
    path = answers_path(settings(), chosen.run.id, job.key)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{said}** :gray[{shell.plain(job.args['name'])}]", width="stretch")
        st.download_button(
            _("Answers (CSV)"),
            path.read_bytes,
            f"{file_name(chosen.spec.name)}-answers.csv",
            "text/csv",
            key="predict-answers",
            icon=":material/download:",
            on_click="ignore",
            disabled=not path.exists(),
        )
    table = pd.DataFrame(result["cells"], columns=result["columns"])
    st.dataframe(table, hide_index=True, height=_HEIGHT, key="predict-many-table", placeholder="–")
    if len(table) < n:
        st.caption(_("The first {shown} of {n} rows; the file has all.").format(shown=len(table), n=f"{n:,}"))
    if n > answered:
        words = ngettext("{n} row has no answer:", "{n} rows have no answer:", n - answered)
        rows = [_("row {row}: {why}").format(row=f"{row:,}", why=why) for row, why in result["faults"][:5]]
        st.warning(shell.plain(" ".join([words.format(n=f"{n - answered:,}"), *rows])), icon=":material/info:")
