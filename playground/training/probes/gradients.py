"""How large each layer's gradient is, and how far one update moves its weights."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.probes.looked import MOST_ROWS, Looked, Say, spread


class Gradients:
    """Does one training step on a batch that stays the same, measures it, and takes it back.

    So the gradient is that of training, dropout and the statistics of the batch included, and the update is the
    optimizer's own, after clipping, momentum and whatever else it does. Whatever the step has changed is put back, bit
    for bit: weights, the optimizer's variables, random seeds, metrics.

    Args:
        looked: the model, and the training part of which as many rows are taken as a batch has, 256 at most.
        say: writes the event.
    """

    name = "gradients"
    every_s = 0.5
    share = None

    def __init__(self, looked: Looked, say: Say) -> None:
        model = self._model = looked.model
        self._train = looked.train
        self._at = spread(len(looked.train), min(looked.spec.training.batch_size, MOST_ROWS))
        self._say = say
        self._batch: tuple[np.ndarray, ...] = ()
        self._of = _owned(model)
        state = [*model.variables, *model.optimizer.variables, *model.metrics_variables]
        self._state = list({id(variable): variable for variable in state}.values())
        self._keep = tf.function(self._kept, autograph=False, jit_compile=False)
        self._put = tf.function(self._put_back, autograph=False, jit_compile=False)
        self._step = tf.function(self._measured, autograph=False, jit_compile=False)

    @staticmethod
    def fits(looked: Looked) -> bool:
        """Whether anything is trained."""
        return bool(looked.model.trainable_variables)

    def ready(self) -> None:
        """Trace; see :class:`playground.training.probing.Probe`."""
        self._batch = self._train.rows(self._at)
        # Called once without effect: the first call takes long, and the training thread would wait for it.
        self._put(self._keep(), tf.constant(False))
        self._step(self._batch, tf.constant(False))

    def look(self, where: Mapping[str, Any]) -> None:
        """Measure a step; see :class:`playground.training.probing.Probe`."""
        kept = self._keep()
        try:
            found = self._step(self._batch, tf.constant(True)).numpy()
        finally:
            self._put(kept, tf.constant(True))
        names = ("gradient", "weights", "update")
        columns = {f"layer/{name}": found[:, at].astype(np.float64) for at, name in enumerate(names)}
        self._say({**where, "part": self.name, "layers": list(self._of), "rows": len(self._batch[0])}, columns)

    def _kept(self) -> list[Any]:
        return [tf.identity(variable.value) for variable in self._state]

    def _put_back(self, values: list[Any], is_meant: Any) -> Any:
        def assign() -> Any:
            for variable, value in zip(self._state, values, strict=True):
                variable.assign(value)
            return tf.constant(True)

        return tf.cond(is_meant, assign, lambda: tf.constant(False))

    def _measured(self, batch: tuple[Any, ...], is_meant: Any) -> Any:
        return tf.cond(is_meant, lambda: self._norms(batch), lambda: tf.zeros((len(self._of), 3)))

    def _norms(self, batch: tuple[Any, ...]) -> Any:
        """Norms by layer: of the gradient, of the weights before the step, of their change; float32 (layers, 3)."""
        model, optimizer = self._model, self._model.optimizer
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(batch)
        variables = model.trainable_variables
        before = [tf.identity(variable.value) for variable in variables]
        with tf.GradientTape() as tape:
            predicted = model(x, training=True)
            loss = model.compute_loss(x=x, y=y, y_pred=predicted, sample_weight=sample_weight, training=True)
            scaled = optimizer.scale_loss(loss)
        gradients = tape.gradient(scaled, variables)
        scale = optimizer.scale_loss(tf.ones((), loss.dtype))
        # With accumulation only every so-many-th step moves the weights.
        for _ in range(getattr(optimizer, "inner_optimizer", optimizer).gradient_accumulation_steps or 1):
            optimizer.apply_gradients(zip(gradients, variables, strict=True))
        squares = {}
        for variable, gradient, was in zip(variables, gradients, before, strict=True):
            moved = tf.cast(variable.value, tf.float32) - tf.cast(was, tf.float32)
            slope = (
                tf.constant(np.nan) if gradient is None else _square(gradient) / tf.square(tf.cast(scale, tf.float32))
            )
            squares[id(variable)] = tf.stack([slope, _square(was), _square(moved)])
        return tf.sqrt(
            tf.stack([tf.add_n([squares[id(each)] for each in variables]) for variables in self._of.values()])
        )


def _owned(model: keras.Model) -> dict[str, list[Any]]:
    """By the names of the layers that are trained, their variables; one that several share is the first one's."""
    found, seen = {}, set()
    for layer in model.layers:
        own = [variable for variable in layer.trainable_variables if id(variable) not in seen]
        seen |= {id(variable) for variable in own}
        if own:
            found[layer.name] = own
    return found


def _square(value: Any) -> Any:
    return tf.reduce_sum(tf.square(tf.cast(tf.convert_to_tensor(value), tf.float32)))
