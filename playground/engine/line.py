"""Who holds the places of this machine, who waits for one, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.engine import process, slots
from playground.runs import Run, Store
from playground.runs.estimate import waiting_s
from playground.settings import Settings

_LIVE = frozenset({"running", "paused"})
_START_S = 1.0  # from a free place to the first batch
_MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """The places and the queue at one moment.

    Attributes:
        places: how many runs may train at once here.
        holders: runs that train, the one that began first leading.
        waiting: runs that wait, in order.
        waits_s: for each of them, about how long until it gets a place, ``None`` where nobody can say.
        next_s: the same for a run that would be asked for now.
    """

    places: int
    holders: tuple[Run, ...]
    waiting: tuple[Run, ...]
    waits_s: tuple[float | None, ...]
    next_s: float | None


def line(store: Store, settings: Settings, *, passed_over: str = "") -> Line:
    """The line of this machine.

    Args:
        store: the home's.
        settings: how many runs share a device.
        passed_over: whose runs end as soon as anybody else's is asked for, and so keep nobody waiting.
    """
    here = [run for run in store.runs.find(states_in=_LIVE, limit=_MOST, oldest_first=True) if _is_here(run)]
    holders = tuple(run for run in here if run.owner != passed_over)
    waiting = tuple(store.runs.find(states_in={"queued"}, oldest_first=True, limit=_MOST))
    places = len(slots.slots(settings))
    lefts: list[float | None] = [left_s(run) for run in holders]
    lefts += [0.0] * max(0, places - len(lefts))
    lasts = [lasts_s(store, run) for run in waiting]
    waits = [waiting_s(lefts, lasts[:at]) for at in range(len(waiting) + 1)]
    return Line(places, holders, waiting, tuple(waits[:-1]), waits[-1])


def left_s(run: Run) -> float | None:
    """Seconds that a run which trains still holds its place; ``None`` while it is paused, or nobody knows."""
    return None if run.state == "paused" else run.left_s


def lasts_s(store: Store, run: Run) -> float | None:
    """Seconds that a waiting run will take, from the newest that had the same settings; ``None`` without one."""
    known: Sequence[Run] = store.runs.find(digest=run.digest, states_in={"finished"}, limit=1)
    return known[0].seconds + _START_S if known else None


def _is_here(run: Run) -> bool:
    return run.machine in (None, process.machine())
