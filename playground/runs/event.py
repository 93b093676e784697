"""What happened to a run: :class:`Event`, its kinds, and which of them end the run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np

from playground.frame import dumps, pack, unpack

EventKind = Literal[
    "queued",
    "started",
    "progress",
    "probe",
    "checkpoint",
    "paused",
    "resumed",
    "finished",
    "stopped",
    "failed",
    "lost",
]
KINDS: tuple[str, ...] = get_args(EventKind)

State = Literal["queued", "running", "paused", "finished", "stopped", "failed", "lost"]
STATES: tuple[str, ...] = get_args(State)
ENDED = frozenset({"finished", "stopped", "failed", "lost"})

STATE_AFTER: Mapping[str, State] = {
    "queued": "queued",
    "started": "running",
    "paused": "paused",
    "resumed": "running",
    "finished": "finished",
    "stopped": "stopped",
    "failed": "failed",
    "lost": "lost",
}
"""The state a run is in after an event of each kind; the others leave it as it is."""


_COUNTED = "counted"

UNANSWERED = frozenset({"watch"})
"""Kinds of requests that no event answers."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a run.

    Attributes:
        run_id: the run.
        seq: position in the run's log, from 0 without gaps.
        at: seconds since the epoch.
        kind: one of :data:`KINDS`.
        data: JSON values.
        columns: 1-D arrays of equal length within each prefix (``batch/...``, ``epoch/...``); NaN is a value.
    """

    run_id: str
    seq: int
    at: float
    kind: EventKind
    data: Mapping[str, Any]
    columns: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def goes_on(self) -> bool:
        """Whether the run is asked for from a state on: what came after that state is taken back."""
        return self.kind == "queued" and "step" in self.data

    def row(self) -> dict[str, Any]:
        """The event as the store keeps it."""
        return {
            "run_id": self.run_id,
            "seq": self.seq,
            "at": self.at,
            "kind": self.kind,
            "data": dumps(self.data),
            "columns": _packed(self.columns) if self.columns else None,
        }

    @classmethod
    def from_row(cls, row: Any) -> "Event":
        """The event in a row of the table ``events``."""
        columns = _unpacked(row.columns) if row.columns else {}
        return cls(row.run_id, row.seq, row.at, row.kind, json.loads(row.data), columns)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked a run to do, ``stop`` or ``pause`` for example, and the arguments."""

    id: int
    kind: str
    args: Mapping[str, Any]
    at: float = 0.0


def _packed(columns: Mapping[str, np.ndarray]) -> bytes:
    """The columns as one frame; of those that count up, as steps do, only from where and how far."""
    counted = [[name, int(values[0]), len(values)] for name, values in columns.items() if _counts_up(values)]
    names = {name for name, *_ in counted}
    rest = {name: values for name, values in columns.items() if name not in names}
    return pack({_COUNTED: counted} if counted else {}, rest)


def _unpacked(data: bytes) -> dict[str, np.ndarray]:
    header, columns = unpack(data)
    counted = {name: np.arange(first, first + n) for name, first, n in header.get(_COUNTED, ())}
    for values in counted.values():
        values.flags.writeable = False
    return {**counted, **columns}


def _counts_up(values: np.ndarray) -> bool:
    return len(values) > 1 and values.dtype == np.int64 and bool((np.diff(values) == 1).all())
