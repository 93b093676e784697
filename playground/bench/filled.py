"""A store with many runs that were never trained: copies of a few stories, each with a name and a time of its own."""

import dataclasses
import math
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from playground import recipes
from playground.frame import dumps
from playground.runs import Event, Label, Run, Store, fold, new_id
from playground.runs.database import writing
from playground.runs.listed import listed
from playground.runs.schema import events, listing, runs, states
from playground.specs import RunSpec
from playground.specs.edit import with_value

_RECIPES = ("digits-mlp", "digits-cnn", "spiral", "iris-mlp", "xor")
_ENDS = ("finished", "finished", "finished", "failed", "stopped")
_OPTIMIZERS = ("Adam", "SGD", "RMSprop")
_AT_ONCE = 500
_APART_S = 600.0
_LABELLED = 20

Made = tuple[Run, RunSpec]


def fill(store: Store, owner: str, n_runs: int, n_events: int) -> None:
    """Record ``n_runs`` ended runs of ``n_events`` events each, some of them labelled.

    Their rows are those that the app itself would have written.
    """
    began = time.time() - n_runs * _APART_S
    stories: list[Made] = []
    with writing(store.engine) as connection:
        for number in range(min(n_runs, len(_RECIPES) * len(_OPTIMIZERS))):
            told, spec = _told(n_events, number)
            run = fold(Run(new_id(), spec.name, owner, spec.digest, spec.training.epochs, began), told)
            _insert(connection, [(run, spec)])
            connection.execute(events.insert(), [{**event.row(), "run_id": run.id} for event in told])
            stories.append((run, spec))
    for first in range(0, n_runs, _AT_ONCE):
        with writing(store.engine) as connection:
            some = range(first, min(n_runs, first + _AT_ONCE))
            copies = [_copied(*stories[number % len(stories)], number, began + number * _APART_S) for number in some]
            _insert(connection, copies)
            columns = [column for column in events.c if column.name != "run_id"]
            for number, (run, _) in zip(some, copies, strict=True):
                story = stories[number % len(stories)][0]
                rows = sa.select(sa.literal(run.id), *columns).where(events.c.run_id == story.id)
                connection.execute(events.insert().from_select(["run_id", *(c.name for c in columns)], rows))
        store.labels.change([run.id for run, _ in copies[:_LABELLED]], _labelled)
    for run, _ in stories:
        store.runs.delete(run.id)


def _told(n_events: int, number: int) -> tuple[list[Event], RunSpec]:
    """The events of one run as a run would tell them."""
    spec = recipes.recipe(_RECIPES[number % len(_RECIPES)]).spec
    spec = with_value(spec, "training.optimizer.kind", _OPTIMIZERS[number % len(_OPTIMIZERS)])
    spec = with_value(spec, "training.optimizer.args.learning_rate", 0.001 * (1 + number % 4))
    spec = with_value(spec, "training.epochs", n_events - 3)
    found: list[tuple[Any, dict[str, Any], dict[str, np.ndarray]]] = [
        ("queued", {"epochs": spec.training.epochs}, {}),
        ("started", {"device": "CPU", "machine": "made up", "versions": {}}, {}),
    ]
    for epoch in range(1, n_events - 2):
        fall = math.exp(-epoch / (20 + number))
        values = {"loss": 2 * fall, "val_loss": 2.2 * fall, "accuracy": 1 - fall / 2, "val_accuracy": 0.98 - fall / 2}
        columns = {f"epoch/{name}": np.array([value]) for name, value in {"epoch": epoch, **values}.items()}
        found.append(("progress", {"phase": "training", "epoch": epoch, "seconds": epoch * 0.1}, columns))
    found.append((_ENDS[number % len(_ENDS)], {"error": "Made up.", "reason": "Made up."}, {}))
    at = time.time()
    return [Event("", seq, at, *each) for seq, each in enumerate(found)], spec


def _copied(story: Run, spec: RunSpec, number: int, at: float) -> Made:
    spec = with_value(spec, "name", f"{spec.name} {number + 1}")
    return dataclasses.replace(story, id=new_id(), name=spec.name, created_at=at), spec


def _insert(connection: sa.Connection, made: Sequence[Made]) -> None:
    connection.execute(runs.insert(), [_run_row(run, spec) for run, spec in made])
    connection.execute(states.insert(), [_state_row(run) for run, _ in made])
    connection.execute(listing.insert(), [listed(run, spec) for run, spec in made])


def _run_row(run: Run, spec: RunSpec) -> dict[str, object]:
    kept = {"id": run.id, "owner": run.owner, "draft_id": None, "name": run.name, "digest": run.digest}
    return {**kept, "spec": spec.to_json(), "created_at": run.created_at}


def _state_row(run: Run) -> dict[str, object]:
    summary = dumps(dataclasses.asdict(run))
    return {"run_id": run.id, "seq": run.seq, "state": run.state, "machine": run.machine, "summary": summary}


def _labelled(label: Label) -> Label:
    return dataclasses.replace(label, tags=("baseline", "seen"), note="Copied from a story.", star=True)
