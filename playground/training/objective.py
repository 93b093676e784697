"""The loss over all values of two weights, and the lines of equal loss."""

from typing import Any

import contourpy
import keras
import numpy as np
import tensorflow as tf

_CELLS = 49
_LINES = 12
_MARGIN = 0.35


def surface(model: keras.Model, x: np.ndarray, y: np.ndarray, path: np.ndarray) -> dict[str, Any]:
    """Lines of equal loss around the way that two weights took; the model keeps its weights.

    Args:
        model: a compiled model with two trained weights in all.
        x: all training inputs (n, ...).
        y: their targets (n, ...), as the loss reads them.
        path: the values of both after each step, (steps, 2), the first before any.

    Returns:
        ``low`` and ``high``, the corners of what is shown; ``lines``, each with its ``loss`` and its ``points``, a list
        of pairs; ``losses``, of the whole training part, at every place of the path.
    """
    path = path[np.isfinite(path).all(axis=1)]
    span = np.maximum(np.ptp(path, axis=0), 0.5)
    low, high = path.min(axis=0) - _MARGIN * span, path.max(axis=0) + _MARGIN * span
    weights = model.trainable_weights
    kept = [weight.numpy() for weight in weights]
    sizes = [weight.numpy().size for weight in weights]

    def loss(values: Any) -> Any:
        for weight, part in zip(weights, tf.split(values, sizes), strict=True):
            weight.assign(tf.reshape(part, weight.shape))
        return model.compute_loss(x=x, y=y, y_pred=model(x, training=False), training=False)

    # In one call: a step in the graph takes microseconds, a call from Python a third of a millisecond.
    every = tf.function(lambda places: tf.map_fn(loss, places, parallel_iterations=1), autograph=False)
    first, second = (np.linspace(low[axis], high[axis], _CELLS) for axis in (0, 1))
    grid = np.stack(np.meshgrid(first, second), axis=-1).reshape(-1, 2)
    found = every(tf.constant(np.concatenate([grid, path]), tf.float32)).numpy().astype(np.float64)
    heights, losses = found[: len(grid)].reshape(_CELLS, _CELLS), found[len(grid) :].tolist()
    for weight, value in zip(weights, kept, strict=True):
        weight.assign(value)
    finite = heights[np.isfinite(heights)]
    floor, top = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    levels = floor + (top - floor) * (np.arange(1, _LINES + 1) / (_LINES + 1)) ** 2 if top > floor else ()
    drawn: Any = contourpy.contour_generator(first, second, np.ma.masked_invalid(heights))
    lines = [
        {"loss": float(level), "points": np.round(line, 4).tolist()} for level in levels for line in drawn.lines(level)
    ]
    return {"low": low.tolist(), "high": high.tolist(), "lines": lines, "losses": losses}
