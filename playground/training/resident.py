"""Training steps on data that lies on the device, many in one compiled call.

``fit`` spends most of its time in Python when the model is small. Here one call takes many batches: a loop inside the
graph gathers each batch by its row numbers and calls ``keras.Model.train_step`` itself, so results stay Keras's own.
"""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.ahead import compiling
from playground.training.portable_random import portable_random
from playground.training.steps import Block, Steps


class Resident(Steps):
    """A compiled model with its training data on the device.

    Args:
        model: a compiled model.
        x: inputs (n, ...).
        y: targets (n, ...), as the loss reads them.
        batch_size: rows of a batch; the last batch of an epoch may be smaller.
        weights: how much each row counts in the loss, float32 (n,); ``None`` where all count once.
    """

    def __init__(
        self, model: keras.Model, x: np.ndarray, y: np.ndarray, batch_size: int, weights: np.ndarray | None = None
    ) -> None:
        weighted = () if weights is None else (weights,)
        super().__init__(model, len(x), batch_size, tuple(each[:batch_size] for each in (x, y, *weighted)))
        self.x = tf.constant(x)
        self.y = self.x if y is x else tf.constant(y)
        self._weights = tuple(map(tf.constant, weighted))
        data = [tf.TensorSpec.from_tensor(self.x), tf.TensorSpec.from_tensor(self.y)]
        rows = tf.TensorSpec((self.capacity, self.batch_size), tf.int32)
        # AutoGraph would read all of Keras's code and find nothing to convert.
        self._whole = tf.function(
            self._whole_batches,
            input_signature=[*data, rows, tf.TensorSpec((), tf.int32), tf.TensorSpec((), tf.bool)],
            autograph=False,
            jit_compile=False,
        )
        self._compiled = tf.function(
            self._whole_batches, input_signature=self._whole.input_signature, autograph=False, jit_compile=True
        )
        # Apart, so that the first batches need not wait until a second training step is traced.
        self._last = tf.function(
            self._last_batch,
            input_signature=[*data, tf.TensorSpec((self.tail,), tf.int32)],
            autograph=False,
            jit_compile=False,
        )

    def trace_last(self) -> None:
        """Trace the step of the uneven last batch, if there is one; changes no variable."""
        if self.tail:
            self._last.get_concrete_function()

    def compile(self) -> None:
        """Have XLA compile the loop over whole batches; changes no variable.

        Raises:
            tf.errors.OpError: XLA has no kernel for something in it.
        """
        arguments = (self.x, self.y, np.zeros((self.capacity, self.batch_size), np.int32), np.int32(0), False)
        with portable_random():
            self._compiled.get_concrete_function()
        with compiling():
            self._compiled(*arguments)

    def block(self, order: np.ndarray, first: int, steps: int) -> Block:
        """As :meth:`Steps.block`; the rows are gathered on the device."""
        steps, closes = self.taken(first, steps)
        if first == self.whole:
            values, closed = self._last(self.x, self.y, order[self.n - self.tail :].astype(np.int32))
            return Block(values.numpy(), self.named(closed))
        start = first * self.batch_size
        # One shape for every call: another shape would be another trace.
        rows = np.zeros((self.capacity, self.batch_size), np.int32)
        rows[:steps] = order[start : start + steps * self.batch_size].reshape(steps, self.batch_size)
        program = self._compiled if self.is_xla else self._whole
        values, closed = program(self.x, self.y, rows, np.int32(steps), closes)
        return Block(values.numpy()[:steps], self.named(closed) if closes else {})

    def step(self, x: Any, y: Any, rows: Any) -> Any:
        """Inside a compiled function: one training step on ``rows``; its own value of every name, float32 (names,)."""
        return self.train_on(tuple(tf.gather(each, rows) for each in (x, y, *self._weights)))

    def _whole_batches(self, x: Any, y: Any, rows: Any, count: Any, closes: Any) -> Any:
        return self.many(lambda at: self.step(x, y, rows[at]), count, closes)

    def _last_batch(self, x: Any, y: Any, rows: Any) -> Any:
        return self.ending(self.step(x, y, rows))
