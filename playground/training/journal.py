"""What a run writes to and is asked through; the store's journal is one."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from playground.runs.event import EventKind


class Asked(Protocol):
    """A request: ``stop``, ``pause`` and whatever else :mod:`playground.training.control` knows."""

    @property
    def id(self) -> int:
        """What the answering event names."""

    @property
    def kind(self) -> str:
        """What is asked."""

    @property
    def args(self) -> Mapping[str, Any]:
        """More about it, JSON values: whatever somebody sent."""


class Journal(Protocol):
    """The one writer of a run's events."""

    def append(
        self, kind: EventKind, data: Mapping[str, Any], columns: Mapping[str, np.ndarray] | None = None
    ) -> object:
        """Write one event; it is in the store when this returns."""

    def requests(self) -> Sequence[Asked]:
        """The requests made since the last call, oldest first."""

    def changed(self) -> bool:
        """Whether anything was written to the store since the last call; cheap enough for every 20 ms."""
