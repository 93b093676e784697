"""Features made of two numbers: powers, waves, distance and angle, so that a small network sees what it would miss."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from playground.data.errors import DataError

Names = tuple[str, ...]
Values = Callable[[np.ndarray, np.ndarray, Any], np.ndarray]


class PlaneFeature(NamedTuple):
    """One feature of two columns.

    Attributes:
        name: its name from those of the columns ``x`` and ``y`` and the number ``f``.
        code: the numpy expression of it from the columns ``x1`` and ``x2`` and the number ``f``.
        values: the same as a function, arrays of shape (n,) in and out.
    """

    name: str
    code: str
    values: Values


PLANE_FEATURES: Mapping[str, PlaneFeature] = {
    "x": PlaneFeature("{x}", "x1", lambda x, y, f: x),
    "y": PlaneFeature("{y}", "x2", lambda x, y, f: y),
    "x_squared": PlaneFeature("{x}²", "x1**2", lambda x, y, f: x**2),
    "y_squared": PlaneFeature("{y}²", "x2**2", lambda x, y, f: y**2),
    "product": PlaneFeature("{x} · {y}", "x1 * x2", lambda x, y, f: x * y),
    "sin_x": PlaneFeature("sin({f}{x})", "np.sin({f}x1)", lambda x, y, f: np.sin(f * x)),
    "sin_y": PlaneFeature("sin({f}{y})", "np.sin({f}x2)", lambda x, y, f: np.sin(f * y)),
    "cos_x": PlaneFeature("cos({f}{x})", "np.cos({f}x1)", lambda x, y, f: np.cos(f * x)),
    "cos_y": PlaneFeature("cos({f}{y})", "np.cos({f}x2)", lambda x, y, f: np.cos(f * y)),
    "distance": PlaneFeature("distance", "np.hypot(x1, x2)", lambda x, y, f: np.hypot(x, y)),
    "angle": PlaneFeature("angle", "np.arctan2(x2, x1)", lambda x, y, f: np.arctan2(y, x)),
}
"""By the name of the argument that asks for each, in the order of the columns that come out."""


def asked(args: Mapping[str, Any]) -> list[PlaneFeature]:
    """The features that ``args`` ask for.

    Raises:
        DataError: there is none.
    """
    found = [feature for name, feature in PLANE_FEATURES.items() if args[name]]
    if not found:
        raise DataError("plane_features: no feature is chosen. Choose at least one, or remove the step.")
    return found


def names(of: Names, args: Mapping[str, Any]) -> Names:
    """The names of the columns after the step, from those of the two before it."""
    times = "" if args["frequency"] == 1 else f"{args['frequency']:g} "
    return tuple(feature.name.format(x=of[0], y=of[1], f=times) for feature in asked(args))


def shape(of: tuple[int, ...], args: Mapping[str, Any]) -> tuple[int, ...]:
    """The shape of an input after the step.

    Raises:
        DataError: an input is not two numbers.
    """
    if of != (2,):
        raise DataError(
            f"plane_features: expected inputs of two numbers, received inputs of shape {of}. "
            "Choose two columns, or remove the step."
        )
    return (len(asked(args)),)


def fit(x: np.ndarray, args: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing is measured: the arguments as they are."""
    return dict(args)


def apply(x: np.ndarray, fitted: Mapping[str, Any]) -> np.ndarray:
    """The features, float32 of shape (n, number of features), from float32 of shape (n, 2)."""
    frequency = np.float32(fitted["frequency"])
    return np.column_stack([feature.values(x[:, 0], x[:, 1], frequency) for feature in asked(fitted)])
