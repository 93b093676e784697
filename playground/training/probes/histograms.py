"""How weights, biases and activations of each layer are spread."""

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.probes.looked import Looked, Say, outputs

BINS = 32
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_MOST = 16_384
"""Values of one histogram; of more, evenly spread ones are taken."""
_BIASES = ("bias", "beta")


class Histograms:
    """Counts values in bins between the least and the greatest.

    Args:
        looked: the model, and the rows whose activations are counted.
        say: writes the event.
    """

    name = "histograms"
    every_s = 0.5
    share = None

    def __init__(self, looked: Looked, say: Say) -> None:
        self._looked = looked
        self._say = say
        self._x = np.empty(0)
        self._rows: list[tuple[str, str]] = []
        self._weights: list[Sequence[Any]] = []
        self._forward: keras.Model | None = None
        self._values = tf.function(self._found, autograph=False, jit_compile=False)

    @staticmethod
    def fits(looked: Looked) -> bool:
        """Whether any layer has values to count."""
        return bool(looked.model.trainable_variables or _counted_outputs(looked.model))

    def ready(self) -> None:
        """Trace; see :class:`playground.training.probing.Probe`."""
        model = self._looked.model
        self._x = self._looked.rows.rows(self._looked.at)[0]
        for layer in model.layers:
            for kind, chosen in _divided(layer.trainable_variables).items():
                self._rows.append((layer.name, kind))
                self._weights.append(chosen)
        tensors = _counted_outputs(model)
        self._rows += [(layer.name, "activations") for layer, _ in tensors]
        self._forward = keras.Model(model.input, [tensor for _, tensor in tensors]) if tensors else None
        self._values(self._x)

    def look(self, where: Mapping[str, Any]) -> None:
        """Count; see :class:`playground.training.probing.Probe`."""
        found = [counted(values.numpy()) for values in self._values(self._x)]
        columns = {
            "bin/count": np.concatenate([counts for counts, _, _ in found]),
            "end/value": np.concatenate([ends for _, ends, _ in found]),
            "quantile/value": np.concatenate([quantiles for _, _, quantiles in found]),
        }
        rows = [list(row) for row in self._rows]
        self._say({**where, "part": self.name, "of": rows, "rows": len(self._x)}, columns)

    def _found(self, x: Any) -> list[Any]:
        found = [tf.concat([_some(variable.value) for variable in variables], 0) for variables in self._weights]
        if self._forward is not None:
            found += [_some(value) for value in keras.tree.flatten(self._forward(x, training=False))]
        return found


def counted(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts in 32 bins of equal width, uint32 (32,); least and greatest, float64 (2,); five quantiles, float64 (5,).

    The bins lie between the least and the greatest; where these are one, from half below it to half above. What is no
    finite number is left out; where nothing is left, all but the counts are NaN.

    Args:
        values: float32 (n,).
    """
    finite = values[np.isfinite(values)].astype(np.float64)
    if not len(finite):
        return np.zeros(BINS, np.uint32), np.full(2, np.nan), np.full(len(QUANTILES), np.nan)
    ends = np.array([finite.min(), finite.max()])
    return np.histogram(finite, BINS)[0].astype(np.uint32), ends, np.quantile(finite, QUANTILES)


def _counted_outputs(model: keras.Model) -> list[tuple[keras.Layer, Any]]:
    return [(layer, tensor) for layer, tensor in outputs(model) if _counts(layer) and _is_float(tensor)]


def _counts(layer: keras.Layer) -> bool:
    """Whether the layer makes new values, and does not just move or drop those of others."""
    return bool(layer.weights) or hasattr(layer, "activation") or type(layer).__name__ in _BENDS


_BENDS = frozenset({"ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"})


def _is_float(tensor: Any) -> bool:
    return str(tensor.dtype).startswith(("float", "bfloat"))


def _divided(variables: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for variable in variables:
        found.setdefault("biases" if variable.name.endswith(_BIASES) else "weights", []).append(variable)
    return found


def _some(value: Any) -> Any:
    """Up to 16,384 values, evenly spread, float32 (n,)."""
    flat = tf.reshape(tf.cast(value, tf.float32), [-1])
    step = -(-(flat.shape[0] or 1) // _MOST)
    return flat[::step]
