"""Runs that train for somebody who looks at them, once nobody does any more."""

import time
from collections.abc import Iterator

from playground.runs import Run, Store

PLANE = "plane"
"""Who the runs of the page Playground belong to: one for every change that somebody tries, so they are in no list."""
_ALONE_S = 60.0


def abandoned(store: Store) -> Iterator[Run]:
    """The runs of the page Playground that nobody has watched for a minute; each tick of a page says that it does."""
    for run in store.runs.find(states_in={"queued", "running", "paused"}, owner=PLANE):
        asked = [run.created_at, *(request.at for request in store.runs.requests(run.id))]
        if time.time() - max(asked) > _ALONE_S:
            yield run
