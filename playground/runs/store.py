"""The store: everything that outlives a process, behind one object."""

import functools

from sqlalchemy.engine import Engine

from playground.runs.artifacts import Artifacts
from playground.runs.comparisons import Comparisons
from playground.runs.database import connect
from playground.runs.drafts import Drafts
from playground.runs.jobs import Jobs
from playground.runs.labels import Labels
from playground.runs.listing import Listing
from playground.runs.log import RunLog
from playground.runs.uploads import Uploads
from playground.settings import Settings


class Store:
    """One store. Safe to share between threads; every operation is a transaction of its own.

    Attributes:
        runs: runs, events, requests.
        jobs: heavy work that is no run.
        drafts: unfinished specs.
        labels: what people say about runs.
        listing: runs as lists show them, searched, filtered and sorted.
        comparisons: which runs belong side by side.
        artifacts: files of runs.
        uploads: which drafts hold which files that people brought.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.runs = RunLog(engine)
        self.jobs = Jobs(engine)
        self.drafts = Drafts(engine)
        self.labels = Labels(engine)
        self.listing = Listing(engine)
        self.comparisons = Comparisons(engine)
        self.artifacts = Artifacts(engine)
        self.uploads = Uploads(engine)


@functools.lru_cache(maxsize=16)
def open_store(settings: Settings, *, keeps_connections: bool = False) -> Store:
    """The store that ``settings`` name, at the present version; the same object for equal arguments.

    Args:
        settings: whose store.
        keeps_connections: whether connections are used again, as :func:`playground.runs.database.connect` says.

    Raises:
        StoreError: it cannot be opened.
    """
    return Store(connect(settings, keeps_connections=keeps_connections))
