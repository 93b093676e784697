"""Pictures of a dataset for a page: there, on their way, or why they cannot be had."""

import time
from dataclasses import dataclass

import streamlit as st

from playground.data.statistics import Asked, Picture, kept_picture
from playground.engine.errors import EngineError
from playground.engine.pictures import submit_picture
from playground.locale.text import _
from playground.runs import Job
from playground.settings import settings
from playground.ui import draft, engine, job_answer, shell

_TICK_S = 0.3
_AT_ONCE_S = 0.6  # so long the page may wait: most pictures are there by then, and nothing flickers
_ASKED = "statistics.asked"
_KEPT = 16


@dataclass(frozen=True)
class Taken:
    """What there is of a picture.

    Attributes:
        picture: it, once it is there.
        job: the newest job that takes it.
        error: why it cannot be had; empty while it may come.
    """

    picture: Picture | None = None
    job: Job | None = None
    error: str = ""


def taken(asked: Asked) -> Taken:
    """What there is of the picture that is asked for; one that is not there is asked for here."""
    found = _look(asked)
    if found.picture or found.error or engine.client().ping() is None:
        return found
    found = _request(asked, found)
    deadline = time.monotonic() + _AT_ONCE_S
    while not found.picture and not found.error and time.monotonic() < deadline:
        time.sleep(0.02)
        found = _look(asked)
    return found


def wait(asked: Asked, height: int) -> None:
    """Draw a skeleton ``height`` pixels high with the job's progress until there is an answer; then rerun the page."""
    st.fragment(_waiting, run_every=_TICK_S)(asked, height)


def again(asked: Asked) -> None:
    """Ask once more for what failed or was cancelled; a callback."""
    _request(asked, Taken())


def _waiting(asked: Asked, height: int) -> None:
    found = _look(asked)
    if found.picture is None and not found.error and found.job is None and engine.client().ping() is not None:
        found = _request(asked, found)
    if found.picture or found.error:
        st.rerun()
    job_answer.waiting(found.job, height, "cancel-picture")


def refused(asked: Asked, error: str) -> None:
    """Say why there is no picture, and offer to try again."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/info: {shell.plain(error)}")
        st.button(
            _("Try again"),
            key="again-picture",
            icon=":material/refresh:",
            type="tertiary",
            on_click=again,
            args=(asked,),
        )


def _look(asked: Asked) -> Taken:
    picture = kept_picture(asked, settings())
    if picture is not None:
        return Taken(picture)
    job = engine.client().store.jobs.latest("statistics", asked.key)
    if job is None:
        return Taken()
    if job.state == "failed":
        return Taken(job=job, error=job.error or _("It failed."))
    if job.state == "cancelled":
        return Taken(job=job, error=_("It was cancelled."))
    if job.state == "finished":  # perhaps between the two looks above; else it has made room for newer ones
        picture = kept_picture(asked, settings())
        if picture is None and _kept().get(asked.key) == job.id:
            return Taken(job=job, error=_("The picture is not there."))
        return Taken(picture)
    return Taken(job=job)


def _request(asked: Asked, found: Taken) -> Taken:
    """``found``, with a job asked for where there is none that goes on."""
    if found.job is not None and not found.job.is_ended:
        return found
    try:
        job_id = submit_picture(engine.client(), asked)
    except EngineError as error:
        return Taken(error=str(error))
    draft.put(_ASKED, dict([*_kept().items(), (asked.key, job_id)][-_KEPT:]))
    return _look(asked)


def _kept() -> dict[str, str]:
    """The job by the picture that this session asked it for."""
    nothing: dict[str, str] = {}
    return draft.get(_ASKED, nothing)
