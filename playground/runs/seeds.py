"""What several seeds of the same settings say: a mean with its interval, and what exceeds their noise."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

LEVEL = 0.95
_ROUNDED = 1 / math.sqrt(6)
"""The standard deviation of the difference of two values that are rounded to multiples of 1."""


class Mean(NamedTuple):
    """The mean of some values and its 95 % interval; its ends are NaN for fewer than two values."""

    mean: float
    low: float
    high: float
    n: int


class Apart(NamedTuple):
    """How far two means lie apart.

    Attributes:
        difference: the first mean less the second.
        low, high: its interval.
        is_paired: whether the two were held against each other seed by seed.
    """

    difference: float
    low: float
    high: float
    is_paired: bool

    @property
    def is_beyond_noise(self) -> bool:
        """Whether the interval leaves out 0: the seeds alone hardly ever make such a difference."""
        return self.low > 0 or self.high < 0


def mean_of(values: Sequence[float]) -> Mean:
    """The mean of ``values`` with Student's interval (1908), which takes them for about normal; NaN with any NaN."""
    n = len(values)
    if not n or not all(map(math.isfinite, values)):
        return Mean(math.nan, math.nan, math.nan, n)
    mean = float(np.mean(values))
    if n < 2:
        return Mean(mean, math.nan, math.nan, n)
    wide = _quantile(n - 1, LEVEL) * float(np.std(values, ddof=1)) / math.sqrt(n)
    return Mean(mean, mean - wide, mean + wide, n)


def apart(a: Mapping[int, float], b: Mapping[int, float], *, rivals: int = 1, grain: float = 0.0) -> Apart | None:
    """How far the means of ``a`` and ``b`` lie apart; ``None`` where there are too few seeds to say how sure that is.

    A seed decides the split, the first weights and the order of the rows: with the same seeds on both sides the values
    are compared in pairs (Student 1908); else the two spreads are taken for themselves (B. L. Welch, 1947).

    Args:
        a, b: by seed, a value.
        rivals: how many such differences are looked at together; the level of each is stricter by that (Bonferroni).
        grain: what the values are multiples of, as an accuracy is of 1/n: nothing is surer than this rounding allows.
    """
    left, right = np.array(list(a.values()), np.float64), np.array(list(b.values()), np.float64)
    if min(len(left), len(right)) < 2 or not (np.isfinite(left).all() and np.isfinite(right).all()):
        return None
    level = 1 - (1 - LEVEL) / max(1, rivals)
    if a.keys() == b.keys():
        pairs = np.array([a[seed] - b[seed] for seed in a])
        error = max(float(pairs.std(ddof=1)), grain * _ROUNDED) / math.sqrt(len(pairs))
        wide = _quantile(len(pairs) - 1, level) * error
        return Apart(float(pairs.mean()), float(pairs.mean() - wide), float(pairs.mean() + wide), True)
    difference = float(left.mean() - right.mean())
    shares = [max(float(each.var(ddof=1)), (grain * _ROUNDED) ** 2 / 2) / len(each) for each in (left, right)]
    total = sum(shares)
    if not total:
        return Apart(difference, difference, difference, False)
    freedom = total**2 / sum(share**2 / (len(each) - 1) for share, each in zip(shares, (left, right), strict=True))
    wide = _quantile(freedom, level) * math.sqrt(total)
    return Apart(difference, difference - wide, difference + wide, False)


def _quantile(freedom: float, level: float) -> float:
    """The quantile of Student's t that leaves out half of ``1 - level`` on either side."""
    from scipy.special import stdtrit  # 0.1 s, for those who compare several seeds

    return float(stdtrit(freedom, (1 + level) / 2))
