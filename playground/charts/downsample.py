"""Which points of a long line are drawn: those that keep its shape."""

from collections.abc import Iterable

import numpy as np
import tsdownsample

MAX_POINTS = 1_000


def downsample(y: np.ndarray, n_out: int = MAX_POINTS, keep: Iterable[int] = ()) -> np.ndarray:
    """Positions of the values of a line that are worth drawing.

    The line is cut into buckets of equal length; the smallest and the largest value of each stay, and so do the first
    and the last point. NaN and infinity, which leave a gap in the line, stay too, at most a tenth of ``n_out`` of them.

    Args:
        y: the line's values, shape ``(n,)``.
        n_out: how many points may stay, from 10; a shorter line stays as it is.
        keep: positions that stay whatever their value, such as the best epoch; at most half of ``n_out``.

    Returns:
        The positions in ascending order, int64, shape ``(m,)`` with ``m`` at most ``n_out``.
    """
    n = len(y)
    if n <= n_out:
        return np.arange(n)
    values = np.ascontiguousarray(y)
    is_finite = np.isfinite(values)
    gaps = np.flatnonzero(~is_finite)
    gaps = gaps[:: len(gaps) // max(1, n_out // 10) + 1]
    stay = np.unique(np.concatenate([gaps, [0, n - 1], np.fromiter(keep, np.int64)]))
    # An infinity would otherwise be the extreme of its bucket and hide the finite one; NaN is left out.
    extremes = tsdownsample.MinMaxDownsampler().downsample(
        values if is_finite.all() else np.where(is_finite, values, np.nan), n_out=(n_out - len(stay)) // 2 * 2
    )
    return np.union1d(stay, extremes.astype(np.int64))
