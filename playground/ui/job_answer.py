"""The answer of a job for a page: there, on its way, or why it cannot be had."""

import time
from dataclasses import dataclass
from typing import Any

import streamlit as st

from playground.engine.asked import Asking
from playground.engine.errors import EngineError
from playground.locale.text import _
from playground.runs import Job
from playground.ui import draft, engine, run_words, shell

_TICK_S = 0.3
_AT_ONCE_S = 0.4  # so long the page may wait: many answers are there by then, and nothing flickers
_REFUSED = "answer.refused"
_TELLING, _TELLING_S = 0.05, 2.0
"""The progress and the seconds of work from which the time that is left can be guessed."""


@dataclass(frozen=True)
class Answer:
    """What there is of an answer.

    Attributes:
        result: it, JSON values, once it is there.
        job: the newest job that computes it.
        error: why it cannot be had; empty while it may come.
    """

    result: Any = None
    job: Job | None = None
    error: str = ""


def known(asking: Asking) -> Answer:
    """What there is of the answer; nothing is asked for."""
    job = engine.client().store.jobs.latest(asking.kind, asking.key)
    refused = draft.get(_REFUSED, {"": ""}).get(asking.key, "")
    if refused and (job is None or job.is_ended):
        return Answer(job=job, error=refused)
    if job is None:
        return Answer()
    if job.state == "failed":
        return Answer(job=job, error=job.error or _("It failed."))
    if job.state == "cancelled":
        return Answer(job=job, error=_("It was cancelled."))
    return Answer(job.result, job)


def answer(asking: Asking) -> Answer:
    """What there is of the answer; one that is not there is asked for here."""
    found = known(asking)
    if found.job is not None or found.error or engine.client().ping() is None:
        return found
    ask(asking)
    deadline = time.monotonic() + _AT_ONCE_S
    found = known(asking)
    while found.result is None and not found.error and time.monotonic() < deadline:
        time.sleep(0.02)
        found = known(asking)
    return found


def ask(asking: Asking) -> None:
    """Have a job compute the answer, also once more after it failed; a callback."""
    try:
        asking.submit(engine.client())
    except EngineError as error:
        draft.put(_REFUSED, {asking.key: str(error)})
        return
    draft.put(_REFUSED, {})


def wait(asking: Asking, height: int) -> None:
    """Draw a skeleton ``height`` pixels high with the job's progress until there is an answer; then rerun the page."""
    st.fragment(_waiting, run_every=_TICK_S)(asking, height)


def refused(asking: Asking, error: str) -> None:
    """Say why there is no answer, and offer to try again."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/info: {shell.plain(error)}")
        st.button(
            _("Try again"),
            key=f"again-{asking.key[:12]}",
            icon=":material/refresh:",
            type="tertiary",
            on_click=ask,
            args=(asking,),
        )


def _waiting(asking: Asking, height: int) -> None:
    found = answer(asking)
    if found.result is not None or found.error:
        st.rerun()
    waiting(found.job, height, f"cancel-{asking.key[:12]}")


def waiting(job: Job | None, height: int, key: str) -> None:
    """Draw how far ``job`` is, with the button ``key`` that cancels it, over a skeleton ``height`` pixels high."""
    if job is not None and job.message:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.progress(job.progress, text=words(job))
            st.button(
                _("Cancel"),
                key=key,
                icon=":material/close:",
                type="tertiary",
                on_click=engine.client().store.jobs.cancel,
                args=(job.id,),
            )
    st.skeleton(height=height)


def words(job: Job) -> str:
    """What a job is busy with, and how long it will go on, where its pace tells."""
    said = _(job.message)
    worked_s = time.time() - job.pid_start if job.pid_start is not None else 0.0
    if worked_s < _TELLING_S or job.progress < _TELLING:
        return said
    left = run_words.duration(worked_s * (1 - job.progress) / job.progress)
    return _("{doing} · {duration} left").format(doing=said, duration=left)
