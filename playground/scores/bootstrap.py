"""How far chance moves a score: the interval that it would fall into with other rows of the same kind.

BCa intervals of B. Efron, "Better bootstrap confidence intervals" (1987), section 3: scores of resampled rows, with
corrections for their bias and for a spread that changes with the score. The acceleration comes from leaving out groups
of rows instead of single ones, which is as good for many rows and much quicker.
"""

from collections.abc import Callable
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

_LEVEL = 0.95
_RESAMPLES = 1_000
_GROUPS = 100
_AT_ONCE = 2_000_000  # weights held in memory
_NORMAL = NormalDist()

Statistic = Callable[[np.ndarray], np.ndarray]
"""Weights of rows, float64 (k, n), how often each row counts, to a score for each, (k,)."""


class Interval(NamedTuple):
    """A score and the 95 % interval around it; both ends are NaN where there is none."""

    value: float
    low: float
    high: float


def interval(statistic: Statistic, n: int, seed: int = 0) -> Interval:
    """The score of ``n`` rows and the interval that chance gives it.

    Where the score is the same whatever rows are drawn, as with no mistake at all, nothing can be said by drawing.

    Args:
        statistic: the score.
        n: how many rows there are.
        seed: of what is drawn.
    """
    if not n:
        return Interval(*[float("nan")] * 3)
    value = float(statistic(np.ones((1, n)))[0])
    draws = np.random.default_rng(seed)
    drawn = _scores(statistic, n, _RESAMPLES, lambda at: _drawn(draws, len(at), n))
    drawn = np.sort(drawn[np.isfinite(drawn)])
    if not np.isfinite(value) or len(drawn) < _RESAMPLES // 2 or drawn[0] == drawn[-1]:
        return Interval(value, float("nan"), float("nan"))
    below = (np.sum(drawn < value) + np.sum(drawn == value) / 2) / len(drawn)
    bias = _NORMAL.inv_cdf(float(np.clip(below, 1 / len(drawn), 1 - 1 / len(drawn))))
    acceleration = _acceleration(statistic, n, draws)
    ends = []
    for part in ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2):
        shifted = bias + _NORMAL.inv_cdf(part)
        ends.append(_NORMAL.cdf(bias + shifted / (1 - acceleration * shifted)))
    low, high = np.quantile(drawn, ends)
    return Interval(value, float(low), float(high))


def _acceleration(statistic: Statistic, n: int, draws: np.random.Generator) -> float:
    groups = min(_GROUPS, n)
    of = draws.permutation(n) % groups
    found = _scores(statistic, n, groups, lambda at: of != at[:, np.newaxis])
    away = np.nanmean(found) - found[np.isfinite(found)]
    spread = float(np.sum(away**2))
    return float(np.sum(away**3) / (6 * spread**1.5)) if spread > 0 else 0.0


def _drawn(draws: np.random.Generator, k: int, n: int) -> np.ndarray:
    """How often each of ``n`` rows is met in ``n`` draws, ``k`` times over; (k, n)."""
    cells = draws.integers(n, size=(k, n)) + n * np.arange(k)[:, np.newaxis]
    return np.bincount(cells.ravel(), minlength=k * n).reshape(k, n)


def _scores(statistic: Statistic, n: int, k: int, weights: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The scores under the weights that ``weights`` gives for the numbers of ``k`` draws, float64 (k,)."""
    at_once = max(1, _AT_ONCE // n)
    parts = []
    for first in range(0, k, at_once):
        drawn = weights(np.arange(first, min(k, first + at_once)))
        parts.append(np.asarray(statistic(drawn.astype(np.float64)), np.float64))
    return np.concatenate(parts)
