"""Runs, their append-only events and the requests made to them."""

import dataclasses
import json
import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from playground.frame import dumps
from playground.runs.database import Watch, reading, writing
from playground.runs.event import ENDED, Event, EventKind, Request, State
from playground.runs.listed import listed, moving
from playground.runs.run import Run, apply, fold
from playground.runs.schema import events, labels, listing, requests, runs, states
from playground.specs import RunSpec

# Made once: a run appends and looks for requests ten times a second, and most of what that takes is making statements.
_INSERT = events.insert()
_MOVE = states.update().where(states.c.run_id == sa.bindparam("of"))
_LIST = listing.update().where(listing.c.run_id == sa.bindparam("of"))
_SUMMARY = sa.select(states.c.summary).where(states.c.run_id == sa.bindparam("of"))
_LOCKED_SUMMARY = _SUMMARY.with_for_update()
_ASKED = (
    sa.select(requests)
    .where(requests.c.run_id == sa.bindparam("of"), requests.c.id > sa.bindparam("after"))
    .order_by(requests.c.id)
)
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0 and 1, which read alike


class NotFoundError(LookupError):
    """There is no such run, job or draft."""


class EndedError(RuntimeError):
    """The run has ended, so nothing can be appended."""


class ConflictError(RuntimeError):
    """Somebody else wrote first."""


def new_id(length: int = 12) -> str:
    """A new name of ``length`` letters and digits, 5 random bits each."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


class Journal:
    """The one writer of a run's events, and what it was asked to do.

    A journal remembers where the log stands; an event that somebody else appended in between is a
    :class:`ConflictError`, not a mix of two stories.
    """

    def __init__(self, log: "RunLog", run_id: str, run: Run) -> None:
        self._log = log
        self._run = run
        self._last_request = run.acknowledged or 0
        self._watch: Watch | None = None
        self.run_id = run_id

    @property
    def run(self) -> Run:
        """The run after the last event written here."""
        return self._run

    def append(
        self, kind: EventKind, data: Mapping[str, Any], columns: Mapping[str, np.ndarray] | None = None
    ) -> Event:
        """Append one event and bring the projection up to date, in one transaction.

        Raises:
            EndedError: the run has ended.
            ConflictError: somebody else appended since the last event written here.
            StoreFullError: the disk is full.
        """
        event, self._run = self._log.append(self.run_id, kind, data, columns, after=self._run.seq)
        return event

    def requests(self) -> list[Request]:
        """The requests made since the last call, oldest first."""
        found = self._log.requests(self.run_id, self._last_request)
        if found:
            self._last_request = found[-1].id
        return found

    def changed(self) -> bool:
        """Whether anything at all was written to the store since the last call. Costs microseconds; for one thread."""
        if self._watch is None:
            self._watch = self._log.watch()
        return self._watch.changed()


class RunLog:
    """The runs of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        spec: RunSpec,
        owner: str,
        draft_id: str | None = None,
        run_id: str | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> str:
        """Record a new run of ``spec`` in the state queued; returns its id. Its first event says ``more``, if given."""
        with writing(self._engine) as connection:
            return queued(connection, spec, owner, draft_id, run_id, more=more)

    def append(
        self,
        run_id: str,
        kind: EventKind,
        data: Mapping[str, Any],
        columns: Mapping[str, np.ndarray] | None = None,
        *,
        after: int | None = None,
        only_from: Collection[str] | None = None,
    ) -> tuple[Event, Run]:
        """Append one event; returns it and the run after it.

        Args:
            run_id: the run.
            kind: what happened.
            data: JSON values.
            columns: 1-D arrays.
            after: the position the log must stand at; ``None`` for wherever it is.
            only_from: the states the run must be in; ``None`` for any that is not an end.

        Raises:
            NotFoundError: there is no such run.
            EndedError: the run has ended.
            ConflictError: the log stands elsewhere, or the run is in another state.
        """
        with writing(self._engine) as connection:
            run = locked(connection, run_id)
            if run.state in ENDED:
                raise EndedError(f"Run {run_id} is {run.state}; nothing can be appended")
            if after is not None and run.seq != after:
                raise ConflictError(f"Run {run_id}: expected the last event to be {after}, it is {run.seq}")
            if only_from is not None and run.state not in only_from:
                raise ConflictError(f"Run {run_id} is {run.state}, expected {' or '.join(sorted(only_from))}")
            event = Event(run_id, run.seq + 1, time.time(), kind, data, columns or {})
            run = appended(connection, run, event)
        return event, run

    def journal(self, run_id: str) -> Journal:
        """The writer of ``run_id``, standing at its last event.

        Raises:
            NotFoundError: there is no such run.
        """
        return Journal(self, run_id, self.run(run_id))

    def run(self, run_id: str) -> Run:
        """What the run has come to.

        Raises:
            NotFoundError: there is no such run.
        """
        with reading(self._engine) as connection:
            return _projected(connection, run_id)

    def spec(self, run_id: str) -> RunSpec:
        """What was asked for. Raises NotFoundError."""
        with reading(self._engine) as connection:
            text = connection.execute(sa.select(runs.c.spec).where(runs.c.id == run_id)).scalar()
        if text is None:
            raise NotFoundError(f"There is no run {run_id!r}")
        return RunSpec.from_json(text)

    def find(
        self,
        *,
        states_in: Collection[str] | None = None,
        owner: str | None = None,
        digest: str | None = None,
        draft_id: str | None = None,
        limit: int = 100,
        offset: int = 0,
        oldest_first: bool = False,
        has_binned: bool = True,
    ) -> Sequence[Run]:
        """Runs by the time they were asked for, newest first unless told otherwise, with or without the bin."""
        order = runs.c.created_at.asc() if oldest_first else runs.c.created_at.desc()
        query = sa.select(states.c.summary).join(runs, runs.c.id == states.c.run_id)
        query = query.order_by(order, runs.c.id).limit(limit).offset(offset)
        if states_in is not None:
            query = query.where(states.c.state.in_(list(states_in)))
        if owner is not None:
            query = query.where(runs.c.owner == owner)
        if digest is not None:
            query = query.where(runs.c.digest == digest)
        if draft_id is not None:
            query = query.where(runs.c.draft_id == draft_id)
        if not has_binned:
            query = query.outerjoin(labels, labels.c.run_id == runs.c.id).where(labels.c.binned_at.is_(None))
        with reading(self._engine) as connection:
            return [Run.from_dict(json.loads(text)) for text in connection.execute(query).scalars()]

    def count(self, *, states_in: Collection[str] | None = None, owner: str | None = None) -> int:
        """How many runs there are."""
        query = sa.select(sa.func.count()).select_from(states.join(runs, runs.c.id == states.c.run_id))
        if states_in is not None:
            query = query.where(states.c.state.in_(list(states_in)))
        if owner is not None:
            query = query.where(runs.c.owner == owner)
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def states_of(self, run_ids: Collection[str]) -> dict[str, State]:
        """The state of each run by its id; runs that are gone are left out."""
        query = sa.select(states.c.run_id, states.c.state).where(states.c.run_id.in_(list(run_ids)))
        with reading(self._engine) as connection:
            return {row.run_id: row.state for row in connection.execute(query)}

    def draft_ids(self, run_ids: Collection[str]) -> dict[str, str]:
        """By run, the draft that it was started from; runs without one are left out."""
        query = sa.select(runs.c.id, runs.c.draft_id).where(runs.c.id.in_(list(run_ids)), runs.c.draft_id.is_not(None))
        with reading(self._engine) as connection:
            return {row.id: row.draft_id for row in connection.execute(query)}

    def events(
        self, run_id: str, after: int = -1, limit: int | None = None, *, has_columns: bool = True
    ) -> Sequence[Event]:
        """The events of a run behind position ``after``, in order; without their columns where nobody needs them."""
        names = [column for column in events.c if has_columns or column.name != "columns"]
        query = sa.select(*names, *(() if has_columns else (sa.null().label("columns"),)))
        query = query.where(events.c.run_id == run_id, events.c.seq > after).order_by(events.c.seq)
        with reading(self._engine) as connection:
            return [Event.from_row(row) for row in connection.execute(query.limit(limit))]

    def refold(self, run_id: str) -> Run:
        """The run folded again from all its events, beside the projection, which stays as it is."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no run {run_id!r}")
        epochs = RunSpec.from_json(row.spec).training.epochs
        return fold(Run(row.id, row.name, row.owner, row.digest, epochs, row.created_at), self.events(run_id))

    def delete(self, run_id: str) -> None:
        """Remove a run and all that belongs to it from the store (its folder is the caller's)."""
        with writing(self._engine) as connection:
            # The rows in the order in which append takes them: otherwise each could wait for the other.
            connection.execute(sa.select(states.c.seq).where(states.c.run_id == run_id).with_for_update())
            connection.execute(runs.delete().where(runs.c.id == run_id))

    def ask(self, run_id: str, kind: str, args: Mapping[str, Any] | None = None, owner: str = "local") -> int:
        """Ask a run to do something; returns the request's id, which the answer names. Raises NotFoundError."""
        row = {"run_id": run_id, "kind": kind, "args": dumps(args or {}), "owner": owner, "at": time.time()}
        with writing(self._engine) as connection:
            # One at a time, so that ids become visible in their order: who has read 6 never looks for a late 5.
            locked(connection, run_id)
            result = connection.execute(requests.insert().values(row))
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    def requests(self, run_id: str, after: int = 0, *, but: Collection[str] = ()) -> list[Request]:
        """The requests made to a run behind the id ``after``, oldest first, without those of the kinds in ``but``."""
        query = _ASKED.where(requests.c.kind.not_in(list(but))) if but else _ASKED
        with reading(self._engine) as connection:
            found = connection.execute(query, {"of": run_id, "after": after})
            return [Request(row.id, row.kind, json.loads(row.args), row.at) for row in found]

    def watch(self) -> Watch:
        """A cheap look at whether anything changed. For one thread of one process."""
        return Watch(self._engine)


def queued(
    connection: Connection,
    spec: RunSpec,
    owner: str,
    draft_id: str | None = None,
    run_id: str | None = None,
    later_s: float = 0.0,
    more: Mapping[str, Any] | None = None,
) -> str:
    """Record a new run of ``spec`` in a writing transaction; returns its id.

    Args:
        connection: the transaction.
        spec: what is asked for.
        owner: whose it is.
        draft_id: the draft that it is a run of.
        run_id: its id; a new one by default.
        later_s: seconds behind now that it counts as asked for, which keeps several in order.
        more: what its first event says besides.
    """
    run_id, now = run_id or new_id(), time.time() + later_s
    event = Event(run_id, 0, now, "queued", {"epochs": spec.training.epochs, **(more or {})})
    run = apply(Run(run_id, spec.name, owner, spec.digest, spec.training.epochs, now), event)
    row = {
        "id": run_id,
        "owner": owner,
        "draft_id": draft_id,
        "name": spec.name,
        "digest": spec.digest,
        "spec": spec.to_json(),
        "created_at": now,
    }
    connection.execute(runs.insert().values(row))
    connection.execute(events.insert().values(event.row()))
    connection.execute(states.insert().values(_state_row(run)))
    connection.execute(listing.insert().values(listed(run, spec)))
    return run_id


def appended(connection: Connection, run: Run, event: Event) -> Run:
    """Append ``event`` to the log of ``run``, which the transaction has locked; returns the run after it."""
    run = apply(run, event)
    connection.execute(_INSERT, event.row())
    connection.execute(_MOVE, {"of": run.id, **_state_row(run)})
    connection.execute(_LIST, {"of": run.id, **moving(run)})
    return run


def locked(connection: Connection, run_id: str) -> Run:
    """The run, which nobody else can change before this writing transaction ends.

    SQLite has one writer at a time anyway; PostgreSQL locks the row, and a second writer waits and then reads it anew.

    Raises:
        NotFoundError: there is no such run.
    """
    return _projected(connection, run_id, is_locked=True)


def _projected(connection: Connection, run_id: str, is_locked: bool = False) -> Run:
    query = _LOCKED_SUMMARY if is_locked else _SUMMARY
    text = connection.execute(query, {"of": run_id}).scalar()
    if text is None:
        raise NotFoundError(f"There is no run {run_id!r}")
    return Run.from_dict(json.loads(text))


def _state_row(run: Run) -> dict[str, Any]:
    return {
        "run_id": run.id,
        "seq": run.seq,
        "state": run.state,
        "machine": run.machine,
        "summary": dumps(dataclasses.asdict(run)),
    }
