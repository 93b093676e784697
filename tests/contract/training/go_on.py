"""Goes on with runs of a store in a process of its own: ``python -m tests.contract.training.go_on HOME RUN ...``."""

import sys
from pathlib import Path

from playground import data
from playground.runs import open_store
from playground.settings import Settings
from playground.training import quicker, session

NEVER = dict.fromkeys((False, True), float("inf"))
"""So much has to be left to do before another program is worth its time: on a busy machine, little work takes long."""


def go_on(settings: Settings, run_id: str) -> None:
    """Train the queued run ``run_id`` to its end, from the state in its folder."""
    store = open_store(settings)
    spec = store.runs.spec(run_id)
    prepared = data.prepare(spec.dataset, spec.seed, settings, None)
    store.runs.append(run_id, "started", {"pid": 1, "device": "CPU"})
    folder = settings.run_dir(run_id)
    session.train(spec, prepared, store.runs.journal(run_id), folder, settings, {"device": "CPU"}, is_going_on=True)


if __name__ == "__main__":
    quicker._WORTH_S = NEVER
    for name in sys.argv[2:]:
        go_on(Settings(home=Path(sys.argv[1])), name)
