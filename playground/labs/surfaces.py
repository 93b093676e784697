"""The surfaces of the optimizers' lab, computed with Keras's operations."""

import functools
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from keras import ops

from playground.catalog.surfaces import LINE_POINTS, SURFACES, surface

_Height = Callable[[Any, Any], Any]


def _rastrigin(x: Any, y: Any) -> Any:
    return 20 + x**2 - 10 * ops.cos(2 * math.pi * x) + y**2 - 10 * ops.cos(2 * math.pi * y)


def _line(w: Any, b: Any) -> Any:
    x, y = (np.array(each, np.float32) for each in zip(*LINE_POINTS, strict=True))
    return ops.mean((ops.expand_dims(w, -1) * x + ops.expand_dims(b, -1) - y) ** 2, axis=-1)


_HEIGHTS: Mapping[str, _Height] = {
    "bowl": lambda x, y: x**2 + y**2,
    "ravine": lambda x, y: 0.02 * x**2 + 2 * y**2,
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    "saddle": lambda x, y: x**2 - y**2 + 0.1 * y**4,
    "plateau": lambda x, y: 1 - ops.exp(-(x**2 + y**2) / 2),
    "rastrigin": _rastrigin,
    "noisy": lambda x, y: x**2 + y**2,
    "line": _line,
}
NUMBERS: Mapping[str, int] = {each.id: at for at, each in enumerate(SURFACES)}
"""Each surface's number, as :func:`slope` takes it."""


def heights(name: str, points: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The surface ``name`` on a grid: x (points,), y (points,) and its height (points, points), row by y; float32.

    Raises:
        LookupError: there is no such surface.
    """
    found = surface(name)
    x, y = (np.linspace(*reach, points, dtype=np.float32) for reach in (found.x, found.y))
    return x, y, ops.convert_to_numpy(_HEIGHTS[name](ops.convert_to_tensor(x)[None], ops.convert_to_tensor(y)[:, None]))


def height(name: str, points: np.ndarray) -> np.ndarray:
    """The height of the surface ``name`` at ``points``, float32 (n, 2); float32 (n,)."""
    return np.asarray(ops.convert_to_numpy(_HEIGHTS[name](points[:, 0], points[:, 1])), np.float32)


def slope(number: Any, at: Any) -> Any:
    """Inside a compiled function: the gradient of a surface at a point, float32 (2,).

    One program serves all surfaces, so that a change of surface compiles nothing.

    Args:
        number: the surface's, int32 ().
        at: the point, float32 (2,).
    """
    return tf.switch_case(number, [functools.partial(_slope, _HEIGHTS[each.id], at) for each in SURFACES])


def _slope(height: _Height, at: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(at)
        value = height(at[0], at[1])
    return tape.gradient(value, at)
