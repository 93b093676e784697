"""What one sample of an array is, by its shape and values, and why."""

import numpy as np

from playground.data.errors import DataError
from playground.data.uploads.array_profile import Kind

_CHANNELS = (1, 3)
_LEAST_SIDE = 8
_MOST_SKEW = 4
_BRIGHTEST = 255


def kind_of(x: np.ndarray, name: str) -> tuple[Kind, str]:
    """What the samples of ``x``, of shape (n, *shape), are, and the reason in words.

    Raises:
        DataError: they are neither images nor rows of numbers nor sequences of these.
    """
    shape = x.shape[1:]
    if len(shape) == 1:
        return "vectors", f"each sample is a row of {shape[0]:,} numbers"
    if len(shape) == 2:
        return _flat(x)
    if shape[2] in _CHANNELS:
        return "images", f"each sample has height, width and {shape[2]} channels"
    found = f"{name}: x has samples of shape {shape}"
    if shape[0] in _CHANNELS:
        raise DataError(f"{found}: expected the channels last. Turn it with np.moveaxis(x, 1, -1).")
    raise DataError(
        f"{found}: expected images of (height, width, channels) with 1 or 3 channels. Leave out the others."
    )


def _flat(x: np.ndarray) -> tuple[Kind, str]:
    height, width = x.shape[1:]
    if x.dtype == np.uint8:
        return "images", "each sample has height and width, and its values are bytes, as pixels are"
    low, high = float(x.min()), float(x.max())
    is_square = min(height, width) >= _LEAST_SIDE and max(height, width) <= _MOST_SKEW * min(height, width)
    is_bright = low >= 0 and (high <= 1 or (high <= _BRIGHTEST and bool((x == np.round(x)).all())))
    if is_square and is_bright:
        return "images", f"each sample has height and width, and its values are from {low:g} to {high:g}, as pixels are"
    return "sequences", f"each sample has {height:,} steps of {width:,} numbers, which do not look like pixels"
