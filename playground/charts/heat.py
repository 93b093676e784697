"""What a network saw in an image, as colours over a pale copy of it."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from playground.charts.grid import signed

_PALE = 0.35
"""Of the contrast of the image that is left under the colours."""


def over(image: np.ndarray, heat: np.ndarray, ground: Sequence[int], px: int) -> np.ndarray:
    """``heat`` over ``image``, blue where it is above zero and orange where it is below, about ``px`` pixels wide.

    Args:
        image: (height, width) or (height, width, channels), any range; dark is what is large, on a light ground.
        heat: (rows, columns): smoothed where there are fewer than pixels of the image.
        ground: red, green and blue of what lies behind.
        px: how wide it is shown.

    Returns:
        uint8 (rows, columns, 3).
    """
    grey = np.asarray(image, np.float64)
    grey = grey.mean(axis=-1) if grey.ndim == 3 else grey
    low, high = float(grey.min(initial=0)), float(grey.max(initial=0))
    share = (grey - low) / ((high - low) or 1.0)
    height, width = grey.shape
    times = max(1, -(-px // width))
    most = float(np.abs(heat).max(initial=0))
    if heat.shape != grey.shape:
        smooth = Image.fromarray(np.asarray(heat, np.float32)).resize(
            (width * times, height * times), Image.Resampling.BILINEAR
        )
        large = np.asarray(smooth, np.float64)
    else:
        large = np.asarray(heat, np.float64).repeat(times, axis=0).repeat(times, axis=1)
    behind = np.asarray(ground, np.float64)
    away = np.where(behind > 127, 0.0, 255.0)
    pale = (behind + _PALE * share[..., None] * (away - behind)).repeat(times, axis=0).repeat(times, axis=1)
    coloured = signed(large, ground, most)
    strength = np.clip(np.abs(large) / (most or 1.0), 0, 1)[..., None]
    return np.round(strength * coloured + (1 - strength) * pale).astype(np.uint8)


def tiles(maps: np.ndarray, ground: Sequence[int], px: int) -> np.ndarray:
    """Each of ``maps`` as a picture, blue above zero and orange below, the same size the same colour in all.

    Args:
        maps: (height, width, n).
        ground: red, green and blue of what lies behind.
        px: how wide each is shown.

    Returns:
        uint8 (n, rows, columns, 4), with sharp squares and a margin that is clear.
    """
    most = float(np.abs(maps).max(initial=0))
    times = max(1, -(-px // maps.shape[1]))
    colours = signed(maps.transpose(2, 0, 1), ground, most).astype(np.uint8)
    large = colours.repeat(times, axis=1).repeat(times, axis=2)
    solid = np.concatenate([large, np.full((*large.shape[:3], 1), 255, np.uint8)], axis=3)
    edge = max(1, large.shape[2] // 20)
    return np.pad(solid, [(0, 0), (edge, edge), (edge, edge), (0, 0)])
