"""Runs as lists show them: searched, filtered, sorted and cut into pages by the database."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from playground.frame import dumps
from playground.runs.database import reading
from playground.runs.event import STATES
from playground.runs.labels import Label, label_of
from playground.runs.listing_fields import FIELDS, NAME
from playground.runs.run import Run
from playground.runs.schema import labels, listing, runs, states

Shelf = Literal["all", "starred", "bin"]

_LONGEST_TEXT = 100
_OF_JSON = '"[]{},'  # tags are kept as JSON, whose punctuation is no part of them
_NOT_LIVE = 2
_LIVE = sa.case((listing.c.state.in_(["running", "paused"]), 0), (listing.c.state == "queued", 1), else_=_NOT_LIVE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs, and in which order.

    Attributes:
        owner: whose; ``None`` for everybody's.
        text: what their name, dataset, layers, tags or note contain; words apart may lie in different ones.
        datasets: by a word of ``text``, ids of datasets that it means too, as they are called on screen.
        shelf: ``all`` but what is in the bin, only what has a star, or only the ``bin``.
        states: any of these states; empty for all.
        tags: all of these tags.
        only: values by id of a field; ``None`` for runs that have none.
        by: the id of the field that they are sorted by.
        is_descending: whether the largest comes first. By ``created_at``, what trains or waits comes before all else.
    """

    owner: str | None
    text: str = ""
    datasets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    shelf: Shelf = "all"
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    only: tuple[tuple[str, str | None], ...] = ()
    by: str = "created_at"
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One run of a list.

    Attributes:
        run: what it has come to.
        label: what people say about it.
        dataset: the id of its dataset.
        model: its layers in one line.
        draft_id: the draft it was started from, which may be gone.
        spec: what was asked for, as JSON values.
    """

    run: Run
    label: Label
    dataset: str
    model: str
    draft_id: str | None
    spec: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the run is called: as people named it, else as its spec does."""
        return self.label.name or self.run.name


@dataclass(frozen=True, slots=True)
class Group:
    """Runs that share a value.

    Attributes:
        value: of the field, as text; ``None`` where they have none.
        n: how many.
        metric: by which they are told apart, where it is the same for all that have one.
        low, high, mean: of the best values of that metric; ``None`` without one.
        newest: when the last one was asked for, seconds since the epoch.
    """

    value: str | None
    n: int
    metric: str | None
    low: float | None
    high: float | None
    mean: float | None
    newest: float


class Listing:
    """The runs of a store, as lists show them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: Wanted, limit: int = 25, offset: int = 0) -> Sequence[Row]:
        """So many of the wanted runs behind the first ``offset``."""
        cut = self._selected(wanted, listing.c.run_id).limit(limit).offset(offset)
        with reading(self._engine) as connection:
            run_ids = list(connection.execute(cut).scalars())
            query = sa.select(states.c.summary, runs.c.spec, runs.c.draft_id, listing, *_LABELS)
            query = query.select_from(_ALL.join(states, states.c.run_id == listing.c.run_id)).join(runs)
            rows = connection.execute(query.where(listing.c.run_id.in_(run_ids)))
            found = {row.run_id: _row(row) for row in rows}
        return [found[run_id] for run_id in run_ids]

    def count(self, wanted: Wanted) -> int:
        """How many the wanted runs are."""
        query = sa.select(sa.func.count()).select_from(self._joined(wanted)).where(*self._conditions(wanted))
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def ids(self, wanted: Wanted, limit: int = 1000) -> Sequence[str]:
        """The ids of the wanted runs in their order."""
        with reading(self._engine) as connection:
            return list(connection.execute(self._selected(wanted, listing.c.run_id).limit(limit)).scalars())

    def states(self, wanted: Wanted) -> dict[str, int]:
        """How many of the wanted runs are in each state, of those that occur, in the order of a run's life."""
        query = sa.select(listing.c.state, sa.func.count().label("n")).select_from(self._joined(wanted))
        query = query.where(*self._conditions(wanted)).group_by(listing.c.state)
        with reading(self._engine) as connection:
            found = {row.state: int(row.n) for row in connection.execute(query)}
        return {state: found[state] for state in STATES if state in found}

    def groups(self, wanted: Wanted, field: str, limit: int = 100) -> Sequence[Group]:
        """The wanted runs by what they have for the field with this id, the largest groups first.

        Raises:
            KeyError: there is no such field.
        """
        value = sa.cast(FIELDS[field].expression(self._dialect), sa.String).label("value")
        query = sa.select(value, *_SHARED).select_from(self._joined(wanted, field))
        query = query.where(*self._conditions(wanted)).group_by(value).order_by(_N.desc(), value).limit(limit)
        with reading(self._engine) as connection:
            return [Group(*_one_metric(row)) for row in connection.execute(query)]

    def by_tag(self, wanted: Wanted, limit: int = 100) -> Sequence[Group]:
        """The wanted runs by tag, the largest groups first; a run with several tags is in as many of them."""
        found: list[Any] = []
        with reading(self._engine) as connection:
            for tag in self.tags(wanted.owner):
                of = replace(wanted, tags=(*wanted.tags, tag))
                query = sa.select(sa.literal(tag).label("value"), *_SHARED).select_from(self._joined(of))
                found += connection.execute(query.where(*self._conditions(of)).having(_N > 0)).all()
        found.sort(key=lambda row: (-row.n, row.value))
        return [Group(*_one_metric(row)) for row in found[:limit]]

    def tags(self, owner: str | None) -> Sequence[str]:
        """All tags of somebody's runs, or of everybody's, in the order of the alphabet."""
        query = sa.select(labels.c.tags).distinct().join(listing, listing.c.run_id == labels.c.run_id)
        query = query.where(labels.c.tags != "[]", *([] if owner is None else [listing.c.owner == owner]))
        with reading(self._engine) as connection:
            return sorted({tag for text in connection.execute(query).scalars() for tag in json.loads(text)})

    @property
    def _dialect(self) -> str:
        return self._engine.dialect.name

    def _selected(self, wanted: Wanted, *columns: Any) -> sa.Select[Any]:
        query = sa.select(*columns).select_from(self._joined(wanted, wanted.by)).where(*self._conditions(wanted))
        key = FIELDS[wanted.by].order(self._dialect)
        order = (key.desc() if wanted.is_descending else key.asc()).nulls_last()
        first = [_LIVE] if wanted.by == "created_at" and wanted.is_descending else []
        return query.order_by(*first, order, listing.c.created_at.desc(), listing.c.run_id)

    def _joined(self, wanted: Wanted, *fields: str) -> sa.FromClause:
        """The tables that are needed; the one with the specs is wide and is read only where it counts."""
        fields = (*fields, *(name for name, _value in wanted.only))
        is_asked = any(FIELDS[name].is_asked for name in fields)
        return _ALL.join(runs, runs.c.id == listing.c.run_id) if is_asked else _ALL

    def _conditions(self, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
        binned = labels.c.binned_at.is_not(None) if wanted.shelf == "bin" else labels.c.binned_at.is_(None)
        found = [binned] if wanted.owner is None else [listing.c.owner == wanted.owner, binned]
        if wanted.shelf == "starred":
            found.append(labels.c.star.is_(True))
        if wanted.states:
            found.append(listing.c.state.in_(wanted.states))
        found += [labels.c.tags.contains(dumps(tag), autoescape=True) for tag in wanted.tags]
        meant = dict(wanted.datasets)
        for word in wanted.text[:_LONGEST_TEXT].split():
            texts = [NAME, listing.c.dataset, listing.c.model, labels.c.note]
            said = [text.icontains(word, autoescape=True) for text in texts]
            if tag := word.strip(_OF_JSON):
                said.append(labels.c.tags.icontains(tag, autoescape=True))
            found.append(sa.or_(*said, listing.c.dataset.in_(meant.get(word, ()))))
        for name, value in wanted.only:
            expression = sa.cast(FIELDS[name].expression(self._dialect), sa.String)
            found.append(expression.is_(None) if value is None else expression == value)
        return found


_ALL = listing.outerjoin(labels, labels.c.run_id == listing.c.run_id)
_N = sa.func.count().label("n")
_SHARED = (
    _N,
    sa.case((sa.func.min(listing.c.metric) == sa.func.max(listing.c.metric), sa.func.min(listing.c.metric))),
    *(function(listing.c.best) for function in (sa.func.min, sa.func.max, sa.func.avg)),
    sa.func.max(listing.c.created_at),
)
"""What a group is asked for, in the order of :class:`Group`."""
_LABELS = [column.label(f"label_{column.name}") for column in labels.c]


def _row(row: Any) -> Row:
    said = {column.name: row._mapping[f"label_{column.name}"] for column in labels.c}
    label = Label(row.run_id) if said["run_id"] is None else label_of(said)
    run = Run.from_dict(json.loads(row.summary))
    return Row(run, label, row.dataset, row.model, row.draft_id, json.loads(row.spec))


def _one_metric(row: Any) -> tuple[Any, ...]:
    value, n, metric, low, high, mean, newest = row
    return (value, int(n), metric, *((low, high, mean) if metric else (None, None, None)), newest)


def setting(spec: Mapping[str, Any], path: Collection[str]) -> Any:
    """What a spec, as JSON values, says at ``path``; ``None`` where it says nothing."""
    found: Any = spec
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
