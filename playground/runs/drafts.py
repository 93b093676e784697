"""Drafts: unfinished specs, under an id that stands in the address bar."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from playground.runs.database import reading, writing
from playground.runs.log import ConflictError, NotFoundError
from playground.runs.schema import draft_edits, drafts, uploads
from playground.specs import RunSpec

_KEPT = 200
"""Edits that can be undone; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft.

    Attributes:
        id: 128 random bits in base 64, as the address has it.
        owner: whose it is.
        name: its spec's name.
        spec: what it is now.
        revision: grows by one with every change.
        run_id: the run that was started from it last.
        created_at, updated_at: seconds since the epoch.
        can_undo, can_redo: whether there is an edit to take back, or to bring back.
    """

    id: str
    owner: str
    name: str
    spec: RunSpec
    revision: int
    run_id: str | None
    created_at: float
    updated_at: float
    can_undo: bool = False
    can_redo: bool = False


class Drafts:
    """The drafts of a store, with the history of each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, spec: RunSpec, owner: str, run_id: str | None = None) -> Draft:
        """A new draft of ``spec`` under a new 128-bit id."""
        now = time.time()
        draft = Draft(secrets.token_urlsafe(16), owner, spec.name, spec, 1, run_id, now, now)
        values = {
            name: getattr(draft, name)
            for name in drafts.c.keys()  # noqa: SIM118  (a column collection is no dict)
            if name not in ("spec", "position")
        }
        with writing(self._engine) as connection:
            connection.execute(drafts.insert().values(**values, spec=spec.to_json(), position=0))
            _remember(connection, draft.id, 0, spec, now)
        return draft

    def draft(self, draft_id: str) -> Draft:
        """One draft. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return _draft(connection, _row(connection, draft_id))

    def find(self, owner: str, limit: int = 100) -> Sequence[Draft]:
        """The drafts of an owner, the one changed last first."""
        query = sa.select(drafts).where(drafts.c.owner == owner).order_by(drafts.c.updated_at.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [_draft(connection, row) for row in connection.execute(query).all()]

    def save(self, draft_id: str, spec: RunSpec, revision: int) -> Draft:
        """Replace the spec of a draft that still stands at ``revision``; what had been undone is forgotten.

        Returns the draft at its next revision, or as it is where ``spec`` changes nothing.

        Raises:
            NotFoundError: there is no such draft.
            ConflictError: somebody else changed it since ``revision``.
        """
        with writing(self._engine) as connection:
            row = _row(connection, draft_id, revision)
            if RunSpec.from_json(row.spec) != spec:
                position = row.position + 1
                forgotten = (draft_edits.c.number >= position) | (draft_edits.c.number < position - _KEPT)
                connection.execute(draft_edits.delete().where(draft_edits.c.draft_id == draft_id, forgotten))
                _remember(connection, draft_id, position, spec, time.time())
                _stand(connection, row, position, spec)
            return _draft(connection, _row(connection, draft_id))

    def undo(self, draft_id: str, revision: int) -> Draft:
        """Take the last edit back; the draft as it is where there is none. Raises as :meth:`save`."""
        return self._move(draft_id, revision, -1)

    def redo(self, draft_id: str, revision: int) -> Draft:
        """Bring the edit back that was undone last; the draft as it is where there is none. Raises as :meth:`save`."""
        return self._move(draft_id, revision, 1)

    def ran(self, draft_id: str, run_id: str) -> None:
        """Remember the run that was started from a draft last; no edit."""
        with writing(self._engine) as connection:
            connection.execute(drafts.update().where(drafts.c.id == draft_id).values(run_id=run_id))

    def delete(self, draft_id: str) -> None:
        """Remove a draft, its history and its claims on files; its runs stay."""
        with writing(self._engine) as connection:
            connection.execute(uploads.delete().where(uploads.c.draft_id == draft_id))
            connection.execute(draft_edits.delete().where(draft_edits.c.draft_id == draft_id))
            connection.execute(drafts.delete().where(drafts.c.id == draft_id))

    def _move(self, draft_id: str, revision: int, by: int) -> Draft:
        with writing(self._engine) as connection:
            row = _row(connection, draft_id, revision)
            position = row.position + by
            at = (draft_edits.c.draft_id == draft_id, draft_edits.c.number == position)
            spec = connection.execute(sa.select(draft_edits.c.spec).where(*at)).scalar_one_or_none()
            if spec is not None:
                _stand(connection, row, position, RunSpec.from_json(spec))
            return _draft(connection, _row(connection, draft_id))


def _remember(connection: Connection, draft_id: str, number: int, spec: RunSpec, at: float) -> None:
    connection.execute(draft_edits.insert().values(draft_id=draft_id, number=number, spec=spec.to_json(), at=at))


def _stand(connection: Connection, row: Any, position: int, spec: RunSpec) -> None:
    changes = {"spec": spec.to_json(), "name": spec.name, "revision": row.revision + 1, "position": position}
    connection.execute(drafts.update().where(drafts.c.id == row.id).values(**changes, updated_at=time.time()))


def _row(connection: Connection, draft_id: str, revision: int | None = None) -> Any:
    query = sa.select(drafts).where(drafts.c.id == draft_id)
    row = connection.execute(query if revision is None else query.with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no draft {draft_id!r}")
    if revision is not None and row.revision != revision:
        raise ConflictError(f"Draft {draft_id!r}: expected revision {revision}, it stands at {row.revision}")
    return row


def _draft(connection: Connection, row: Any) -> Draft:
    ends = sa.select(sa.func.min(draft_edits.c.number), sa.func.max(draft_edits.c.number))
    first, last = connection.execute(ends.where(draft_edits.c.draft_id == row.id)).one()
    values = {name: value for name, value in row._mapping.items() if name != "position"}
    values["spec"] = RunSpec.from_json(row.spec)
    return Draft(**values, can_undo=row.position > first, can_redo=row.position < last)
