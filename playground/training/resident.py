"""Training steps on data that lies on the device, many in one compiled call.

``fit`` spends most of its time in Python when the model is small. Here one call takes many batches: a loop inside the
graph gathers each batch by its row numbers and calls ``keras.Model.train_step`` itself, so results stay Keras's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

_CAPACITY = 512


@dataclass(frozen=True, slots=True)
class Block:
    """What one call brought.

    Attributes:
        values: each batch's own value of every name in ``Resident.batch_names``; float32 (steps, names).
        closed: the epoch's metrics by History name if the block ended the epoch, otherwise empty.
    """

    values: np.ndarray
    closed: dict[str, float]


class Resident:
    """A compiled model with its training data on the device.

    Everything that has variables (loss tracker, metrics, optimizer) is made here, before anything is traced.

    Args:
        model: a compiled model.
        x: inputs (n, ...).
        y: targets (n, ...), as the loss reads them.
        batch_size: rows of a batch; the last batch of an epoch may be smaller.
    """

    def __init__(self, model: keras.Model, x: np.ndarray, y: np.ndarray, batch_size: int) -> None:
        self.model = model
        self.n = len(x)
        self.batch_size = min(batch_size, self.n)
        self.tail = self.n % self.batch_size
        self.capacity = min(_CAPACITY, self.n // self.batch_size)
        self._x = tf.constant(x)
        self._y = self._x if y is x else tf.constant(y)
        model._symbolic_build(data_batch=(x[: self.batch_size], y[: self.batch_size]))
        model.reset_metrics()
        self._means = [metric for metric in leaves(model.metrics) if isinstance(metric, keras.metrics.Mean)]
        self.batch_names = tuple(metric.name for metric in self._means)
        self._closed_names: tuple[str, ...] = ()
        data = [tf.TensorSpec.from_tensor(self._x), tf.TensorSpec.from_tensor(self._y)]
        rows = tf.TensorSpec((self.capacity, self.batch_size), tf.int32)
        # AutoGraph would read all of Keras's code and find nothing to convert.
        self._whole = tf.function(
            self._whole_batches,
            input_signature=[*data, rows, tf.TensorSpec((), tf.int32), tf.TensorSpec((), tf.bool)],
            autograph=False,
            jit_compile=False,
        )
        # Apart, so that the first batches need not wait until a second training step is traced.
        self._last = tf.function(
            self._last_batch,
            input_signature=[*data, tf.TensorSpec((self.tail,), tf.int32)],
            autograph=False,
            jit_compile=False,
        )

    @property
    def steps_per_epoch(self) -> int:
        """Batches of an epoch, the uneven last one among them."""
        return self.whole + (1 if self.tail else 0)

    @property
    def whole(self) -> int:
        """Batches of an epoch without the uneven last one."""
        return self.n // self.batch_size

    def trace_last(self) -> None:
        """Trace the step of the uneven last batch, if there is one; changes no variable."""
        if self.tail:
            self._last.get_concrete_function()

    def block(self, order: np.ndarray, first: int, steps: int) -> Block:
        """Train on ``steps`` batches of an epoch, from batch number ``first``.

        Args:
            order: the epoch's row order, (n,).
            first: batches of the epoch that were done before.
            steps: how many to do at most. Fewer are done beyond ``capacity``, and the uneven last batch is a block of
                its own; the epoch closes with its last batch.
        """
        steps = max(1, min(steps, self.capacity, self.whole - first))
        closes = first + steps >= self.steps_per_epoch
        if first == self.whole:
            values, closed = self._last(self._x, self._y, order[self.n - self.tail :].astype(np.int32))
            return Block(values.numpy(), self._named(closed))
        start = first * self.batch_size
        # One shape for every call: another shape would be another trace.
        rows = np.zeros((self.capacity, self.batch_size), np.int32)
        rows[:steps] = order[start : start + steps * self.batch_size].reshape(steps, self.batch_size)
        values, closed = self._whole(self._x, self._y, rows, np.int32(steps), closes)
        return Block(values.numpy()[:steps], self._named(closed) if closes else {})

    def _named(self, closed: Any) -> dict[str, float]:
        return dict(zip(self._closed_names, closed.numpy().tolist(), strict=True))

    def _whole_batches(self, x: Any, y: Any, rows: Any, count: Any, closes: Any) -> Any:
        values = tf.TensorArray(tf.float32, size=self.capacity, element_shape=(len(self._means),))

        def body(step: Any, values: Any) -> Any:
            return step + 1, values.write(step, self._step(x, y, rows[step]))

        start = (tf.constant(0), values)
        _, values = tf.while_loop(lambda step, _: step < count, body, start, parallel_iterations=1)
        if self.tail:
            return values.stack(), self._keep()  # the epoch closes with its uneven last batch
        return values.stack(), tf.cond(closes, self._close, self._keep)

    def _last_batch(self, x: Any, y: Any, rows: Any) -> Any:
        values = self._step(x, y, rows)
        with tf.control_dependencies([values]):
            return values[None], self._close()

    def _step(self, x: Any, y: Any, rows: Any) -> Any:
        before = [(tf.identity(mean.total.value), tf.identity(mean.count.value)) for mean in self._means]
        with tf.control_dependencies([value for pair in before for value in pair]):
            self.model.train_step((tf.gather(x, rows), tf.gather(y, rows)))
        return tf.stack(
            [
                tf.cast(tf.math.divide_no_nan(mean.total.value - total, mean.count.value - count), tf.float32)
                for mean, (total, count) in zip(self._means, before, strict=True)
            ]
        )

    def _close(self) -> Any:
        names, values = results(self.model)
        self._closed_names = names
        with tf.control_dependencies([values]):
            self.model.reset_metrics()
        return values

    def _keep(self) -> Any:
        return tf.zeros(len(results(self.model)[0]), tf.float64)


def leaves(metrics: Sequence[keras.metrics.Metric]) -> Iterator[keras.metrics.Metric]:
    """The metrics that hold values, out of those that only gather others."""
    for metric in metrics:
        inner = getattr(metric, "metrics", None)
        if inner:
            yield from leaves(inner)
        else:
            yield metric


def results(model: keras.Model) -> tuple[tuple[str, ...], Any]:
    """Names and values, float64 (names,), of the model's metrics as Keras's History has them; vectors by their mean."""
    found = model.get_metrics_result()
    values = [tf.cast(tf.reduce_mean(tf.convert_to_tensor(value)), tf.float64) for value in found.values()]
    return tuple(found), tf.stack(values)
