"""What people say about a run: name, tags, note, star, bin."""

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from playground.frame import dumps
from playground.runs.database import reading, writing
from playground.runs.log import NotFoundError, locked
from playground.runs.schema import labels


@dataclass(frozen=True, slots=True)
class Label:
    """What people say about one run; ``binned_at`` is when it was put into the bin."""

    run_id: str
    name: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    star: bool = False
    binned_at: float | None = None


class Labels:
    """The labels of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def label(self, run_id: str) -> Label:
        """The label of a run; an empty one where nobody said anything."""
        return self.of([run_id])[run_id]

    def of(self, run_ids: Collection[str]) -> Mapping[str, Label]:
        """The labels of several runs, by run."""
        query = sa.select(labels).where(labels.c.run_id.in_(list(run_ids)))
        with reading(self._engine) as connection:
            found = {row.run_id: label_of(row._mapping) for row in connection.execute(query)}
        return {run_id: found.get(run_id, Label(run_id)) for run_id in run_ids}

    def save(self, label: Label) -> None:
        """Replace what is said about a run. Raises NotFoundError."""
        with writing(self._engine) as connection:
            locked(connection, label.run_id)
            _replace(connection, label)

    def change(self, run_ids: Collection[str], change: Callable[[Label], Label]) -> Sequence[Label]:
        """Say something else about several runs, in one transaction; returns what is said now.

        Args:
            run_ids: the runs; those that are gone are left out.
            change: from what was said about one, as it is in the store, to what is to be said.
        """
        changed = []
        with writing(self._engine) as connection:
            for run_id in sorted(run_ids):  # in one order, so that two who change the same runs cannot wait in a circle
                try:
                    locked(connection, run_id)
                except NotFoundError:
                    continue
                query = sa.select(labels).where(labels.c.run_id == run_id)
                row = connection.execute(query).one_or_none()
                changed.append(change(label_of(row._mapping) if row else Label(run_id)))
                _replace(connection, changed[-1])
        return changed

    def binned(self, before: float | None = None) -> Sequence[str]:
        """The runs in the bin, those put there ``before`` that moment if it is given, the oldest first."""
        query = sa.select(labels.c.run_id).where(labels.c.binned_at.is_not(None)).order_by(labels.c.binned_at)
        if before is not None:
            query = query.where(labels.c.binned_at < before)
        with reading(self._engine) as connection:
            return list(connection.execute(query).scalars())


def _replace(connection: Connection, label: Label) -> None:
    values: dict[str, Any] = {
        "run_id": label.run_id,
        "name": label.name,
        "tags": dumps(label.tags),
        "note": label.note,
        "star": label.star,
        "binned_at": label.binned_at,
        "updated_at": time.time(),
    }
    connection.execute(labels.delete().where(labels.c.run_id == label.run_id))
    connection.execute(labels.insert().values(values))


def label_of(row: Mapping[Any, Any]) -> Label:
    """The label in a row of the table ``labels``, by the names of its columns."""
    tags = tuple(json.loads(row["tags"]))
    return Label(row["run_id"], row["name"], tags, row["note"], bool(row["star"]), row["binned_at"])
