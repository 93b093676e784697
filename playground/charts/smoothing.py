"""Curves made quieter: a moving average."""

import numpy as np
import pandas as pd

FACTOR = 0.9
"""The share of the average before that stays at every point."""


def smoothed(y: np.ndarray, factor: float = FACTOR) -> np.ndarray:
    """The exponential moving average of a curve: ``s[0] = y[0]``, ``s[i] = factor * s[i-1] + (1 - factor) * y[i]``.

    It comes late: an average with a factor of 0.9 looks back over about ten points.

    Args:
        y: values, shape ``(n,)``; where one is no number the average stays what it was.
        factor: the share of the average before, from 0 (nothing changes) to below 1.

    Returns:
        float64, shape ``(n,)``; NaN up to the first number.
    """
    values = np.asarray(y, np.float64)
    numbers = pd.Series(np.where(np.isfinite(values), values, np.nan))
    return numbers.ewm(alpha=1 - factor, adjust=False, ignore_na=True).mean().to_numpy()
