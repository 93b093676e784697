"""A process of its own that uses the store named by the environment, for the tests beside it.

``python -m tests.contract.store_process ACTION [NUMBER ...]`` prints ``ready``, waits for a line, then does it.
"""

import os
import select
import sys

import numpy as np

from playground import recipes
from playground.runs import Store, open_store
from playground.settings import settings

SPEC = recipes.recipe("digits-mlp").spec
WIDTH = 500
"""Values in each column of an event."""


def columns(number: int) -> dict[str, np.ndarray]:
    """Columns that tell whether they arrived whole: every value is ``number``."""
    return {"batch/step": np.full(WIDTH, number, np.int64), "batch/loss": np.full(WIDTH, number, np.float32)}


def create() -> None:
    """One new run in a store that may not be there yet."""
    print(open_store(settings()).runs.create(SPEC, "process"))


def write(n_runs: int, n_events: int) -> None:
    """Runs of ``n_events`` events each, all going on at the same time."""
    log = open_store(settings()).runs
    journals = [log.journal(log.create(SPEC, "process")) for _ in range(n_runs)]
    for journal in journals:
        journal.append("started", {"pid": os.getpid()})
    for step in range(2, n_events - 1):
        for journal in journals:
            journal.append("progress", {"step": step}, columns(step))
    for journal in journals:
        journal.append("finished", {})
        print(journal.run_id)


def read() -> None:
    """Look at all runs again and again, each event once, until another line comes; then once more."""
    log = open_store(settings()).runs
    seen: dict[str, int] = {}
    is_over = False
    while not is_over:
        is_over = bool(select.select([sys.stdin], [], [], 0.02)[0])
        for run in log.find(limit=1000):
            for event in log.events(run.id, after=seen.get(run.id, 0) - 1):
                assert event.seq == seen.get(run.id, 0), f"event {event.seq} of {run.id} is out of turn"
                seen[run.id] = event.seq + 1
                for name, values in columns(event.seq).items() if event.kind == "progress" else ():
                    assert np.array_equal(event.columns[name], values), f"event {event.seq} of {run.id} is torn"
    for run_id, n_events in seen.items():
        print(f"{run_id}:{n_events}")


def write_until_killed() -> None:
    """One run that never ends."""
    log = open_store(settings()).runs
    journal = log.journal(log.create(SPEC, "process"))
    print(journal.run_id, flush=True)
    while True:
        journal.append("progress", {"step": journal.run.seq + 1}, columns(journal.run.seq + 1))


def fork(n_events: int) -> None:
    """A parent and its forked child that write at the same time; nothing of the store may be open in between."""
    before = _descriptors()
    store = open_store(settings())
    runs = [store.runs.create(SPEC, "process") for _ in range(2)]
    if _descriptors() != before:
        raise SystemExit(f"left open: {_descriptors() - before}")
    pid = os.fork()
    _append(open_store(settings()), runs[0 if pid else 1], n_events)
    if pid == 0:
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    print(*runs, sep="\n")
    raise SystemExit(os.waitstatus_to_exitcode(status))


def _append(store: Store, run_id: str, n_events: int) -> None:
    journal = store.runs.journal(run_id)
    for step in range(1, n_events):
        journal.append("progress", {"step": step}, columns(step))


def _descriptors() -> set[str]:
    """What the process has open, as Linux names it."""
    folder = "/proc/self/fd"
    return {os.readlink(f"{folder}/{each}") for each in os.listdir(folder) if os.path.lexists(f"{folder}/{each}")}


ACTIONS = {each.__name__: each for each in (create, write, read, write_until_killed, fork)}

if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    ACTIONS[sys.argv[1]](*map(int, sys.argv[2:]))
