"""Steps that change images: their size, their part, their colours, and the scale of each channel."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.transforms.moments import mean_and_std

Shape = tuple[int, ...]
Args = Mapping[str, Any]

_COLOURS = 3
_LUMA = (0.299, 0.587, 0.114)
"""Shares of red, green and blue in the brightness of a pixel, by ITU-R BT.601."""


def keep(x: np.ndarray, args: Args) -> dict[str, Any]:
    """Nothing is measured: the arguments as they are."""
    return dict(args)


def resize(x: np.ndarray, fitted: Args) -> np.ndarray:
    """Images of another size: float32 (n, height, width) or (n, height, width, channels) in and out."""
    from playground.data.uploads.picture import resized  # brings Pillow

    return resized(x, fitted["height"], fitted["width"], fitted["method"])


def resized_shape(shape: Shape, args: Args) -> Shape:
    """The shape of an image of another size. Raises DataError for what is no image."""
    _check("resize", shape)
    return (args["height"], args["width"], *shape[2:])


def crop(x: np.ndarray, fitted: Args) -> np.ndarray:
    """The middle of images, float32 in and out; of an odd rest, the smaller half is above and left."""
    height, width = fitted["height"], fitted["width"]
    top, left = (x.shape[1] - height) // 2, (x.shape[2] - width) // 2
    return x[:, top : top + height, left : left + width]


def cropped_shape(shape: Shape, args: Args) -> Shape:
    """The shape of the middle of an image. Raises DataError for what is no image, or smaller."""
    _check("center_crop", shape)
    height, width = args["height"], args["width"]
    if height > shape[0] or width > shape[1]:
        at_most = f"expected at most {shape[0]} × {shape[1]} pixels, as the images have"
        raise DataError(f"center_crop: {at_most}, received {height} × {width}. Make it smaller, or resize them first.")
    return (height, width, *shape[2:])


def grey(x: np.ndarray, fitted: Args) -> np.ndarray:
    """The brightness of coloured images: float32 (n, height, width, 3) in, (n, height, width, 1) out."""
    return (x @ np.array(_LUMA, np.float32))[..., np.newaxis]


def grey_shape(shape: Shape, args: Args) -> Shape:
    """The shape of a grey image. Raises DataError for what is no image with three channels."""
    if len(shape) != 3 or shape[2] != _COLOURS:
        expected = f"expected images of (height, width, {_COLOURS})"
        raise DataError(f"grey: {expected}, received inputs of shape {shape}. Remove it.")
    return (*shape[:2], 1)


def fit_channels(x: np.ndarray, args: Args) -> dict[str, Any]:
    """Mean and standard deviation of each channel over all pixels of the training images."""
    mean, std = mean_and_std(x, tuple(range(x.ndim - 1)))
    return {"mean": mean.tolist(), "std": std.tolist()}


def channels_shape(shape: Shape, args: Args) -> Shape:
    """The shape as it is. Raises DataError for what has no channels."""
    if len(shape) != 3:
        expected = "expected images of (height, width, channels)"
        raise DataError(
            f"standardise_channels: {expected}, received inputs of shape {shape}. Add a channel axis first."
        )
    return shape


def _check(step: str, shape: Shape) -> None:
    if len(shape) not in (2, 3):
        expected = "expected images of (height, width) or (height, width, channels)"
        raise DataError(f"{step}: {expected}, received inputs of shape {shape}. Remove it.")
