"""How often somebody looked at a run's test part: each look makes it a little less of a test."""

from playground.runs.artifacts import Artifact
from playground.runs.store import Store

_NAME, _KIND = "test-part", "opened"


def opened(store: Store, run_id: str) -> int:
    """How often the test part of a run has been opened."""
    found = (each for each in store.artifacts.find(run_id) if each.name == _NAME)
    return next((int(each.data.get("times", 0)) for each in found), 0)


def open_test(store: Store, run_id: str) -> int:
    """Count one more look at the test part of a run; returns how many there have been. Raises NotFoundError."""
    times = opened(store, run_id) + 1
    store.artifacts.save(Artifact(run_id, _NAME, _KIND, 0, {"times": times}))
    return times
