"""What people say about a run: name, tags, note, star, bin."""

import json
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from playground.frame import dumps
from playground.runs.database import reading, writing
from playground.runs.log import locked
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
            found = {row.run_id: _label(row) for row in connection.execute(query)}
        return {run_id: found.get(run_id, Label(run_id)) for run_id in run_ids}

    def save(self, label: Label) -> None:
        """Replace what is said about a run. Raises NotFoundError."""
        values: dict[str, Any] = {
            "run_id": label.run_id,
            "name": label.name,
            "tags": dumps(label.tags),
            "note": label.note,
            "star": label.star,
            "binned_at": label.binned_at,
            "updated_at": time.time(),
        }
        with writing(self._engine) as connection:
            locked(connection, label.run_id)
            connection.execute(labels.delete().where(labels.c.run_id == label.run_id))
            connection.execute(labels.insert().values(values))


def _label(row: Any) -> Label:
    return Label(row.run_id, row.name, tuple(json.loads(row.tags)), row.note, bool(row.star), row.binned_at)
