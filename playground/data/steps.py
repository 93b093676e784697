"""The steps of preparation: each fitted on the training part, then applied to all parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.transforms import image_steps, plane_features
from playground.data.transforms.moments import mean_and_std

Shape = tuple[int, ...]
Fitted = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One kind of step.

    Attributes:
        fit: parameters as JSON, from the training inputs, float32 of shape (n, *input_shape), and the arguments.
        apply: inputs of any part after the step, float32, from those before it and the fitted parameters.
        shape: input shape after the step, from that before it and the arguments; raises DataError where the step does
            not fit.
        largest: the size of the largest value after the step, from that before it and the arguments; ``None`` where
            only the rows know.
        names: names of the columns after the step, from those before it and the arguments; of images there are none.
    """

    fit: Callable[[np.ndarray, Mapping[str, Any]], Fitted]
    apply: Callable[[np.ndarray, Fitted], np.ndarray]
    shape: Callable[[Shape, Mapping[str, Any]], Shape]
    largest: Callable[[float, Mapping[str, Any]], float | None] = lambda largest, args: largest
    names: Callable[[tuple[str, ...], Mapping[str, Any]], tuple[str, ...]] = lambda names, args: names


def _same(shape: Shape, args: Mapping[str, Any]) -> Shape:
    return shape


def _over(x: np.ndarray) -> tuple[int, ...] | None:
    """Axes that a statistic runs over: rows for a table, so that each column has its own; everything for images."""
    return (0,) if x.ndim == 2 else None


def _fit_standardise(x: np.ndarray, args: Mapping[str, Any]) -> Fitted:
    mean, std = mean_and_std(x, _over(x))
    return {"mean": mean.tolist(), "std": std.tolist()}


def _standardise(x: np.ndarray, fitted: Fitted) -> np.ndarray:
    made = x - np.float32(fitted["mean"])
    made /= np.float32(fitted["std"])
    return made


def _fit_min_max(x: np.ndarray, args: Mapping[str, Any]) -> Fitted:
    return {"minimum": x.min(axis=_over(x)).tolist(), "maximum": x.max(axis=_over(x)).tolist()}


def _min_max(x: np.ndarray, fitted: Fitted) -> np.ndarray:
    minimum = np.float32(fitted["minimum"])
    span = np.float32(fitted["maximum"]) - minimum
    return (x - minimum) / np.where(span == 0, np.float32(1), span)


def _fit_scale(x: np.ndarray, args: Mapping[str, Any]) -> Fitted:
    return {"maximum": args["maximum"]}


def _scale(x: np.ndarray, fitted: Fitted) -> np.ndarray:
    return x / np.float32(fitted["maximum"])


def _fit_nothing(x: np.ndarray, args: Mapping[str, Any]) -> Fitted:
    return {}


def _add_channel(x: np.ndarray, fitted: Fitted) -> np.ndarray:
    return x[..., np.newaxis]


def _with_channel(shape: Shape, args: Mapping[str, Any]) -> Shape:
    if len(shape) != 2:
        raise DataError(
            f"add_channel: expected images of (height, width), received inputs of shape {shape}. Remove it."
        )
    return (*shape, 1)


STEPS: dict[str, Step] = {
    "standardise": Step(_fit_standardise, _standardise, _same, lambda largest, args: None),
    "min_max": Step(_fit_min_max, _min_max, _same, lambda largest, args: 1.0),
    "scale": Step(_fit_scale, _scale, _same, lambda largest, args: largest / float(args["maximum"])),
    "add_channel": Step(_fit_nothing, _add_channel, _with_channel),
    "resize": Step(image_steps.keep, image_steps.resize, image_steps.resized_shape),
    "center_crop": Step(image_steps.keep, image_steps.crop, image_steps.cropped_shape),
    "grey": Step(_fit_nothing, image_steps.grey, image_steps.grey_shape),
    "standardise_channels": Step(
        image_steps.fit_channels, _standardise, image_steps.channels_shape, lambda largest, args: None
    ),
    "plane_features": Step(
        plane_features.fit,
        plane_features.apply,
        plane_features.shape,
        lambda largest, args: None,
        plane_features.names,
    ),
}
"""Every step, by its id in the catalogue."""
