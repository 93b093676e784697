"""One measured figure."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One benchmark's outcome.

    Attributes:
        name: what ``bench NAME`` calls it.
        ratio: ours divided by other.
        ours: our figure, in ``unit``: the median, or the p95 where ``what`` says so.
        other: what it is held against: a peer measured in the same run, or the bound that was promised.
        low, high: the range of our figure over the repetitions.
        what: what was measured, in words.
    """

    name: str
    ratio: float
    ours: float
    other: float
    unit: str
    low: float
    high: float
    what: str


def against_bound(name: str, samples: Sequence[float], bound: float, unit: str, what: str) -> Result:
    """The median of ``samples`` against a bound."""
    ours = statistics.median(samples)
    return Result(name, ours / bound, ours, bound, unit, min(samples), max(samples), what)


def p95_against_bound(name: str, samples: Sequence[float], bound: float, unit: str, what: str) -> Result:
    """The 95th percentile of ``samples`` (nearest rank) against a bound."""
    ours = sorted(samples)[max(0, -(-95 * len(samples) // 100) - 1)]
    return Result(name, ours / bound, ours, bound, unit, min(samples), max(samples), what)
