"""What became of each contestant: trained by jobs, of which those that nobody waits for any more are cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.engine.asked import Asking, regularised_of
from playground.runs import Job
from playground.ui import draft, engine, job_answer
from playground.ui.regularisation_choice import Contestant

_ASKED, _CANCELLED = "regularisation.asked", "regularisation.cancelled"
_KEPT = 64


@dataclass(frozen=True)
class Trained:
    """A contestant, and what there is of its training.

    Attributes:
        of: the contestant.
        result: as :func:`playground.labs.regularisation.fitted` has it; ``None`` while it is not there.
        job: the job that trains it, if there is one.
        error: why there is no result and will be none; empty otherwise.
    """

    of: Contestant
    result: Any = None
    job: Job | None = None
    error: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether its result is still to come."""
        return self.result is None and not self.error

    def curve(self, name: str) -> np.ndarray:
        """Every epoch's value of what Keras calls ``name``, float64 (epochs,)."""
        return np.asarray(self.result["history"][name], np.float64)


def trained(contestants: Sequence[Contestant]) -> list[Trained]:
    """What there is of each, at once; what nobody has asked for yet is asked for."""
    found = []
    askings = [regularised_of(each.spec) for each in contestants]
    _forget_others(askings)
    for each, asking in zip(contestants, askings, strict=True):
        answer = job_answer.known(asking)
        is_dropped = answer.job is not None and answer.job.state == "cancelled" and asking.key not in _cancelled()
        if (answer.job is None and not answer.error) or is_dropped:
            _ask(asking)
            answer = job_answer.known(asking)
        found.append(Trained(each, answer.result, answer.job, answer.error))
    return found


def cancel(contestants: Sequence[Contestant]) -> None:
    """Give up those that are not there yet; a callback."""
    keys = [regularised_of(each.spec).key for each in contestants]
    _give_up(keys)
    draft.put(_CANCELLED, keys)


def again() -> None:
    """Ask once more for what was given up; a callback."""
    draft.put(_CANCELLED, [])


def was_cancelled() -> bool:
    """Whether somebody has given up what is on this page."""
    return bool(_cancelled())


def _ask(asking: Asking) -> None:
    if engine.client().ping() is None:
        engine.client().tend()
        return
    job_answer.ask(asking)
    draft.put(_ASKED, [*_asked()[-_KEPT:], asking.key])


def _forget_others(wanted: Sequence[Asking]) -> None:
    """Cancel what this session has asked for and does not look at any more."""
    keys = {each.key for each in wanted}
    _give_up([key for key in _asked() if key not in keys])
    draft.put(_ASKED, [key for key in _asked() if key in keys])


def _give_up(keys: Sequence[str]) -> None:
    jobs = engine.client().store.jobs
    for key in keys:
        job = jobs.latest("regularised", key)
        if job is not None and not job.is_ended:
            jobs.cancel(job.id)


def _asked() -> list[str]:
    return draft.get(_ASKED, list[str]())


def _cancelled() -> list[str]:
    return draft.get(_CANCELLED, list[str]())
