"""When a network came to know each row, and which labels it never came to believe."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

EARLY, LATE, FORGOTTEN, NEVER = "early", "late", "forgotten", "never"
GROUPS = (EARLY, LATE, FORGOTTEN, NEVER)
"""In the order of the numbers in :attr:`Learned.group`."""
_EARLY = 0.25  # of the epochs


class Learned(NamedTuple):
    """How rows were learned.

    Attributes:
        group: of each row, its number among :data:`GROUPS`, int64 (n,).
        since: the epoch from which on it was answered rightly to the end, 0 where it was wrong at the end, int64 (n,).
        lapses: how often a right answer was followed by a wrong one, int64 (n,).
        early: the last epoch that counts as early.
    """

    group: np.ndarray
    since: np.ndarray
    lapses: np.ndarray
    early: int


def learned(right: np.ndarray, epochs: Sequence[int]) -> Learned:
    """How each row was learned, from whether it was answered rightly after some epochs.

    A row is learned early where it is right to the end from the first quarter of the epochs on, late where that comes
    later, forgotten where it was right before but not at the end, else never learned. What is right and then wrong is
    a forgetting event of M. Toneva et al., "An empirical study of example forgetting during deep neural network
    learning" (2019).

    Args:
        right: bool (moments, n).
        epochs: of the moments, rising.
    """
    epochs_ = np.asarray(epochs, np.int64)
    early = max(int(epochs_[0]), int(_EARLY * epochs_[-1]))
    # The moments at the end that are right in a row.
    streak = np.cumprod(right[::-1], axis=0).sum(axis=0)
    is_known = streak > 0
    since = np.where(is_known, epochs_[np.minimum(len(epochs_) - streak, len(epochs_) - 1)], 0)
    never = GROUPS.index(FORGOTTEN) + ~right.any(axis=0)
    group = np.where(is_known, (since > early).astype(np.int64), never)
    lapses = np.sum(right[:-1] & ~right[1:], axis=0)
    return Learned(group, since, lapses, early)


def margins(shares: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """By how much the share of each row's label is above the largest share of another class, float32 (n,).

    Args:
        shares: (n, classes).
        labels: (n,).
    """
    rows = np.arange(len(labels))
    others = shares.copy()
    others[rows, labels] = -np.inf
    found: np.ndarray = shares[rows, labels] - others.max(axis=1)
    return found
