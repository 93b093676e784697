"""How many steps go into one block, so that a request waits briefly and Python costs little; and how far one may go."""

from typing import NamedTuple

TARGET_S = 0.05


class Allowed(NamedTuple):
    """How far training may go before it asks again: steps, and whole epochs; ``None`` for as far as one likes.

    Attributes:
        steps: batches of this epoch.
        epochs: whole epochs.
        is_by_hand: whether somebody has training go step by step, so that its times say nothing.
    """

    steps: int | None = None
    epochs: int | None = None
    is_by_hand: bool = False


class Pace:
    """Block length in steps: starts at 1, at most doubles, aims at 50 ms.

    Args:
        most: the longest block, in steps.
    """

    def __init__(self, most: int) -> None:
        self._most = max(1, most)
        self.steps = 1

    def took(self, steps: int, seconds: float) -> None:
        """A block of ``steps`` took ``seconds``; the next length follows."""
        fitting = int(steps * TARGET_S / max(seconds, 1e-6))
        self.steps = max(1, min(2 * self.steps, fitting, self._most))
