"""One run, in a process of its own."""

import os
import time
from typing import Any

from playground import data
from playground.engine import process
from playground.runs import Artifact, ConflictError, EndedError, open_store
from playground.settings import Settings
from playground.training import session


def main(settings: Settings, args: dict[str, Any]) -> int:
    """Train the run ``args["run_id"]`` in the slot it was given; returns the exit status."""
    store = open_store(settings)
    run_id = args["run_id"]
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
        store.runs.append(run_id, "started", place, only_from={"queued"})
    except (EndedError, ConflictError):
        return 0  # cancelled, or taken by another process, between the fork and now
    journal = store.runs.journal(run_id)
    spec = store.runs.spec(run_id)
    prepared = data.opened(spec.dataset, spec.seed, settings)
    if prepared is None:
        error = "The prepared data was removed before the run could read it. Run it again."
        journal.append("failed", {"error": error, "phase": "preparing"})
        return 1
    folder = settings.run_dir(run_id)
    session.train(spec, prepared, journal, folder, settings, place)
    for path in sorted(folder.glob("*.keras")) + sorted(folder.glob("*.weights.h5")):
        kind = "model" if path.suffix == ".keras" else "weights"
        store.artifacts.save(Artifact(run_id, path.name, kind, path.stat().st_size))
    return 0
