"""Who is ahead in a race, and how sure that is: contestants held against each other seed by seed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playground.runs.spread import Spread, spread

SURE = 0.95
_ROUNDED = 1 / math.sqrt(6)
"""The standard deviation of the difference of two values that are rounded to multiples of 1."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One contestant.

    Attributes:
        label: what it is called.
        values: its value in each seed that all have a value in; NaN where it diverged.
        spread: their mean and sample standard deviation; NaN with any NaN among them.
        wins: in how many seeds no other was better.
        behind: how much worse than the first its mean is, 0 or more.
        may_be_best: whether it may be the best; ``None`` where there are too few seeds to tell.
    """

    label: str
    values: tuple[float, ...]
    spread: Spread
    wins: int
    behind: float
    may_be_best: bool | None


def placed(values: Mapping[str, Sequence[float]], *, is_high: bool, grain: float = 0.0) -> list[Placed]:
    """The contestants, the best mean first, those that diverged last.

    A seed decides the split, the first weights and the order of the rows for all at once, so values are compared in
    pairs, seed by seed. One is out where another is better by a paired one-sided t test (Student 1908) at the level
    0.05 / (k - 1), for k contestants: then the one that truly is the best stays in with a probability of 95 % or more,
    although nobody knows beforehand which it is (multiple comparisons with the best; J. C. Hsu, 1984; Bonferroni's
    bound in place of Dunnett's). It assumes that differences between seeds are about normal.

    Args:
        values: by label, one value a seed, in the same order for all.
        is_high: whether high values are good.
        grain: what the values are multiples of, as an accuracy is of 1/n: two that differ by the same in every seed
            are not surer than this rounding allows.
    """
    labels = list(values)
    sign = 1.0 if is_high else -1.0
    n = len(values[labels[0]]) if labels else 0
    table = sign * np.array([values[label] for label in labels], np.float64).reshape(len(labels), n)
    is_there = np.isfinite(table)
    best = np.where(is_there, table, -np.inf).max(0, initial=-np.inf)
    wins = ((table == best) & is_there).sum(1)
    means = np.where(is_there.all(1), table.mean(1) if n else math.nan, math.nan)
    order = sorted(range(len(labels)), key=lambda at: (not math.isfinite(means[at]), -means[at]))
    first = means[order[0]] if order else math.nan
    return [
        Placed(
            labels[at],
            tuple((sign * table[at]).tolist()),
            spread((sign * table[at]).tolist()),
            int(wins[at]),
            float(first - means[at]),
            _may_be_best(table, at, grain),
        )
        for at in order
    ]


def _may_be_best(table: np.ndarray, at: int, grain: float) -> bool | None:
    """Whether none of the other rows of ``table`` is clearly above row ``at``."""
    k, n = table.shape
    if n < 2:
        return None
    if not np.isfinite(table[at]).all():
        return False
    from scipy.special import stdtrit  # 0.1 s, for those who race with several seeds

    bound = float(stdtrit(n - 1, 1 - (1 - SURE) / max(1, k - 1)))
    ahead = np.delete(table, at, axis=0) - table[at]
    ahead = ahead[np.isfinite(ahead).all(1)]
    error = np.maximum(ahead.std(1, ddof=1), grain * _ROUNDED) / math.sqrt(n)
    return not bool((ahead.mean(1) > bound * error).any())
