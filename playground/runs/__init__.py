"""The store: runs as append-only events, requests, labels, comparisons, drafts, jobs, artifacts."""

from playground.runs.artifacts import Artifact
from playground.runs.comparisons import Comparison, Member
from playground.runs.database import StoreError, StoreFullError
from playground.runs.drafts import Draft
from playground.runs.event import ENDED, STATES, Event, EventKind, Request, State
from playground.runs.jobs import Job
from playground.runs.labels import Label
from playground.runs.log import ConflictError, EndedError, Journal, NotFoundError, new_id
from playground.runs.metric import Metric, is_higher_better
from playground.runs.run import Run, fold
from playground.runs.store import Store, open_store
from playground.runs.uploads import Upload

__all__ = [
    "ENDED",
    "STATES",
    "Artifact",
    "Comparison",
    "ConflictError",
    "Draft",
    "EndedError",
    "Event",
    "EventKind",
    "Job",
    "Journal",
    "Label",
    "Member",
    "Metric",
    "NotFoundError",
    "Request",
    "Run",
    "State",
    "Store",
    "StoreError",
    "StoreFullError",
    "Upload",
    "fold",
    "is_higher_better",
    "new_id",
    "open_store",
]
