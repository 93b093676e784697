"""A picture that somebody brings, as an image of a dataset: decoded within limits, made of its size and colours."""

import struct
import warnings
import zlib
from collections.abc import Sequence

import numpy as np
from PIL import UnidentifiedImageError

from playground.data import DataError
from playground.data.uploads.image_size import MAX_PIXELS, TooLargeError, size_of
from playground.data.uploads.picture import FORMATS, decoded
from playground.insight.drawing import Frame, framed

MAX_BYTES = 20 * 10**6
_SIDE = 1_024
_UNREADABLE = (
    *(EOFError, IndexError, NotImplementedError, OSError, OverflowError),
    *(SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)
"""What Pillow raises for a file that is damaged: there is no common ancestor of less than all errors."""


def picture(data: bytes, shape: Sequence[int], frame: Frame, *, as_ink: bool) -> tuple[np.ndarray, tuple[int, int]]:
    """The image in the bytes of a file as the dataset has images, and the height and width that it came with.

    Args:
        data: the file.
        shape: of one image: (height, width) or (height, width, channels).
        frame: how the dataset shows its ink.
        as_ink: whether to take what stands out from the paper, cut it out and centre it, as a drawing is.

    Returns:
        float32 of ``shape`` from 0 to 1.

    Raises:
        DataError: it is too large, damaged, no image of the formats that are read, or shows nothing.
    """
    kinds = ", ".join(FORMATS[:-1])
    if len(data) > MAX_BYTES:
        most = f"expected at most {MAX_BYTES // 10**6} MB, received {len(data) / 1e6:,.1f} MB"
        raise DataError(f"The picture is too large: {most}. Save it smaller.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's, of what it can read nevertheless
            size = size_of(data)
            image = decoded(data, _SIDE)
    except TooLargeError as error:
        raise DataError(f"The picture has more than {MAX_PIXELS:,} pixels. Save it smaller.") from error
    except (UnidentifiedImageError, *_UNREADABLE) as error:
        expected = f"expected {kinds} or {FORMATS[-1]}"
        raise DataError(f"This file is damaged or no picture that can be read: {expected}. Save it as PNG.") from error
    height, width, *channels = shape
    if as_ink:
        made = framed(_ink(np.asarray(image.convert("L"), np.float32) / 255), height, width, frame)
        return (np.repeat(made[..., np.newaxis], channels[0], axis=2) if channels else made), size
    small = image.convert("RGB" if channels and channels[0] == 3 else "L").resize((width, height))
    values = np.asarray(small, np.float32) / 255
    if not channels or values.ndim == 3:
        return values, size
    return np.repeat(values[..., np.newaxis], channels[0], axis=2), size


def _ink(grey: np.ndarray) -> np.ndarray:
    """What stands out from the paper, from 0 to 1, whichever of the two is darker."""
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = float(np.median(edge))
    apart = np.abs(grey - paper)
    most = float(np.quantile(apart, 0.995))
    noise = min(0.5 * most, 2 * float(np.quantile(np.abs(edge - paper), 0.9)))
    if most < 0.05:
        return np.zeros_like(grey)
    return np.clip((apart - noise) / (most - noise), 0, 1)
