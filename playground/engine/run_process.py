"""One run, in a process of its own."""

import os
import time
from typing import Any

from playground import data
from playground.engine import process
from playground.runs import EndedError, open_store
from playground.settings import Settings
from playground.training import session


def main(settings: Settings, args: dict[str, Any]) -> int:
    """Train the run ``args["run_id"]`` in the slot it was given; returns the exit status."""
    store = open_store(settings)
    run_id = args["run_id"]
    journal = store.runs.journal(run_id)
    pid = os.getpid()
    place = {
        "pid": pid,
        "pid_start": process.started_at(pid) or time.time(),
        "machine": process.machine(),
        "device": args["device"],
        "slot": args["slot"],
        "start": args["start"],
        "versions": session.versions(),
    }
    try:
        journal.append("started", place)
    except EndedError:
        return 0  # cancelled between the fork and now
    spec = store.runs.spec(run_id)
    prepared = data.opened(spec.dataset, spec.seed, settings)
    if prepared is None:
        error = "The prepared data was removed before the run could read it. Run it again."
        journal.append("failed", {"error": error, "phase": "preparing"})
        return 1
    session.train(spec, prepared, journal, settings.run_dir(run_id), settings, place)
    return 0
