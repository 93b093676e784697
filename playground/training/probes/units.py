"""Which units give nothing any more, and which stand at an end of what their activation can give."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground import catalog
from playground.training.probes.looked import Looked, Say, inner, outputs

NEAR = 0.01
"""Within this share of its range an output counts as being at the end."""
OFTEN = 0.95
"""A unit is saturated if it is at an end in at least this share of its outputs."""
_FAR, _FARTHER = 1e5, 1e6


class Units:
    """Counts dead and saturated units of every layer that has an activation.

    A unit is one place of the last axis. It is dead where all its outputs, over rows and places, are exactly 0. It is
    saturated where the activation has two ends, as ``tanh`` has -1 and 1, and at least 95 % of its outputs lie within
    1 % of the range from one of them.

    Args:
        looked: the model, and the rows whose outputs are judged.
        say: writes the event.
    """

    name = "units"
    every_s = 0.5
    share = None

    def __init__(self, looked: Looked, say: Say) -> None:
        self._looked = looked
        self._say = say
        self._x = np.empty(0)
        self._layers: list[str] = []
        self._ends: list[tuple[float, float] | None] = []
        self._forward: keras.Model | None = None
        self._shares = tf.function(self._found, autograph=False, jit_compile=False)

    @staticmethod
    def fits(looked: Looked) -> bool:
        """Whether any layer has an activation that can die or saturate."""
        return any(_bends(layer) for layer in looked.model.layers)

    def ready(self) -> None:
        """Trace; see :class:`playground.training.probing.Probe`."""
        model = self._looked.model
        self._x = self._looked.rows.rows(self._looked.at)[0]
        found = [(layer, tensor) for layer, tensor in outputs(model) if _bends(layer)]
        self._layers = [layer.name for layer, _ in found]
        self._ends = [ends(getattr(inner(layer), "activation", None)) for layer, _ in found]
        self._forward = keras.Model(model.input, [tensor for _, tensor in found])
        self._shares(self._x)

    def look(self, where: Mapping[str, Any]) -> None:
        """Count; see :class:`playground.training.probing.Probe`."""
        found = self._shares(self._x).numpy().astype(np.float64)
        columns = {f"layer/{name}": found[:, at].copy() for at, name in enumerate(("units", "dead", "saturated"))}
        self._say({**where, "part": self.name, "layers": self._layers, "rows": len(self._x)}, columns)

    def _found(self, x: Any) -> Any:
        """How many units, how many of them dead, how many saturated, NaN where they cannot; float32 (layers, 3)."""
        assert self._forward is not None
        values = keras.tree.flatten(self._forward(x, training=False))
        return tf.stack([_judged(tf.cast(each, tf.float32), of) for each, of in zip(values, self._ends, strict=True)])


def ends(activation: Any) -> tuple[float, float] | None:
    """The least and the greatest value that ``activation`` comes to, if it has both; ``None`` otherwise."""
    if activation is None or _is_share(activation):
        return None
    far, farther = (activation(tf.constant([-z, z], tf.float32)).numpy() for z in (_FAR, _FARTHER))
    if not np.isfinite(farther).all() or np.abs(farther - far).max() > NEAR / 10 or farther[0] == farther[1]:
        return None
    return float(farther.min()), float(farther.max())


def _judged(values: Any, of: tuple[float, float] | None) -> Any:
    flat = tf.reshape(values, [-1, values.shape[-1]])
    dead = tf.reduce_sum(tf.cast(tf.reduce_all(tf.equal(flat, 0.0), axis=0), tf.float32))
    saturated = tf.constant(np.nan)
    if of is not None:
        low, high = of
        margin = NEAR * (high - low)
        often = tf.reduce_mean(tf.cast((flat < low + margin) | (flat > high - margin), tf.float32), axis=0)
        saturated = tf.reduce_sum(tf.cast(often >= OFTEN, tf.float32))
    return tf.stack([tf.constant(float(values.shape[-1])), dead, saturated])


def _bends(layer: keras.Layer) -> bool:
    activation = getattr(inner(layer), "activation", None)
    if activation is not None:
        return activation is not keras.activations.linear and not _is_share(activation)
    entry = catalog.entry("layers", type(layer).__name__)
    return entry is not None and entry.group == "Activation" and entry.id != "Softmax"


def _is_share(activation: Any) -> bool:
    """Whether it divides one whole among the units, so that no unit is to be judged alone."""
    entry = catalog.entry("activations", getattr(activation, "__name__", ""))
    return entry is not None and (entry.group == "Shares" or entry.id == "log_softmax")
