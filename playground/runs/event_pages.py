"""The events of a run in pages, by kind: for a table that somebody turns over."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from playground.runs.database import reading
from playground.runs.event import KINDS, Event
from playground.runs.schema import events
from playground.runs.store import Store


def counts(store: Store, run_id: str) -> Mapping[str, int]:
    """How many events of each kind the run has, in the order of :data:`playground.runs.event.KINDS`."""
    query = sa.select(events.c.kind, sa.func.count()).where(events.c.run_id == run_id).group_by(events.c.kind)
    with reading(store.engine) as connection:
        found = {kind: int(n) for kind, n in connection.execute(query)}
    return {kind: found[kind] for kind in KINDS if kind in found}


def page(store: Store, run_id: str, kinds: Collection[str], *, limit: int, offset: int = 0) -> Sequence[Event]:
    """Events of these ``kinds``, the newest first, without the arrays of their columns."""
    names = [column for column in events.c if column.name != "columns"]
    query = sa.select(*names, sa.null().label("columns"))
    query = query.where(events.c.run_id == run_id, events.c.kind.in_(list(kinds)))
    query = query.order_by(events.c.seq.desc()).limit(limit).offset(offset)
    with reading(store.engine) as connection:
        return [Event.from_row(row) for row in connection.execute(query)]
