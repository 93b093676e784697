"""Training steps on data that is read while training, because it would not fit onto the device.

The batches of an epoch come through a ``tf.data`` pipeline that reads ahead, in the order in which they would be
gathered on the device; the loop over them lies inside one compiled call, so that many batches cost one call here too.
"""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.ahead import compiling
from playground.training.part import Part
from playground.training.portable_random import portable_random
from playground.training.steps import Block, Steps

_AHEAD = 4  # batches that lie ready: each takes memory, and more would not make the disk faster


def pipeline(read: Callable[[int], tuple[np.ndarray, ...]], count: int, signature: tuple[tf.TensorSpec, ...]) -> Any:
    """The ``tf.data.Dataset`` of ``read(0)`` to ``read(count - 1)``, each an array for each spec, read ahead."""

    def batch(at: Any) -> tuple[Any, ...]:
        # from_generator takes ten times as long for a batch
        found = tf.numpy_function(read, [at], [each.dtype for each in signature])
        return tuple(tf.ensure_shape(array, each.shape) for array, each in zip(found, signature, strict=True))

    return tf.data.Dataset.range(count).map(batch).prefetch(_AHEAD)


class Streamed(Steps):
    """A compiled model with training data that stays on disk.

    Args:
        model: a compiled model.
        part: the training data.
        batch_size: rows of a batch; the last batch of an epoch may be smaller.
    """

    def __init__(self, model: keras.Model, part: Part, batch_size: int) -> None:
        first = part.rows(slice(batch_size))
        super().__init__(model, len(part), batch_size, first)
        self._part = part
        self._began = np.arange(0), 0
        self._next = 0
        self._first = tf.data.Dataset.from_tensors(first)
        signature = self._first.element_spec
        self._batches = pipeline(self._read, self.whole, signature)
        self._iterator: Any = None
        whole = [tf.data.IteratorSpec(signature), tf.TensorSpec((), tf.int32), tf.TensorSpec((), tf.bool)]
        self._whole = tf.function(self._whole_batches, input_signature=whole, autograph=False, jit_compile=False)
        self._compiled = tf.function(
            self._compiled_batches,
            input_signature=[*whole, tf.TensorSpec((), tf.int32)],
            autograph=False,
            jit_compile=False,
        )
        # The pipeline stays outside: XLA takes nothing but the step.
        self._compiled_step = tf.function(self._step, autograph=False, jit_compile=True)
        self._last = tf.function(
            self._last_batch,
            input_signature=[tf.TensorSpec((self.tail, *each.shape[1:]), each.dtype) for each in signature],
            autograph=False,
            jit_compile=False,
        )

    def trace_last(self) -> None:
        """Trace the step of the uneven last batch, if there is one; changes no variable."""
        if self.tail:
            self._last.get_concrete_function()

    def compile(self) -> None:
        """Have XLA compile the step; changes no variable.

        Raises:
            tf.errors.OpError: XLA has no kernel for something in it.
        """
        arguments = (iter(self._first), np.int32(1), False, np.int32(0))
        with portable_random():
            self._compiled.get_concrete_function()
        with compiling():
            self._compiled(*arguments)

    def block(self, order: np.ndarray, first: int, steps: int) -> Block:
        """As :meth:`Steps.block`; the batches have been read while the ones before them were trained."""
        steps, closes = self.taken(first, steps)
        if first == self.whole:
            values, closed = self._last(*self._part.rows(order[self.n - self.tail :]))
            return Block(values.numpy(), self.named(closed))
        if order is not self._began[0] or first != self._next:
            self._began = order, first
            self._iterator = iter(self._batches)
        if self.is_xla:
            values, closed = self._compiled(self._iterator, np.int32(steps), closes, np.int32(1))
        else:
            values, closed = self._whole(self._iterator, np.int32(steps), closes)
        self._next = first + steps
        return Block(values.numpy()[:steps], self.named(closed) if closes else {})

    def _read(self, number: int) -> tuple[np.ndarray, ...]:
        """A batch of the epoch that has begun, counted from where it began; nobody takes those beyond its end."""
        order, first = self._began
        at = min(first + number, self.whole - 1)
        return self._part.rows(order[at * self.batch_size : (at + 1) * self.batch_size])

    def _whole_batches(self, batches: Any, count: Any, closes: Any) -> Any:
        return self.many(lambda _: self.train_on(next(batches)), count, closes)

    def _compiled_batches(self, batches: Any, count: Any, closes: Any, trains: Any) -> Any:
        return self.many(lambda _: self._compiled_step(next(batches), trains), count, closes)

    def _step(self, batch: Any, trains: Any) -> Any:
        """One step, or with 0 for ``trains`` none, so that all is compiled and no variable changes."""
        start = (tf.constant(0), tf.zeros(len(self.batch_names)))
        return tf.while_loop(lambda at, _: at < trains, lambda at, _: (at + 1, self.train_on(batch)), start)[1]

    def _last_batch(self, *batch: Any) -> Any:
        return self.ending(self.train_on(batch))
