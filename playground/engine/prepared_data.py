"""Prepared data that nobody needs any more."""

from playground.data.unused import remove_unused
from playground.runs import ENDED, Store
from playground.runs.event import STATES
from playground.settings import Settings

_GOING = frozenset(STATES) - ENDED


def tidy(store: Store, settings: Settings) -> int:
    """Remove small prepared folders that nobody has used for long, and no run waits for or reads; returns how many."""
    runs = store.runs
    in_use = {runs.spec(run.id).prepared_key for run in runs.find(states_in=_GOING, limit=1000)}
    return remove_unused(settings, in_use)
