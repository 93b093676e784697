"""Comparisons: runs that were asked for together and are read side by side, under an id for the address bar."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from playground.runs.database import reading, writing
from playground.runs.log import NotFoundError, queued
from playground.runs.schema import comparison_runs, comparisons
from playground.specs import RunSpec

Kind = Literal["variants", "folds", "race"]

_APART_S = 1e-6  # between the times of two members: waiting runs are taken in the order of these


@dataclass(frozen=True, slots=True)
class Member:
    """One run of a comparison, and what it is called there."""

    run_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several runs side by side.

    Attributes:
        id: 128 random bits in base 64, as the address has it.
        owner: whose it is.
        draft_id: the draft that it was started from, which may be gone.
        kind: ``"variants"`` that differ on purpose, the ``"folds"`` of one split, of which the mean counts, or a
            ``"race"``: variants that train in turn, those of one seed together.
        name: what it is called.
        created_at: seconds since the epoch.
        members: its runs in order, without those that have been deleted.
    """

    id: str
    owner: str
    draft_id: str | None
    kind: Kind
    name: str
    created_at: float
    members: tuple[Member, ...] = ()


class Comparisons:
    """The comparisons of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self, kind: Kind, name: str, members: Sequence[tuple[str, RunSpec]], owner: str, draft_id: str | None = None
    ) -> Comparison:
        """Record a queued run of every member, and the comparison that they are; all of it or nothing.

        Args:
            kind: what they have to do with each other.
            name: what the comparison is called.
            members: what each is called, and what is asked for.
            owner: whose they are.
            draft_id: the draft that they are runs of.
        """
        comparison_id, now = secrets.token_urlsafe(16), time.time()
        with writing(self._engine) as connection:
            made = []
            for at, (label, spec) in enumerate(members):
                more = {"race": f"{comparison_id}.{spec.seed}"} if kind == "race" else None
                run_id = queued(connection, spec, owner, draft_id, later_s=at * _APART_S, more=more)
                made.append(Member(run_id, label[:200]))
            found = Comparison(comparison_id, owner, draft_id, kind, name[:200], now, tuple(made))
            row = {column: getattr(found, column) for column in comparisons.c.keys()}  # noqa: SIM118  (no dict)
            connection.execute(comparisons.insert().values(row))
            for position, member in enumerate(made):
                values = {"comparison_id": comparison_id, "position": position}
                values |= {"run_id": member.run_id, "label": member.label}
                connection.execute(comparison_runs.insert().values(values))
        return found

    def comparison(self, comparison_id: str) -> Comparison:
        """One comparison. Raises NotFoundError."""
        query = sa.select(comparisons).where(comparisons.c.id == comparison_id)
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NotFoundError(f"There is no comparison {comparison_id!r}")
            return _comparison(connection, row)

    def find(self, owner: str, *, draft_id: str | None = None, limit: int = 100) -> Sequence[Comparison]:
        """The comparisons of an owner, or of one draft of theirs, the newest first."""
        query = sa.select(comparisons).where(comparisons.c.owner == owner)
        if draft_id is not None:
            query = query.where(comparisons.c.draft_id == draft_id)
        query = query.order_by(comparisons.c.created_at.desc(), comparisons.c.id).limit(limit)
        with reading(self._engine) as connection:
            return [_comparison(connection, row) for row in connection.execute(query).all()]

    def delete(self, comparison_id: str) -> None:
        """Remove a comparison; its runs stay."""
        with writing(self._engine) as connection:
            connection.execute(comparisons.delete().where(comparisons.c.id == comparison_id))


def _comparison(connection: Connection, row: Any) -> Comparison:
    query = sa.select(comparison_runs.c.run_id, comparison_runs.c.label)
    query = query.where(comparison_runs.c.comparison_id == row.id).order_by(comparison_runs.c.position)
    members = tuple(Member(each.run_id, each.label) for each in connection.execute(query))
    return Comparison(**row._mapping, members=members)
