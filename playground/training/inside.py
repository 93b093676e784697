"""A look inside a network at one moment: gradients and weights layer by layer, dead units, what is no number."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

_ENDS: Mapping[str, tuple[float, float]] = {
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "hard_tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
}
"""Activations between two flat ends, and where these lie."""
_NEAR = 0.02  # of the way between the ends: a sigmoid's slope there is less than a twelfth of its steepest
_BENDING = (keras.layers.Activation, keras.layers.ReLU)


class Inside:
    """Looks at a model on a few rows, op by op: nothing is compiled, and every variable stays as it is.

    Args:
        model: a compiled functional model.
    """

    def __init__(self, model: keras.Model) -> None:
        self._model = model
        self._layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
        self._taps = keras.Model(model.inputs, [layer.output for layer in self._layers])

    def layers(self, x: Any, y: Any, weights: Any = None) -> list[dict[str, Any]]:
        """What is seen of every layer that learns or bends, in order.

        Args:
            x: inputs (n, ...).
            y: targets (n, ...).
            weights: how much each row counts, (n,); ``None`` where all count once.

        Returns:
            ``name``; where it learns ``gradient`` and ``weight``, the root mean squares of what belongs to its weights;
            where it is hidden ``dead``, the share of its units (the last axis) that give the same for every row and
            place; for activations with flat ends ``saturated``, the share of its values within 2 % of one.
        """
        outputs, _loss, gradients = self._pass(x, y, weights)
        found = []
        for layer, output in zip(self._layers, outputs, strict=True):
            seen: dict[str, Any] = {"name": layer.name}
            learned = layer.trainable_variables
            if learned:
                seen["gradient"] = _rms([gradients[id(weight)] for weight in learned])
                seen["weight"] = _rms([weight.value for weight in learned])
            is_last = layer is self._layers[-1]
            if (learned or isinstance(layer, _BENDING)) and not is_last:
                seen["dead"] = _dead(output)
                saturated = _saturated(layer, output)
                if saturated is not None:
                    seen["saturated"] = saturated
            if len(seen) > 1:
                found.append(seen)
        return found

    def gradient(self, x: Any, y: Any, weights: Any = None) -> float:
        """The norm of the gradient of all weights together on such a batch."""
        _outputs, _loss, gradients = self._pass(x, y, weights)
        return float(tf.linalg.global_norm([tf.cast(each, tf.float64) for each in gradients.values()]))

    def first_bad(self, x: Any, y: Any, weights: Any = None) -> dict[str, Any] | None:
        """Where the first value that is no finite number appears on such a batch; ``None`` where there is none.

        Returns:
            ``where``: ``weights`` (they were no numbers before the batch), ``layer`` (its output), ``loss`` or
            ``gradient``; ``layer``, its name, but for the loss; ``what``: ``NaN`` or ``infinite``; ``largest``, the
            largest magnitude among the finite values of what goes into the layer, or into the loss; ``weight``, among
            the layer's weights, or among all.
        """
        for layer in self._layers:
            if any(not _is_finite(weight.value) for weight in layer.weights):
                return {"where": "weights", "layer": layer.name, "what": _what([w.value for w in layer.weights])}
        outputs, loss, gradients = self._pass(x, y, weights)
        made = {id(layer.output): value for layer, value in zip(self._layers, outputs, strict=True)}
        for layer, output in zip(self._layers, outputs, strict=True):
            if not _is_finite(output):
                read = [made.get(id(each), x) for each in tf.nest.flatten(layer.input)]
                largest, weight = _largest(read), _largest([each.value for each in layer.weights])
                return {
                    "where": "layer",
                    "layer": layer.name,
                    "what": _what([output]),
                    "largest": largest,
                    "weight": weight,
                }
        if not _is_finite(loss):
            weight = _largest([each.value for layer in self._layers for each in layer.weights])
            return {"where": "loss", "what": _what([loss]), "largest": _largest([outputs[-1]]), "weight": weight}
        for layer in reversed(self._layers):  # the gradient comes from behind
            parts = [gradients[id(weight)] for weight in layer.trainable_variables]
            if not all(map(_is_finite, parts)):
                return {"where": "gradient", "layer": layer.name, "what": _what(parts)}
        return None

    def _pass(self, x: Any, y: Any, sample_weight: Any) -> tuple[list[Any], Any, dict[int, Any]]:
        """Every layer's output, the loss, and the gradient of each weight by its id, as in training."""
        weights = self._model.trainable_variables
        with _untouched(self._model), tf.GradientTape() as tape:
            outputs = tf.nest.flatten(self._taps(x, training=True))
            loss = self._model.compute_loss(x=x, y=y, y_pred=outputs[-1], sample_weight=sample_weight, training=True)
        found = tape.gradient(loss, [weight.value for weight in weights])
        gradients = {id(weight): _dense(each, weight) for weight, each in zip(weights, found, strict=True)}
        return outputs, loss, gradients


@contextlib.contextmanager
def _untouched(model: keras.Model) -> Iterator[None]:
    """Inside, what a pass changes, such as moving averages and the state of dropout, is put back afterwards."""
    kept = [(variable, tf.identity(variable.value)) for variable in model.non_trainable_variables]
    try:
        yield
    finally:
        for variable, value in kept:
            variable.assign(value)


def _dense(gradient: Any, weight: Any) -> Any:
    """A gradient as a tensor: of an embedding the rows that were read, as all the others would hide how large it is."""
    if gradient is None:
        return tf.zeros_like(weight.value)
    return gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient


def _is_finite(values: Any) -> bool:
    if not values.dtype.is_floating:
        return True
    return bool(tf.reduce_all(tf.math.is_finite(values)))


def _what(values: list[Any]) -> str:
    return "NaN" if any(bool(tf.reduce_any(tf.math.is_nan(each))) for each in values) else "infinite"


def _largest(values: list[Any]) -> float:
    """The largest magnitude among the finite numbers in ``values``; 0 where there is none."""
    arrays = [np.abs(np.asarray(each, np.float64)).ravel() for each in values if each.dtype.is_floating]
    every = np.concatenate([np.zeros(1), *arrays])
    return float(np.max(every[np.isfinite(every)]))


def _rms(values: list[Any]) -> float:
    flat = tf.concat([tf.reshape(tf.cast(each, tf.float64), [-1]) for each in values], axis=0)
    return float(tf.sqrt(tf.reduce_mean(tf.square(flat)))) if tf.size(flat) else 0.0


def _dead(output: Any) -> float:
    """The share of the last axis that has one value only over all others."""
    rows = tf.reshape(output, [-1, output.shape[-1]])
    same = tf.reduce_all(tf.equal(rows, rows[:1]), axis=0)
    return float(tf.reduce_mean(tf.cast(same, tf.float32)))


def _saturated(layer: keras.Layer, output: Any) -> float | None:
    activation = getattr(layer, "activation", None)
    ends = _ENDS.get(getattr(activation, "__name__", ""))
    if ends is None or hasattr(layer, "recurrent_activation"):
        return None
    low, high = ends
    near = _NEAR * (high - low)
    is_flat = (output < low + near) | (output > high - near)
    return float(tf.reduce_mean(tf.cast(is_flat, tf.float32)))
