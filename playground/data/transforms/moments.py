"""Mean and standard deviation of arrays too large to be copied."""

import numpy as np

_VALUES = 2**20
"""So many values are worked on at a time: 8 MB as float64."""


def mean_and_std(x: np.ndarray, axes: tuple[int, ...] | None) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation in float64, as ``np.mean`` and ``np.std`` have them.

    ``x.std(dtype=np.float64)`` makes a float64 copy of all of ``x``; this works on a few rows at a time.

    Args:
        x: at least one row.
        axes: the first axes, the rows among them; ``None`` for all of them.

    Returns:
        Two arrays with the axes that are left; a standard deviation of 0 becomes 1, so that one can divide by it.
    """
    mean = np.asarray(x.mean(axis=axes, dtype=np.float64))
    squares = np.zeros_like(mean)
    rows = max(1, _VALUES * len(x) // x.size)
    for start in range(0, len(x), rows):
        apart = np.subtract(x[start : start + rows], mean, dtype=np.float64)
        squares += np.square(apart, out=apart).sum(axis=axes)
    std = np.sqrt(squares / (x.size // mean.size))
    return mean, np.where(std == 0, 1.0, std)
