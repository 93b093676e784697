"""Which points of a long line are drawn: those that keep its shape."""

from collections.abc import Iterable

import numpy as np
import tsdownsample

MAX_POINTS = 1_000
_MAX_GAPS = 100


def downsample(y: np.ndarray, n_out: int = MAX_POINTS, keep: Iterable[int] = ()) -> np.ndarray:
    """Positions of the values of a line that are worth drawing.

    The line is cut into ``n_out / 2`` buckets of equal length; the smallest and the largest value of each stay, and so
    do the first and the last point. NaN and infinity, which leave a gap in the line, stay too, at most 100 of them.

    Args:
        y: the line's values, shape ``(n,)``.
        n_out: about how many points may stay, an even number from 4; a shorter line stays as it is.
        keep: positions that stay whatever their value, such as the best epoch.

    Returns:
        The positions in ascending order, int64, shape ``(m,)`` with ``m`` at most ``n_out + 102`` plus those kept.
    """
    n = len(y)
    if n <= n_out:
        return np.arange(n)
    values = np.ascontiguousarray(y)
    is_finite = np.isfinite(values)
    gaps = np.flatnonzero(~is_finite)
    gaps = gaps[:: len(gaps) // _MAX_GAPS + 1]
    # An infinity would otherwise be the extreme of its bucket and hide the finite one; NaN is left out.
    extremes = tsdownsample.MinMaxDownsampler().downsample(
        values if is_finite.all() else np.where(is_finite, values, np.nan), n_out=n_out
    )
    return np.unique(np.concatenate([extremes.astype(np.int64), gaps, [0, n - 1], np.fromiter(keep, np.int64)]))
