"""Integrated gradients: how much each part of an input moved a network's answer."""

import functools
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.data import DataError
from playground.insight.explain_answer import Part, part_of, value_of
from playground.insight.rows import Progress
from playground.specs.facts import Facts

_POINTS = (32, 64, 128, 256, 512)
_BATCH = 32
_GAP = 0.01
"""Of the change of the answer; the path is divided more finely while the sum is further off."""


def integrated_gradients(
    model: keras.Model, facts: Facts, x: np.ndarray, baseline: np.ndarray, label: int | None, progress: Progress
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """How much each number of ``x`` moved the answer away from that to ``baseline``, as values and arrays.

    The slopes along the straight way from the baseline to the input, times how far each number goes; they add up to
    the change of the answer. M. Sundararajan, A. Taly, Q. Yan, Axiomatic attribution for deep networks, 2017,
    https://arxiv.org/abs/1703.01365. The integral is a Gauss-Legendre sum. Of numbers of words, which have nothing
    between them, the way goes through what the embedding makes of them, from zero; ``baseline`` is not looked at then.

    Args:
        model: the network.
        facts: of its data.
        x: one prepared input, without the batch axis.
        baseline: of the same shape: what the input is compared with.
        label: the class; what was answered by default.
        progress: told how far it is; may raise to cancel.

    Returns:
        Values ``label``, ``value`` and ``baseline_value``, the answers, ``gap``, how far the sum is off, and
        ``points``, in which the way was looked at. Array ``effects``, float32 of the shape of ``x``.

    Raises:
        DataError: the answer is not one class or number, or the network has several embeddings.
    """
    part = part_of(np.asarray(model(_batch(model, x[None]), training=False)[0], np.float32), facts, label)
    along = _through_embedding(model, x, part) if reads_words(model) else _straight(model, x, baseline, part)
    value, first = along(np.ones(1))[0][0], along(np.zeros(1))[0][0]
    change = float(value - first)
    for number, points in enumerate(_POINTS):
        progress(number / len(_POINTS), "Adding up")
        effects = _integral(along, points, progress, number)
        gap = abs(float(effects.sum()) - change)
        if gap <= _GAP * max(abs(change), 1e-6):
            break
    effects = effects.sum(axis=-1) if effects.ndim > np.ndim(x) else effects  # of a word all that it is made into
    values = {"label": part.label, "value": float(value), "baseline_value": float(first), "gap": gap, "points": points}
    return values, {"effects": effects.astype(np.float32)}


def reads_words(model: keras.Model) -> bool:
    """Whether ``model`` makes numbers of words into something else by an embedding."""
    return any(isinstance(layer, keras.layers.Embedding) for layer in model.layers)


Along = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""From shares of the way (n,) to the answers there, (n,), and the slopes times how far each number goes, (n, ...)."""


def _integral(along: Along, points: int, progress: Progress, number: int) -> np.ndarray:
    places, weights = np.polynomial.legendre.leggauss(points)
    places, weights = (places + 1) / 2, weights / 2
    total: Any = 0.0
    for at in range(0, points, _BATCH):
        slopes = along(places[at : at + _BATCH])[1].astype(np.float64)
        total = total + np.tensordot(weights[at : at + _BATCH], slopes, axes=1)
        progress((number + min(1.0, (at + _BATCH) / points)) / len(_POINTS), "Adding up")
    return np.asarray(total)


def _straight(model: keras.Model, x: np.ndarray, baseline: np.ndarray, part: Part) -> Along:
    start = np.asarray(baseline, np.float64)
    way = np.asarray(x, np.float64) - start

    def along(shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        batch = _batch(model, start + shares.reshape(-1, *[1] * way.ndim) * way)
        with tf.GradientTape() as tape:
            tape.watch(batch)
            values = value_of(model(batch, training=False), part)
        slopes = tape.gradient(values, batch)
        slopes = np.zeros(batch.shape) if slopes is None else np.asarray(tf.cast(slopes, tf.float32))
        return np.asarray(values), slopes * way

    return along


def _through_embedding(model: keras.Model, x: np.ndarray, part: Part) -> Along:
    held, opened = _opened(model)
    words = np.asarray(x)
    meant = np.asarray(tf.cast(held.embedding(_batch(model, words[None])), tf.float32))

    def along(shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        held.given = tf.constant((shares.reshape(-1, *[1] * (meant.ndim - 1)) * meant).astype(np.float32))
        try:
            with tf.GradientTape() as tape:
                tape.watch(held.given)
                batch = _batch(model, np.repeat(words[None], len(shares), axis=0))
                values = value_of(opened(batch, training=False), part)
            slopes = np.asarray(tape.gradient(values, held.given))
        finally:
            held.given = None
        return np.asarray(values), slopes * meant

    return along


class _Held(keras.layers.Layer):
    """Passes on what it is given from outside in place of what it reads; the mask of what it reads stays."""

    def __init__(self, embedding: keras.layers.Embedding) -> None:
        super().__init__(dtype=embedding.dtype_policy)
        self.supports_masking = True
        self.embedding = embedding
        self.given: Any = None

    def call(self, inputs: Any) -> Any:
        """``inputs``, or what was given."""
        return inputs if self.given is None else tf.cast(self.given, inputs.dtype)


@functools.lru_cache(maxsize=2)
def _opened(model: keras.Model) -> tuple[_Held, keras.Model]:
    """The layers of ``model`` once more, with a place behind its embedding where something else can be put in."""
    found = [layer for layer in model.layers if isinstance(layer, keras.layers.Embedding)]
    if len(found) != 1:
        raise DataError("Words are explained through the embedding of a network: it may have only one.")
    held = _Held(found[0])

    def called(layer: keras.Layer, *args: Any, **kwargs: Any) -> Any:
        output = layer(*args, **kwargs)
        return held(output) if layer is found[0] else output

    return held, keras.models.clone_model(model, clone_function=lambda layer: layer, call_function=called)


def _batch(model: keras.Model, x: np.ndarray) -> Any:
    return tf.cast(tf.constant(np.asarray(x)), model.inputs[0].dtype)
