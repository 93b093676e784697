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
from playground.runs.schema import drafts
from playground.specs import RunSpec


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft; ``revision`` grows by one with every change."""

    id: str
    owner: str
    name: str
    spec: RunSpec
    revision: int
    run_id: str | None
    created_at: float
    updated_at: float


class Drafts:
    """The drafts of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, spec: RunSpec, owner: str, run_id: str | None = None) -> Draft:
        """A new draft of ``spec`` under a new 128-bit id."""
        now = time.time()
        draft = Draft(secrets.token_urlsafe(16), owner, spec.name, spec, 1, run_id, now, now)
        with writing(self._engine) as connection:
            connection.execute(drafts.insert().values(_row(draft)))
        return draft

    def draft(self, draft_id: str) -> Draft:
        """One draft. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return _found(connection, draft_id)

    def find(self, owner: str, limit: int = 100) -> Sequence[Draft]:
        """The drafts of an owner, the one changed last first."""
        query = sa.select(drafts).where(drafts.c.owner == owner).order_by(drafts.c.updated_at.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [_draft(row) for row in connection.execute(query)]

    def save(self, draft_id: str, spec: RunSpec, revision: int, run_id: str | None = None) -> Draft:
        """Replace the spec of a draft that still stands at ``revision``; returns the draft at the next one.

        Raises:
            NotFoundError: there is no such draft.
            ConflictError: somebody else changed it since ``revision``.
        """
        changes: dict[str, Any] = {
            "spec": spec.to_json(),
            "name": spec.name,
            "revision": revision + 1,
            "updated_at": time.time(),
        }
        if run_id is not None:
            changes["run_id"] = run_id
        query = drafts.update().where(drafts.c.id == draft_id, drafts.c.revision == revision).values(changes)
        with writing(self._engine) as connection:
            is_saved = connection.execute(query).rowcount == 1
            draft = _found(connection, draft_id)
        if not is_saved:
            raise ConflictError(f"Draft {draft_id!r}: expected revision {revision}, it stands at {draft.revision}")
        return draft

    def delete(self, draft_id: str) -> None:
        """Remove a draft; its runs stay."""
        with writing(self._engine) as connection:
            connection.execute(drafts.delete().where(drafts.c.id == draft_id))


def _row(draft: Draft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in drafts.c.keys()}  # noqa: SIM118  (a column collection is no dict)
    return {**values, "spec": draft.spec.to_json()}


def _found(connection: Connection, draft_id: str) -> Draft:
    row = connection.execute(sa.select(drafts).where(drafts.c.id == draft_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no draft {draft_id!r}")
    return _draft(row)


def _draft(row: Any) -> Draft:
    return Draft(**{**row._mapping, "spec": RunSpec.from_json(row.spec)})
