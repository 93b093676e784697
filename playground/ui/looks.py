"""What a run has seen of its model while somebody watched, by the parts of the live view."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.runs import Event

_OVER_TIME = frozenset({"gradients", "histograms", "units"})
"""Parts that are drawn over time; of the others only the newest look is kept."""
_MOST = 300


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One look.

    Attributes:
        step: steps of training that were complete.
        data: JSON values, as the probe wrote them.
        columns: arrays, as the probe wrote them.
    """

    step: int
    data: Mapping[str, Any]
    columns: Mapping[str, np.ndarray]


class Looks:
    """Grows with the events of a run."""

    def __init__(self) -> None:
        self._parts: dict[str, list[Look]] = {}
        self._failed: set[str] = set()

    def add(self, event: Event) -> None:
        """Take an event of the kind ``probe``. What was seen behind its step belongs to steps that were taken back."""
        part = str(event.data.get("part", ""))
        if "error" in event.data:
            self._failed.add(part)
            return
        look = Look(int(event.data.get("step", 0)), event.data, event.columns)
        seen = [each for each in self._parts.get(part, ()) if each.step < look.step] if part in _OVER_TIME else []
        if len(seen) >= _MOST:
            seen = seen[::2]
        self._parts[part] = [*seen, look]

    def found(self) -> dict[str, tuple[Look, ...]]:
        """By part, its looks, oldest first; a part that cannot be looked at has none."""
        return {**{part: tuple(looks) for part, looks in self._parts.items()}, **dict.fromkeys(self._failed, ())}
