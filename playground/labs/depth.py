"""Standard normal values on their way through many layers, and the gradient on its way back.

As in X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010):
layers of equal width without biases, each a matrix of an initializer and an activation.
"""

import functools
import json
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.frame import dumps
from playground.labs.activations import Function
from playground.training.objects import made

ROWS, UNITS, MOST = 256, 64, 50
_KEPT = 2001


@dataclass(frozen=True)
class Passage:
    """What became of the values and of the gradient.

    Attributes:
        mean, variance: of the values before the first layer and after each, float64 (layers + 1,).
        gradient: the standard deviation of the gradient at the same places, 1 at the last, float64 (layers + 1,).
        dead: the share of units of each layer that have no slope for any row, float64 (layers,).
        values: evenly spaced quantiles of the values after the last layer, float32 (2001,).
    """

    mean: np.ndarray
    variance: np.ndarray
    gradient: np.ndarray
    dead: np.ndarray
    values: np.ndarray


def passage(function: Function, initializer: str, args: dict[str, Any], layers: int, seed: int = 0) -> Passage:
    """Send 256 rows of 64 standard normal values through ``layers`` layers, and a standard normal gradient back.

    Args:
        function: the activation of every layer.
        initializer: one of the catalogue, which every matrix (64, 64) is drawn with.
        args: its arguments.
        layers: 1 to 50.
        seed: of everything that is drawn.

    Raises:
        LookupError, ValueError, TypeError: there is no such initializer, or Keras does not take its arguments.
    """
    matrices = _matrices(initializer, dumps(args), seed)[: max(1, min(layers, MOST))]
    x, back = _start(seed)
    before, places = [], [x]
    with tf.GradientTape() as tape:
        tape.watch(x)
        for matrix in matrices:
            before.append(tf.matmul(places[-1], matrix))
            places.append(function(before[-1]))
    gradients = tape.gradient(places[-1], places, output_gradients=back, unconnected_gradients="zero")
    stacked = tf.stack(before)
    # Random weights in the sum: shares, which add up to one whatever comes, would seem to have no slope at all.
    with tf.GradientTape() as local:
        local.watch(stacked)
        bent = function(tf.reshape(stacked, (-1, UNITS)))
    mixed = tf.tile(back, (len(matrices), 1))
    slopes = local.gradient(bent, stacked, output_gradients=mixed, unconnected_gradients="zero")
    dead = np.asarray(tf.reduce_all(slopes == 0, axis=1)).mean(axis=-1)
    values = np.asarray(tf.stack(places), np.float64)
    last = np.sort(values[-1].ravel())
    with np.errstate(all="ignore"):
        return Passage(
            values.mean(axis=(1, 2)),
            values.var(axis=(1, 2)),
            np.asarray(tf.stack(gradients), np.float64).std(axis=(1, 2)),
            np.asarray(dead, np.float64),
            last[np.linspace(0, len(last) - 1, _KEPT).astype(int)].astype(np.float32),
        )


@functools.lru_cache(maxsize=4)
def _start(seed: int) -> tuple[tf.Tensor, tf.Tensor]:
    """The values before the first layer, and the gradient behind the last one."""
    rng = np.random.default_rng([seed, 1])
    return tuple(tf.constant(rng.standard_normal((ROWS, UNITS)), tf.float32) for _ in range(2))


@functools.lru_cache(maxsize=16)
def _matrices(initializer: str, args: str, seed: int) -> tuple[tf.Tensor, ...]:
    """The matrices of all layers there may be; the same for every activation."""
    keras.utils.set_random_seed(seed)
    values = json.loads(args)
    return tuple(tf.constant(made("initializers", initializer, values)((UNITS, UNITS), "float32")) for _ in range(MOST))
