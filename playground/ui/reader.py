"""What happened to a run so far, read once for all who watch it."""

import dataclasses
import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from playground.engine.client import Place
from playground.runs import Event, Request, Run, Store
from playground.runs.event import UNANSWERED
from playground.runs.history import history
from playground.specs import RunSpec
from playground.ui import engine
from playground.ui.looks import Look, Looks
from playground.ui.series import Growing, Series, extend

_MAX_NOTES = 200
_CHANGES = frozenset({"edit", "set", "planned", "speed", "epochs", "refused"})
"""What the answer to a request may say."""


@dataclass(frozen=True, slots=True)
class Note:
    """A turn in a run's life: an event without its columns, or the first of a phase."""

    at: float
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A run at one moment; the same object while nothing happens, so that what is made of it can be kept.

    Attributes:
        run: what it has come to.
        spec: what was asked for.
        epochs: by History name, every epoch.
        batches: by metric, single batches.
        notes: what happened, oldest first.
        asked: requests that no event has answered yet, oldest first.
        place: where it stands in the queue, while it waits.
        parts: what of the live view the run can show.
        looks: by such a part, what was seen while somebody watched it, oldest first; none where it cannot be shown.
        clock: seconds of training after so many steps.
    """

    run: Run
    spec: RunSpec
    epochs: Mapping[str, Series] = field(default_factory=dict)
    batches: Mapping[str, Series] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    asked: tuple[Request, ...] = ()
    place: Place | None = None
    parts: tuple[str, ...] = ()
    looks: Mapping[str, tuple[Look, ...]] = field(default_factory=dict)
    clock: Series = field(default_factory=Series)


class Reader:
    """Follows one run. Safe to share between threads; a look while nobody writes to the store costs microseconds."""

    def __init__(self, store: Store, run_id: str) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._watch = store.runs.watch()
        self._view = View(dataclasses.replace(store.runs.run(run_id), seq=-1), store.runs.spec(run_id))
        self._epochs: dict[str, Growing] = {}
        self._batches: dict[str, Growing] = {}
        self._clock = Growing()
        self._notes: list[Note] = []
        self._phase: str | None = None
        self._steps_per_epoch: int | None = None
        self._from = (0, 0)
        self._parts: tuple[str, ...] = ()
        self._looks = Looks()
        self._read_at = -math.inf

    def read(self, older_s: float = 0.0) -> View:
        """The run as it is now, or as it was at most ``older_s`` seconds ago.

        Raises:
            NotFoundError: it has been deleted.
        """
        with self._lock:
            before, now = self._view, time.monotonic()
            if now - self._read_at < older_s or not self._watch.changed():
                return before
            self._read_at = now
            run = self._store.runs.run(before.run.id)
            if run.seq != before.run.seq:
                for event in self._store.runs.events(run.id, after=before.run.seq):
                    if event.seq <= run.seq:  # what came since the look at the run belongs to the next one
                        self._add(event)
            asked = () if run.is_ended else self._asked(run)
            place = engine.client().place(run.id) if run.state == "queued" else None
            if run.seq != before.run.seq or asked != before.asked or place != before.place:
                self._view = View(
                    run,
                    before.spec,
                    {name: curve.series() for name, curve in self._epochs.items()},
                    {name: curve.series() for name, curve in self._batches.items()},
                    tuple(self._notes),
                    asked,
                    place,
                    self._parts,
                    self._looks.found(),
                    self._clock.series(),
                )
            return self._view

    def _asked(self, run: Run) -> tuple[Request, ...]:
        return tuple(self._store.runs.requests(run.id, run.acknowledged or 0, but=UNANSWERED))

    def _add(self, event: Event) -> None:
        self._count(event)
        self._parts = tuple(event.data.get("parts", self._parts))
        self._note(event)
        if event.kind == "probe":
            self._looks.add(event)
            return
        if event.goes_on:
            self._take_back(event)
        self._draw(event)

    def _take_back(self, event: Event) -> None:
        """Have the curves end where the state was saved that the run goes on from."""
        self._epochs, self._batches, self._clock = {}, {}, Growing()
        self._from = (0, 0)
        for each in history(self._store.runs, event.run_id):
            if each.run_id == event.run_id and each.seq >= event.seq:
                return
            self._count(each)
            self._draw(each)

    def _count(self, event: Event) -> None:
        """From which epoch and step on there are how many batches in an epoch: that may change on the way."""
        self._steps_per_epoch = event.data.get("steps_per_epoch") or self._steps_per_epoch
        for epoch, step in event.data.get("adjusted", {}).get("turns", ())[-1:]:
            self._from = (epoch, step)

    def _draw(self, event: Event) -> None:
        columns = event.columns
        if columns and {"step", "seconds"} <= event.data.keys():
            self._clock.append(np.array([event.data["step"]]), np.array([event.data["seconds"]]))
            self._clock.thin()
        if "epoch/epoch" in columns:
            extend(self._epochs, columns, "epoch/", np.asarray(columns["epoch/epoch"], np.float64), "epoch/epoch")
        if "batch/step" in columns:
            epoch, step = self._from
            x = epoch + (np.asarray(columns["batch/step"], np.float64) - step) / (self._steps_per_epoch or 1)
            extend(self._batches, columns, "batch/", x, "batch/step")

    def _note(self, event: Event) -> None:
        if event.kind == "probe":
            return
        if event.kind == "checkpoint":  # one an epoch; only the newest of each kind is worth telling
            which = event.data.get("which")
            self._notes = [n for n in self._notes if n.kind != "checkpoint" or n.data.get("which") != which]
        if event.kind != "progress":
            self._notes.append(Note(event.at, event.kind, event.data))
        else:
            phase = event.data.get("phase")
            if phase and phase != self._phase:
                self._phase = str(phase)
                self._notes.append(Note(event.at, "phase", {"phase": phase}))
            if "program" in event.data:
                self._notes.append(Note(event.at, "program", event.data))
            if not _CHANGES.isdisjoint(event.data):
                self._notes.append(Note(event.at, "changed", event.data))
            if "batch/step" in event.columns and len(event.columns["batch/step"]) and not self._batches:
                self._notes.append(Note(event.at, "first batch", {}))
        if len(self._notes) > _MAX_NOTES:
            del self._notes[_MAX_NOTES // 2 : -_MAX_NOTES // 2]  # how it began stays


@st.cache_resource(max_entries=64, show_spinner=False)
def _shared(run_id: str, _store: Store) -> Reader:
    return Reader(_store, run_id)


def read(run_id: str, older_s: float = 0.0) -> View:
    """The run ``run_id`` as it is now, from the reader that all its viewers share.

    Args:
        run_id: the run.
        older_s: how many seconds ago it may have been read, so that viewers share what is made of it.

    Raises:
        NotFoundError: there is no such run.
    """
    return _shared(run_id, engine.client().store).read(older_s)
