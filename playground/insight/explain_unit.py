"""The input that most excites one unit of a network: made by gradient ascent, and found among real ones."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.data import DataError, Prepared
from playground.insight.explain_answer import before_bending, named
from playground.insight.explain_gradients import reads_words
from playground.insight.predict import predictions
from playground.insight.rows import Progress
from playground.specs.facts import is_sequence_shape

STEPS = 200
_RATE = 0.05  # of the range of the inputs, a step
_TOLD = 5
_ROWS, _BEST = 2_000, 8
_BLUR = 0.4  # pixels; without it an ascent ends in noise that no image has
_SHARP = 8  # steps at the end
_SEARCHED, _CLIMBED = 0.2, 0.8


def exciting(
    model: keras.Model, prepared: Prepared, part: str, name: str, unit: int, progress: Progress
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What most excites the unit number ``unit`` of the layer ``name``, as values and arrays.

    A unit is one number on the last axis of the layer's output: a map of a convolution counts by the mean of its
    places. The input is made by gradient ascent: D. Erhan and others, Visualizing higher-layer features of a deep
    network, 2009. It begins with the average input of the training part, goes up what the unit gives before its
    activation function, and never leaves the range that inputs have; images are smoothed on the way.

    Returns:
        Values ``value``, what the unit gives for it, ``first``, for the average input, ``units``, how many there are,
        and ``is_made``: not where inputs are words. Arrays ``made``, float32 of the shape of an input, ``climb``, what
        the unit gave by step, float32 (steps,); ``best``, positions in ``part`` of the rows that excite it most, int64
        (m,), ``best_values``, what it gives for them, and ``mean``, for all rows, float32 (1,).

    Raises:
        DataError: there is no such layer or unit.
    """
    layer = named(model, name)
    output = before_bending(layer)
    units = int(output.shape[-1] or 0)
    if not 0 <= unit < units:
        raise DataError(f"Layer {name} has units from 1 to {units}; received {unit + 1}.")
    tap = keras.Model(model.inputs[0], _mean(output))
    x = prepared.array(f"x_{part}")
    at = np.arange(len(x)) if len(x) <= _ROWS else np.sort(np.random.default_rng(0).permutation(len(x))[:_ROWS])
    some = np.asarray(x[at])
    told = predictions(tap, some, progress=lambda share: progress(_SEARCHED * share, "Asking the network"))[:, unit]
    order = np.argsort(-told, kind="stable")[:_BEST]
    arrays = {"best": at[order], "best_values": told[order], "mean": told.mean(keepdims=True)}
    values: dict[str, Any] = {"units": units, "is_made": not reads_words(model)}
    if values["is_made"]:
        arrays["made"], arrays["climb"] = _climb(tap, unit, prepared, progress)
        values |= {"first": float(arrays["climb"][0]), "value": float(arrays["climb"][-1])}
    return values, arrays


def _mean(output: Any) -> Any:
    """One number for each unit: the mean over places and steps."""
    axes = tuple(range(1, len(output.shape) - 1))
    return keras.ops.mean(output, axis=axes) if axes else output


def _climb(tap: keras.Model, unit: int, prepared: Prepared, progress: Progress) -> tuple[np.ndarray, np.ndarray]:
    """The input at the end of the ascent, and what the unit gave at each step and at the end, float32 (steps + 1,)."""
    train = prepared.array("x_train")
    rows = np.asarray(train[np.linspace(0, len(train) - 1, min(len(train), _ROWS)).astype(int)], np.float32)
    shape = prepared.facts.input_shape
    is_image = len(shape) > 1 and not is_sequence_shape(shape) and not prepared.facts.is_series
    low, high = (rows.min(), rows.max()) if is_image else (rows.min(axis=0), rows.max(axis=0))
    reach = np.maximum(np.asarray(high - low, np.float32), 1e-6)
    made = rows.mean(axis=0)
    climb = []
    for step in range(STEPS):
        batch = tf.cast(tf.constant(made[None]), tap.inputs[0].dtype)
        with tf.GradientTape() as tape:
            tape.watch(batch)
            value = tf.cast(tap(batch, training=False)[0, unit], tf.float32)
        climb.append(float(value))
        slope = tape.gradient(value, batch)
        slope = np.zeros_like(made) if slope is None else np.asarray(tf.cast(slope, tf.float32))[0] * reach
        length = float(np.sqrt(np.mean(slope**2)))
        if length:
            made = np.clip(made + _RATE * reach * slope / length, low, high).astype(np.float32)
        if is_image and step < STEPS - _SHARP:
            made = _smoothed(made)
        if step % _TOLD == 0:
            progress(_SEARCHED + _CLIMBED * step / STEPS, f"Step {step} of {STEPS}")
    last = tap(tf.cast(tf.constant(made[None]), tap.inputs[0].dtype), training=False)[0, unit]
    return made, np.array([*climb, float(last)], np.float32)


def _smoothed(image: np.ndarray) -> np.ndarray:
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(image, (_BLUR, _BLUR, *[0] * (image.ndim - 2))), np.float32)
