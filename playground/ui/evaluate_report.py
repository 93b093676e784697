"""The report of a run as a file: made by a job once somebody asks for it, then given away."""

import streamlit as st

from playground.engine.asked import Asking, report_of
from playground.export.sections import file_name
from playground.locale.text import _
from playground.runs.artifacts import REPORT
from playground.settings import settings
from playground.ui import job_answer
from playground.ui.reader import View

_HEIGHT = 40


def panel(view: View) -> None:
    """Draw the button that has the report of a run made and, once it is there, the one that gives it away.

    Args:
        view: the run; best one that has ended.
    """
    asking = report_of(view.run.id, view.run.seq)
    answer = job_answer.known(asking)
    st.markdown(f"### {_('Report')}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="report"):
        st.caption(
            _("Settings, curves, scores, baselines and versions in one file to keep, print or hand in."),
            width="stretch",
        )
        path = settings().run_dir(view.run.id) / REPORT
        if answer.result is not None and path.is_file():
            _make(asking, _("Make it again"), ":material/refresh:")
            st.download_button(
                _("Report (HTML)"),
                path.read_bytes,
                f"{file_name(view.spec.name)}-report.html",
                "text/html",
                key="get-report",
                icon=":material/download:",
                on_click="ignore",
            )
        elif answer.job is None or answer.result is not None:
            _make(asking, _("Make the report"), ":material/description:")
    if answer.error:
        job_answer.refused(asking, answer.error)
    elif answer.job is not None and answer.result is None:
        job_answer.wait(asking, _HEIGHT)


def _make(asking: Asking, label: str, icon: str) -> None:
    st.button(label, icon=icon, key="make-report", type="tertiary", on_click=job_answer.ask, args=(asking,))
