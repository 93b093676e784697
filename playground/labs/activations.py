"""What an activation does to a number: the function, its slope and the slope's slope, by automatic differentiation."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from playground.catalog.bends import bend
from playground.training.objects import made

_UNITS = 3
"""A function that looks at several values at once sees one that moves and two that are 0."""
_FAR, _NEAR = 1e4, 1e-5
_UNBOUNDED = 50.0

Function = Callable[[Any], Any]


def function_of(kind: str, args: Mapping[str, Any]) -> Function:
    """What ``kind`` does to a tensor (..., units), float32: a function of Keras's, or a layer of its own.

    Args:
        kind: one of :func:`playground.catalog.bends.bends`.
        args: its arguments; those of a function are passed along with the values.

    Raises:
        LookupError: there is no such activation, or it has no such argument.
        ValueError, TypeError: what Keras says of a value.
    """
    entry = bend(kind)
    if entry is None:
        raise LookupError(f"{kind!r} is not among the activations on offer.")
    unknown = [name for name in args if entry.param(name) is None]
    if unknown:
        raise LookupError(f"{kind} has no argument {unknown[0]!r} that can be moved.")
    if entry.kind == "layers":
        layer: Function = made("layers", kind, args)
        return layer
    function = made("activations", kind, {})
    return lambda x: function(x, **args)


def curves(function: Function, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``function``, its first and its second derivative at ``x``, each float32 (n,).

    Of a function that looks at several values at once it is the first value's share while the two others are 0.
    TensorFlow has no second derivative of a few of its own operations; it is the difference quotient of the first then.

    Args:
        function: as :func:`function_of` gives it.
        x: places, float32 (n,).
    """
    moving = tf.constant(x, tf.float32)
    with tf.GradientTape() as outer:
        outer.watch(moving)
        y, slope = _with_slope(function, moving)
    try:
        second = outer.gradient(slope, moving, unconnected_gradients="zero").numpy()
    except LookupError:
        second = _quotient(function, x)
    return y.numpy(), slope.numpy(), second


def total(function: Function) -> float | None:
    """What the values of ``function`` at (0.1, 0, 0) add up to, if it looks at several at once, as a softmax does.

    ``None`` for one that looks at each value by itself.
    """
    rows = np.array([[0.1, 0.0, 0.0], [0.1, 1.5, -0.5]], np.float32)
    y = np.asarray(function(tf.constant(rows)))
    return float(y[0].sum()) if y[0, 0] != y[1, 0] else None


def reach(function: Function) -> tuple[float | None, float | None]:
    """The smallest and the largest value that ``function`` comes to; ``None`` where it goes on without end."""
    near = np.linspace(-_UNBOUNDED, _UNBOUNDED, 4001, dtype=np.float32)
    y = curves(function, np.concatenate([[-_FAR], near, [_FAR]]).astype(np.float32))[0]
    low, high = float(np.min(y)), float(np.max(y))
    return (low if low > -_UNBOUNDED else None), (high if high < _UNBOUNDED else None)


def without_slope(function: Function, seed: int = 0) -> float:
    """The share of standard normal values at which ``function`` has no slope at all, where nothing is learned."""
    x = np.random.default_rng(seed).standard_normal(4000).astype(np.float32)
    return float(np.mean(curves(function, x)[1] == 0))


def _with_slope(function: Function, x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(tf.stack([x, *[tf.zeros_like(x)] * (_UNITS - 1)], axis=-1))[:, 0]
    return y, tape.gradient(y, x, unconnected_gradients="zero")


def _quotient(function: Function, x: np.ndarray) -> np.ndarray:
    """The central difference quotient of the slope, float32; taken in float64, so that nothing is lost to rounding."""
    places = np.asarray(x, np.float64)
    above, below = (_with_slope(function, tf.constant(places + by))[1].numpy() for by in (_NEAR, -_NEAR))
    return np.asarray((above - below) / (2 * _NEAR), np.float32)
