"""By what runs can be filtered, sorted and grouped, as expressions of SQL: :data:`FIELDS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from playground.runs.schema import comparison_runs, comparisons, labels, listing, runs

Expression = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a run has one of.

    Attributes:
        expression: its value, for a dialect by name (``sqlite`` or ``postgresql``).
        key: what it is sorted by, in the same way; ``None`` where that is the value.
        path: where the spec says it; empty where it is no setting.
        is_text: whether its values are sorted as words, upper and lower case alike.
        can_group: whether several runs often share a value.
        is_asked: whether it is kept with what was asked for, in the table that is wide.
    """

    expression: Callable[[str], Expression]
    key: Callable[[str], Expression] | None = None
    path: tuple[str, ...] = ()
    is_text: bool = False
    can_group: bool = False
    is_asked: bool = False

    def order(self, dialect: str) -> Expression:
        """What runs are sorted by."""
        found = (self.key or self.expression)(dialect)
        return sa.func.lower(found) if self.is_text else found


def _column(name: str, *, is_text: bool = False, can_group: bool = False) -> Field:
    return Field(lambda _dialect: listing.c[name], is_text=is_text, can_group=can_group)


def _spec(dialect: str) -> Any:
    # PostgreSQL reads text as JSON only where it is told to; SQLite's functions take text as it is.
    return sa.cast(runs.c.spec, sa.JSON) if dialect == "postgresql" else sa.type_coerce(runs.c.spec, sa.JSON)


def _word(*path: str) -> Field:
    def expression(dialect: str) -> Expression:
        return sa.cast(_spec(dialect)[path].as_string(), sa.String)

    return Field(expression, path=path, is_text=True, can_group=True, is_asked=True)


def _number(*path: str) -> Field:
    """A number; a run with a schedule in its place has none to be sorted by."""

    def key(dialect: str) -> Expression:
        if dialect == "postgresql":
            is_number = sa.func.json_typeof(_spec(dialect)[path]) == "number"
        else:
            is_number = sa.func.json_type(runs.c.spec, ".".join(("$", *path))).in_(("integer", "real"))
        return sa.case((is_number, sa.cast(_spec(dialect)[path].as_string(), sa.Float(53))))

    return replace(_word(*path), key=key, is_text=False)


def _comparison(_dialect: str) -> Expression:
    """The newest comparison that the run is part of."""
    of = sa.select(comparison_runs.c.comparison_id).join(comparisons)
    of = of.where(comparison_runs.c.run_id == listing.c.run_id).correlate(listing)
    return of.order_by(comparisons.c.created_at.desc()).limit(1).scalar_subquery()


NAME = sa.func.coalesce(sa.func.nullif(labels.c.name, ""), listing.c.name)
"""What a run is called: as people named it, else as its spec does."""

FIELDS: Mapping[str, Field] = {
    "created_at": _column("created_at"),
    "name": Field(lambda _dialect: NAME, is_text=True, can_group=True),
    "state": _column("state", can_group=True),
    "dataset": _column("dataset", is_text=True, can_group=True),
    "model": _column("model", is_text=True, can_group=True),
    "metric": _column("metric", can_group=True),
    "best": _column("best"),
    "last": _column("last"),
    "best_loss": _column("best_loss"),
    "loss": _column("loss"),
    "epoch": _column("epoch"),
    "seconds": _column("seconds"),
    "parameters": _column("parameters", can_group=True),
    "device": _column("device", can_group=True),
    "optimizer": _word("training", "optimizer", "kind"),
    "learning_rate": _number("training", "optimizer", "args", "learning_rate"),
    "training_loss": _word("training", "loss", "kind"),
    "batch_size": _number("training", "batch_size"),
    "seed": _number("seed"),
    "epochs": _number("training", "epochs"),
    "draft": Field(lambda _dialect: runs.c.draft_id, can_group=True, is_asked=True),
    "comparison": Field(_comparison, can_group=True),
}
"""By id. A setting is compared as text, as the database spells it, and sorted as the number that it is."""

SORTS = tuple(name for name in FIELDS if name not in ("draft", "comparison"))
"""The ids of those that have an order for people."""
