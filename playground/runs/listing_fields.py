"""By what runs can be filtered, sorted and grouped, as expressions of SQL: :data:`FIELDS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from playground.runs.schema import labels, listing, runs

Expression = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a run has one of.

    Attributes:
        expression: its value, for a dialect by name (``sqlite`` or ``postgresql``).
        path: where the spec says it; empty where it is no setting.
        is_text: whether its values are sorted as words, upper and lower case alike.
        can_group: whether several runs often share a value.
    """

    expression: Callable[[str], Expression]
    path: tuple[str, ...] = ()
    is_text: bool = False
    can_group: bool = False


def _column(name: str, *, is_text: bool = False, can_group: bool = False) -> Field:
    return Field(lambda _dialect: listing.c[name], is_text=is_text, can_group=can_group)


def _setting(*path: str) -> Field:
    def expression(dialect: str) -> Expression:
        # PostgreSQL reads text as JSON only where it is told to; SQLite's functions take text as it is.
        json = sa.cast(runs.c.spec, sa.JSON) if dialect == "postgresql" else sa.type_coerce(runs.c.spec, sa.JSON)
        return sa.cast(json[path].as_string(), sa.String)

    return Field(expression, path, can_group=True)


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
    "optimizer": _setting("training", "optimizer", "kind"),
    "learning_rate": _setting("training", "optimizer", "args", "learning_rate"),
    "training_loss": _setting("training", "loss", "kind"),
    "batch_size": _setting("training", "batch_size"),
    "seed": _setting("seed"),
    "epochs": _setting("training", "epochs"),
}
"""By id. A setting is compared as text, as the database spells it."""
