"""Scores of answers that are numbers."""

from typing import NamedTuple

import numpy as np


class ValueScores(NamedTuple):
    """Errors over all values, in the targets' unit.

    Attributes:
        mean_absolute_error: how far off on average.
        root_mean_squared_error: the same with large errors counting more.
        r2_score: the share of the variance that is explained, the mean over the numbers of a target; NaN where the
            targets do not vary.
    """

    mean_absolute_error: float
    root_mean_squared_error: float
    r2_score: float


def value_scores(true: np.ndarray, answered: np.ndarray) -> ValueScores:
    """The scores of ``answered`` (n, ...) against ``true`` of the same shape; NaN of no rows."""
    if not len(true):
        return ValueScores(*[float("nan")] * 3)
    target = np.asarray(true, np.float64).reshape(len(true), -1)
    error = np.asarray(answered, np.float64).reshape(target.shape) - target
    variance = target.var(axis=0)
    explained = 1 - np.mean(error**2, axis=0) / variance if np.all(variance > 0) else np.full(1, np.nan)
    return ValueScores(float(np.abs(error).mean()), float(np.mean(error**2) ** 0.5), float(explained.mean()))
