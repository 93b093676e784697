"""Holds training to so many epochs a second, for people who want to see how a small network learns."""

import time
from collections.abc import Mapping
from typing import Any

_AT_ONCE_S = 0.05
_LATE_S = 0.2
MOST_EPOCHS_PER_S = 10_000


class Brake:
    """Says how long training is to wait before its next epochs, and how many it may do at once.

    Args:
        epochs_per_s: how many a second; ``None`` for as many as it can.
        epoch: where training stands.
    """

    def __init__(self, epochs_per_s: float | None = None, epoch: int = 0) -> None:
        self.epochs_per_s = epochs_per_s
        self._epoch, self._at = epoch, time.monotonic()

    @property
    def most(self) -> int | None:
        """Epochs to train before it is asked again; ``None`` for as many as one likes."""
        return None if self.epochs_per_s is None else max(1, int(_AT_ONCE_S * self.epochs_per_s))

    def left_s(self, epoch: int) -> float:
        """Seconds until the epoch behind ``epoch`` completed ones may begin; 0 or less for now.

        What was lost while training was paused, or slower than that, is not caught up with.
        """
        if self.epochs_per_s is None:
            return 0.0
        left = self._at + (epoch - self._epoch) / self.epochs_per_s - time.monotonic()
        if left < -_LATE_S:
            self._epoch, self._at = epoch, time.monotonic()
        return left


def epochs_per_s(args: Mapping[str, Any]) -> float | None:
    """Epochs a second that a run is to be held to, as the request ``speed`` asks; ``None`` for no such limit.

    Raises:
        ValueError: it is no such number.
    """
    wanted = args.get("epochs_per_s")
    if wanted is None:
        return None
    if not isinstance(wanted, int | float) or isinstance(wanted, bool) or not 0 < wanted <= MOST_EPOCHS_PER_S:
        raise ValueError(
            f"epochs_per_s: expected up to {MOST_EPOCHS_PER_S:,}, or none for full speed, received {wanted!r}."
        )
    return float(wanted)
