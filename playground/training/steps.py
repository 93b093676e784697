"""What every way of training shares: the batches of an epoch, each batch's own values, and the epoch's metrics."""

import abc
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
        values: each batch's own value of every name in ``Steps.batch_names``; float32 (steps, names).
        closed: the epoch's metrics by History name if the block ended the epoch, otherwise empty.
    """

    values: np.ndarray
    closed: dict[str, float]


class Steps(abc.ABC):
    """A compiled model and the batches of its epochs, wherever their rows come from.

    Everything that has variables (loss tracker, metrics, optimizer) is made here, before anything is traced.

    Args:
        model: a compiled model.
        n: rows of the training data.
        batch_size: rows of a batch; the last batch of an epoch may be smaller.
        batch: one batch as ``train_step`` takes it, of ``batch_size`` rows or of all.
    """

    def __init__(self, model: keras.Model, n: int, batch_size: int, batch: tuple[Any, ...]) -> None:
        self.model = model
        self.n = n
        self.batch_size = min(batch_size, n)
        self.tail = n % self.batch_size
        self.capacity = min(_CAPACITY, n // self.batch_size)
        model._symbolic_build(data_batch=batch)
        model.reset_metrics()
        self._means = [metric for metric in leaves(model.metrics) if isinstance(metric, keras.metrics.Mean)]
        self.batch_names = tuple(metric.name for metric in self._means)
        self._closed_names: tuple[str, ...] = ()
        self.is_xla = False
        """Whether whole batches go through the program that :meth:`compile` has made."""

    @property
    def steps_per_epoch(self) -> int:
        """Batches of an epoch, the uneven last one among them."""
        return self.whole + (1 if self.tail else 0)

    @property
    def whole(self) -> int:
        """Batches of an epoch without the uneven last one."""
        return self.n // self.batch_size

    @abc.abstractmethod
    def trace_last(self) -> None:
        """Trace the step of the uneven last batch, if there is one; changes no variable."""

    @abc.abstractmethod
    def compile(self) -> None:
        """Have XLA compile the loop over whole batches; changes no variable.

        Raises:
            tf.errors.OpError: XLA has no kernel for something in it.
        """

    @abc.abstractmethod
    def block(self, order: np.ndarray, first: int, steps: int) -> Block:
        """Train on ``steps`` batches of an epoch, from batch number ``first``.

        Args:
            order: the epoch's row order, (n,).
            first: batches of the epoch that were done before.
            steps: how many to do at most. Fewer are done beyond ``capacity``, and the uneven last batch is a block of
                its own; the epoch closes with its last batch.
        """

    def taken(self, first: int, steps: int) -> tuple[int, bool]:
        """How many of ``steps`` batches the next call takes, and whether the epoch closes with them."""
        taken = max(1, min(steps, self.capacity, self.whole - first))
        return taken, first + taken >= self.steps_per_epoch

    def train_on(self, batch: tuple[Any, ...]) -> Any:
        """Inside a compiled function: one training step on ``batch``; its own value of every name, float32 (names,)."""
        before = [(tf.identity(mean.total.value), tf.identity(mean.count.value)) for mean in self._means]
        with tf.control_dependencies([value for pair in before for value in pair]):
            self.model.train_step(batch)
        return tf.stack(
            [
                tf.cast(tf.math.divide_no_nan(mean.total.value - total, mean.count.value - count), tf.float32)
                for mean, (total, count) in zip(self._means, before, strict=True)
            ]
        )

    def many(self, step: Any, count: Any, closes: Any) -> Any:
        """Inside a compiled function: ``step(number)`` for ``count`` numbers, then the epoch's metrics if it closes."""
        values = tf.TensorArray(tf.float32, size=self.capacity, element_shape=(len(self._means),))

        def body(at: Any, values: Any) -> Any:
            return at + 1, values.write(at, step(at))

        start = (tf.constant(0), values)
        _, values = tf.while_loop(lambda at, _: at < count, body, start, parallel_iterations=1)
        if self.tail:
            return values.stack(), self._keep()  # the epoch closes with its uneven last batch
        return values.stack(), tf.cond(closes, self._close, self._keep)

    def ending(self, values: Any) -> Any:
        """Inside a compiled function: the values of the uneven last batch, and the epoch's metrics."""
        with tf.control_dependencies([values]):
            return values[None], self._close()

    def named(self, closed: Any) -> dict[str, float]:
        """The epoch's metrics, float64 (metrics,), by History name."""
        return dict(zip(self._closed_names, closed.numpy().tolist(), strict=True))

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
