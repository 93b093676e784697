"""Runs of the page Playground: only the newest of those that have ended are kept."""

import shutil

from playground.engine.abandoned import PLANE
from playground.engine.client import Client
from playground.runs import ENDED

_KEPT = 30  # as their pages may be open


def tidy(client: Client) -> None:
    """Remove all but the newest that have ended."""
    for run in client.store.runs.find(states_in=ENDED, owner=PLANE, limit=1000)[_KEPT:]:
        client.store.runs.delete(run.id)
        shutil.rmtree(client.settings.run_dir(run.id), ignore_errors=True)
