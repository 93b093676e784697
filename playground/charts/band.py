"""The mean of several curves and a band around it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

BandKind = Literal["sd", "range"]


class Band(NamedTuple):
    """A mean curve with its band, each float64 of shape ``(n,)``; NaN where there is none."""

    x: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


def mean_band(curves: Sequence[tuple[np.ndarray, np.ndarray]], kind: BandKind) -> Band:
    """The mean of ``curves`` at every place that one of them has, over those that have it.

    Args:
        curves: ``x`` in ascending order and ``y`` of each; at least one.
        kind: ``"sd"`` for one sample standard deviation to either side, which two curves at least are needed for;
            ``"range"`` for the lowest and the highest.
    """
    x = np.unique(np.concatenate([each for each, _y in curves]))
    values = np.full((len(curves), len(x)), np.nan)
    for row, (places, y) in zip(values, curves, strict=True):
        row[np.searchsorted(x, places)] = y
    is_number = np.isfinite(values)
    n = is_number.sum(0)
    mean = _divided(np.where(is_number, values, 0).sum(0), n)
    if kind == "range":
        low = np.where(is_number, values, np.inf).min(0, initial=np.inf)
        high = np.where(is_number, values, -np.inf).max(0, initial=-np.inf)
        return Band(x, mean, np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan))
    squares = np.where(is_number, values - mean, 0) ** 2
    sd = np.sqrt(_divided(squares.sum(0), n - 1))
    return Band(x, mean, mean - sd, mean + sd)


def _divided(total: np.ndarray, n: np.ndarray) -> np.ndarray:
    return np.divide(total, n, out=np.full(len(total), np.nan), where=n > 0)
