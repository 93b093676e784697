"""Prepared arrays for a page: there, on their way, or why they cannot be had."""

import time
from dataclasses import dataclass

import streamlit as st

from playground.data import SOURCES, DataError, Prepared, opened, outline
from playground.engine.errors import EngineError
from playground.locale.text import _
from playground.runs import Job
from playground.settings import settings
from playground.specs import DatasetSpec
from playground.ui import draft, engine, job_answer

_TICK_S = 0.3
_AT_ONCE_S = 0.3  # so long the old picture may stand: most sets are prepared by then, and nothing flickers
_HOST_S = 10.0
_ASKED = "data.asked"
_KEPT = 8
_SINCE = "data.since"
_REFUSED = "data.refused"


@dataclass(frozen=True)
class Look:
    """What there is of a dataset spec.

    Attributes:
        dataset, seed: what is asked for.
        prepared: the arrays, once they are there.
        job: the newest job that makes them.
        error: why they cannot be had; empty while they may come.
    """

    dataset: DatasetSpec
    seed: int
    prepared: Prepared | None = None
    job: Job | None = None
    error: str = ""

    @property
    def is_without_file(self) -> bool:
        """Whether the source is read from a file that is not on this server."""
        source = SOURCES.get(self.dataset.source)
        return source is not None and source.stamp is not None and source.stamp(settings()) is None


def look(dataset: DatasetSpec, seed: int) -> Look:
    """What there is of ``dataset``; what is not there is asked for, and waited for no longer than an eye notices."""
    found = _look(dataset, seed)
    if found.prepared or found.error or engine.client().ping() is None:
        return found
    found = _ask(found)
    deadline = time.monotonic() + _AT_ONCE_S
    while not found.prepared and not found.error and time.monotonic() < deadline:
        time.sleep(0.02)
        found = _look(dataset, seed)
    return found


def wait(found: Look, height: int) -> None:
    """Draw a skeleton ``height`` pixels high with the job's progress until there is an answer; then rerun the page."""
    st.fragment(_waiting, run_every=_TICK_S)(found.dataset, found.seed, height)


def again(dataset: DatasetSpec, seed: int) -> None:
    """Ask once more for what failed; a callback."""
    draft.put(_REFUSED, {})
    _request(dataset, seed)


def _waiting(dataset: DatasetSpec, seed: int, height: int) -> None:
    found = _ask(_look(dataset, seed))
    if found.prepared or found.error:
        st.rerun()
    job = found.job
    if job is not None and job.message:
        st.progress(job.progress, text=job_answer.words(job))
    st.skeleton(height=height)


def _look(dataset: DatasetSpec, seed: int) -> Look:
    try:
        outline(dataset)
    except DataError as error:
        return Look(dataset, seed, error=str(error))
    prepared = opened(dataset, seed, settings())
    if prepared is not None:
        return Look(dataset, seed, prepared)
    key = dataset.prepared_key(seed)
    refused = _kept(_REFUSED).get(key, "")
    job = engine.client().store.jobs.latest("prepare", key)
    if job is None or refused:
        return Look(dataset, seed, error=refused)
    if job.state == "failed":
        return Look(dataset, seed, job=job, error=job.error or _("It failed."))
    if job.state == "finished":  # perhaps between the two looks above
        prepared = opened(dataset, seed, settings())
    if prepared is None and job.is_ended and _kept(_ASKED).get(key) == job.id:
        return Look(dataset, seed, job=job, error=_("The prepared arrays are not there."))
    return Look(dataset, seed, prepared, job)


def _ask(found: Look) -> Look:
    """``found``, with a job asked for where there is none that goes on."""
    if found.prepared or found.error or (found.job is not None and not found.job.is_ended):
        return found
    if engine.client().ping() is None:
        # A host is being started in the background; one that does not come is asked for here, to hear why.
        since = draft.get(_SINCE, 0.0) or time.time()
        draft.put(_SINCE, since)
        if time.time() - since < _HOST_S:
            return found
    _request(found.dataset, found.seed)
    return _look(found.dataset, found.seed)


def _request(dataset: DatasetSpec, seed: int) -> None:
    key = dataset.prepared_key(seed)
    try:
        job_id = engine.client().prepare(dataset, seed)
    except EngineError as error:
        draft.put(_REFUSED, {key: str(error)})
        return
    draft.put(_SINCE, 0.0)
    draft.put(_ASKED, dict([*_kept(_ASKED).items(), (key, job_id)][-_KEPT:]))


def _kept(name: str) -> dict[str, str]:
    """Words by the key of what is prepared, as this session knows them."""
    nothing: dict[str, str] = {}
    return draft.get(name, nothing)
