"""What a network makes of the plane: its output everywhere, every neuron's values, its weights, both losses."""

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.data import Prepared
from playground.data.transforms import plane_features
from playground.specs import RunSpec
from playground.specs.plane import FEATURES, FREQUENCY, features_of
from playground.training.objects import made
from playground.training.targets import targets

REACH = 1.2
"""The picture goes from minus this to this on both axes: points lie between -1 and 1, and noise moves some out."""
SURFACE, HEAT = 100, 10
"""Cells a side of the output's picture and of a neuron's."""
_FULL = 127.0


class PlanePicture:
    """A network on points of the plane, and the compiled pass that draws it. Reads variables, changes none.

    Args:
        model: the Keras model of ``spec``, a stack of dense layers.
        spec: a run that :func:`playground.specs.plane.is_plane` is true of.
        prepared: its data.
    """

    def __init__(self, model: keras.Model, spec: RunSpec, prepared: Prepared) -> None:
        facts = prepared.facts
        step = next((step.args for step in spec.dataset.steps if step.kind == "plane_features"), None)
        self._dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
        self._all = keras.Model(model.input, [layer.output for layer in self._dense])
        self._n_classes = len(facts.classes) if facts.task == "multiclass" else 1
        self._is_probability = facts.task != "regression"
        self._loss = made("losses", spec.training.loss.kind, spec.training.loss.args)
        drawn = np.concatenate([grid(HEAT), grid(SURFACE)])
        parts = [prepared.array(f"x_{part}") for part in ("train", "validation")]
        self._n = [len(part) for part in parts]
        seen = drawn if step is None else features(drawn, features_of(spec.dataset), dict(step))
        self._x = tf.constant(np.concatenate([seen, *parts]))
        self._y = [
            tf.constant(targets(prepared.array(f"y_{part}"), facts, spec.training)) for part in ("train", "validation")
        ]
        self._program: Any = self._drawn

    def ready(self) -> None:
        """Trace the pass; before, every look goes through Python, which is soonest for a single one."""
        program = tf.function(self._drawn, autograph=False, jit_compile=False)
        program.get_concrete_function()
        self._program = program

    def arrays(self) -> dict[str, np.ndarray]:
        """The picture of the network as it is now.

        Returns:
            ``heat``, uint8 (neurons, 10, 10), hidden layers first, the first row of each on top: 128 is 0, 1 and 255
            are -1 and 1, and values beyond are these; a probability is drawn from -1 to 1. ``surface``, uint8
            (100, 100), the same of the output; of several classes the most probable one, and ``sure``, uint8
            (100, 100), from 0 where it is no likelier than the others to 255. ``weights``, float32, by layer and
            target, and ``biases``, float32, by layer. ``losses``, float32 (2,): over the training and the validation
            part with the weights as they are, without penalties; NaN for a part without rows.
        """
        return {name: value.numpy() for name, value in self._program().items()}

    def _drawn(self) -> dict[str, Any]:
        outputs = [tf.convert_to_tensor(each) for each in self._outputs()]
        neurons = tf.concat([each[: HEAT**2] for each in outputs[:-1]] + [self._signed(outputs[-1][: HEAT**2])], axis=1)
        heat = tf.reshape(tf.transpose(_bytes(neurons)), (-1, HEAT, HEAT))
        of_plane = outputs[-1][HEAT**2 : HEAT**2 + SURFACE**2]
        found = {"heat": heat, "losses": self._losses(outputs[-1][HEAT**2 + SURFACE**2 :])}
        if self._n_classes == 1:
            found["surface"] = tf.reshape(_bytes(self._signed(of_plane)), (SURFACE, SURFACE))
        else:
            best, floor = tf.reduce_max(of_plane, axis=1), 1 / self._n_classes
            sure = tf.clip_by_value((best - floor) / (1 - floor), 0.0, 1.0)
            found["surface"] = tf.reshape(tf.cast(tf.argmax(of_plane, axis=1), tf.uint8), (SURFACE, SURFACE))
            found["sure"] = tf.reshape(tf.cast(tf.round(255 * sure), tf.uint8), (SURFACE, SURFACE))
        kernels = [tf.reshape(tf.transpose(layer.kernel), (-1,)) for layer in self._dense]
        found["weights"] = tf.concat(kernels, axis=0)
        found["biases"] = tf.concat([tf.convert_to_tensor(layer.bias) for layer in self._dense], axis=0)
        return found

    def _outputs(self) -> Sequence[Any]:
        found = self._all(self._x, training=False)
        return found if isinstance(found, list | tuple) else [found]

    def _signed(self, output: Any) -> Any:
        """Probabilities from -1 to 1; values as they are."""
        return 2 * output - 1 if self._is_probability else output

    def _losses(self, of_rows: Any) -> Any:
        n = self._n[0]
        parts = ((of_rows[:n], self._y[0], self._n[0]), (of_rows[n:], self._y[1], self._n[1]))
        none = tf.constant(np.nan, tf.float32)
        return tf.stack([tf.cast(self._loss(y, seen), tf.float32) if rows else none for seen, y, rows in parts])


def grid(side: int) -> np.ndarray:
    """The middles of ``side`` times ``side`` cells of the plane, row by row from the top; float32 (side², 2)."""
    at = ((np.arange(side) + 0.5) / side * 2 - 1) * REACH
    across, up = np.meshgrid(at, -at)
    return np.stack([across.ravel(), up.ravel()], axis=1).astype(np.float32)


def features(points: np.ndarray, names: Sequence[str], more: Mapping[str, Any] | None = None) -> np.ndarray:
    """Features of points of the plane, as the step ``plane_features`` makes them.

    Args:
        points: float32 (n, 2).
        names: out of :data:`playground.specs.plane.FEATURES`.
        more: the step's other arguments, such as its frequency.

    Returns:
        float32 (n, features).
    """
    args = {"frequency": FREQUENCY, **(more or {}), **{name: name in names for name in FEATURES}}
    return plane_features.apply(points, args).astype(np.float32)


def feature_heat() -> np.ndarray:
    """The picture of every feature, in the order of ``FEATURES``; uint8 (features, 10, 10), each by its own largest."""
    values = features(grid(HEAT), FEATURES)
    return _quantised(values / np.abs(values).max(axis=0)).T.reshape(-1, HEAT, HEAT)


def _quantised(values: np.ndarray) -> np.ndarray:
    return np.round(128 + _FULL * np.clip(values, -1, 1)).astype(np.uint8)


def _bytes(values: Any) -> Any:
    # A loss that is no number any more ends the run; until then what is no number is drawn as 0.
    finite = tf.where(tf.math.is_nan(values), tf.zeros_like(values), values)
    return tf.cast(tf.round(128 + _FULL * tf.clip_by_value(finite, -1.0, 1.0)), tf.uint8)
