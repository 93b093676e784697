"""Runs that go on from a saved state: in the same run where its process died, in a new one where it had ended."""

import dataclasses
import time
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from playground.runs.database import writing
from playground.runs.event import Event
from playground.runs.history import cut, history
from playground.runs.log import ConflictError, appended, locked
from playground.runs.metric import Metric, after_epochs
from playground.runs.run import Run
from playground.runs.schema import requests
from playground.runs.store import Store


def resume(store: Store, run_id: str) -> Run:
    """Queue a run again whose process died, to go on from its newest state; returns the run.

    What it had done after that state is taken back: its curves, its metrics and its place end there. What it was asked
    to do meanwhile is answered by that.

    Raises:
        NotFoundError: there is no such run.
        ConflictError: it did not die, or left no state.
    """
    found = store.runs.run(run_id)
    standing = _standing(store, found) if found.can_resume else {}
    with writing(store.engine) as connection:
        run = locked(connection, run_id)
        if not run.can_resume or run.seq != found.seq:
            raise ConflictError(f"Run {run_id} is {run.state} and has no state to resume from")
        last = connection.execute(sa.select(sa.func.max(requests.c.id)).where(requests.c.run_id == run_id)).scalar()
        data = {"epochs": run.epochs, **standing, "request": last}
        return appended(connection, run, Event(run_id, run.seq + 1, time.time(), "queued", data))


def continued(store: Store, run_id: str) -> Mapping[str, Any]:
    """What the first event of a new run says that goes on from the last state of the run ``run_id``.

    Raises:
        NotFoundError: there is no such run.
        ConflictError: it has not ended, or left no state.
    """
    run = store.runs.run(run_id)
    if not run.can_go_on:
        raise ConflictError(f"Run {run_id} is {run.state} and has no state to go on from")
    return {**_standing(store, run), "from_run": run_id}


def _standing(store: Store, run: Run) -> dict[str, Any]:
    """Where ``run`` stood with its newest state, and its metrics at that moment."""
    metrics: dict[str, Metric] = {}
    for event in history(store.runs, run.id):
        columns = cut(event, run.saved).columns
        if "epoch/epoch" in columns:
            metrics = after_epochs(metrics, columns)
    plain = {name: dataclasses.asdict(metric) for name, metric in metrics.items()}
    return {**run.saved, "saved": dict(run.saved), "metrics": plain}
