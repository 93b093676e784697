"""Whole epochs in one compiled call: their steps, the uneven last batch, the metrics, the validation.

A network that passes over its data in a millisecond would spend most of its time between two calls. What a call of
several epochs leaves behind is what as many single epochs would: each epoch's own values, and the best weights.
"""

import contextlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from playground.training.ahead import compiling
from playground.training.evaluate import Evaluation
from playground.training.portable_random import portable_random
from playground.training.resident import Resident
from playground.training.steps import results

_ROWS = 1_000_000
"""Row numbers that one call takes at most."""
_MOST = 128
RATE = "learning_rate"


class Span(NamedTuple):
    """What a call brought.

    Attributes:
        values: every batch's own value of every name in ``Resident.batch_names``; float32 (epochs, steps, names).
        epochs: each epoch's metrics by History name, validation and the learning rate at its end among them.
    """

    values: np.ndarray
    epochs: tuple[dict[str, float], ...]


class Spans:
    """The compiled program; made without tracing anything.

    Args:
        resident: the model and its training data.
        validation: the validation part, if there is one.
        is_xla: whether XLA compiles it.
    """

    def __init__(self, resident: Resident, validation: Evaluation | None, *, is_xla: bool) -> None:
        self.is_xla = is_xla
        self._resident = resident
        self._validation = validation
        self.most = max(1, min(_MOST, _ROWS // resident.n))
        self._names: tuple[str, ...] = ()
        self._best = [tf.Variable(weight.value, trainable=False) for weight in resident.model.weights]
        self._best_value = tf.Variable(np.inf, dtype=tf.float64, trainable=False)
        self._program = tf.function(self._epochs, autograph=False, jit_compile=is_xla)

    def ready(self) -> None:
        """Trace and compile; no variable of the model changes.

        Raises:
            tf.errors.OpError: XLA has no kernel for something in it.
        """
        arguments = self._arguments(self._rows([]), 0)
        with portable_random() if self.is_xla else contextlib.nullcontext():
            self._program.get_concrete_function(*arguments)
        with compiling():
            self._program(*arguments)

    def begin(self, best: float | None, weights: Sequence[np.ndarray]) -> None:
        """Take over the best value of an epoch so far and its weights; ``None`` where there is none."""
        self._best_value.assign(np.inf if best is None else best)
        for kept, weight in zip(self._best, weights, strict=False):
            kept.assign(weight)

    def best_weights(self) -> list[np.ndarray]:
        """Those of the epoch with the lowest validation loss, or training loss without validation."""
        return [kept.numpy() for kept in self._best]

    def run(self, orders: Sequence[np.ndarray]) -> Span:
        """Train as many epochs as there are row orders, each (n,); ``most`` at most."""
        count = len(orders)
        values, closed = self._call(self._rows(orders), count)
        steps = self._resident.steps_per_epoch
        shaped = values.numpy()[: count * steps].reshape(count, steps, -1)
        rows = closed.numpy()[:count].tolist()
        return Span(shaped, tuple(dict(zip(self._names, row, strict=True)) for row in rows))

    def _call(self, rows: np.ndarray, count: int) -> Any:
        return self._program(*self._arguments(rows, count))

    def _arguments(self, rows: np.ndarray, count: int) -> tuple[Any, ...]:
        resident, validation = self._resident, self._validation
        whole = resident.whole * resident.batch_size
        shape = (self.most, resident.whole, resident.batch_size)
        held = (validation.x, validation.y) if validation is not None else ()
        return (resident.x, resident.y), held, rows[:, :whole].reshape(shape), rows[:, whole:], np.int32(count)

    def _rows(self, orders: Sequence[np.ndarray]) -> np.ndarray:
        rows = np.zeros((self.most, self._resident.n), np.int32)
        for at, order in enumerate(orders):
            rows[at] = order
        return rows

    def _epochs(self, data: Any, held: Any, rows: Any, tails: Any, count: Any) -> Any:
        of = self._resident
        (x, y), steps = data, of.steps_per_epoch
        n_values = len(of.batch_names)
        values = tf.TensorArray(tf.float32, size=self.most * steps, element_shape=(n_values,))
        self._names = self._named()
        closed = tf.TensorArray(tf.float64, size=self.most, element_shape=(len(self._names),))

        def epoch(at: Any, values: Any, closed: Any) -> Any:
            def step(batch: Any, values: Any) -> Any:
                return batch + 1, values.write(at * steps + batch, of.step(x, y, rows[at, batch]))

            _, values = tf.while_loop(
                lambda batch, _: batch < of.whole, step, (tf.constant(0), values), parallel_iterations=1
            )
            if of.tail:
                values = values.write(at * steps + of.whole, of.step(x, y, tails[at]))
            return at + 1, values, closed.write(at, self._close(held))

        start = (tf.constant(0), values, closed)
        _, values, closed = tf.while_loop(lambda at, *_: at < count, epoch, start, parallel_iterations=1)
        return values.stack(), closed.stack()

    def _named(self) -> tuple[str, ...]:
        names = results(self._resident.model)[0]
        if self._validation is None:
            return (*names, RATE)
        return (*names, *(f"val_{name}" for name in names), RATE)

    def _close(self, held: Any) -> Any:
        model = self._resident.model
        _, values = results(model)
        with tf.control_dependencies([values]):
            model.reset_metrics()
        parts = [values]
        if self._validation is not None:
            self._validation.pass_over(*held)
            _, values = results(model)
            with tf.control_dependencies([values]):
                model.reset_metrics()
            parts.append(values)
        self._keep(values[self._names.index("loss")])
        parts.append(tf.cast(tf.convert_to_tensor(model.optimizer.learning_rate), tf.float64)[None])
        return tf.concat(parts, axis=0)

    def _keep(self, value: Any) -> None:
        """Keep the weights where ``value``, the monitored loss, is the lowest so far."""
        is_better = tf.math.is_finite(value) & (value < self._best_value)
        for kept, weight in zip(self._best, self._resident.model.weights, strict=True):
            kept.assign(tf.where(is_better, tf.convert_to_tensor(weight), kept))
        self._best_value.assign(tf.where(is_better, value, self._best_value))
