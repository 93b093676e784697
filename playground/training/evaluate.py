"""Loss and metrics over a whole part of the data that lies on the device."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.passes import Passes


class Evaluation(Passes):
    """A part of the data on the device, and the compiled loop over it.

    Args:
        model: a compiled model whose metrics are built.
        x: inputs (n, ...).
        y: targets (n, ...), as the loss reads them.
        batch_size: the run's, as ``fit`` has it: recurrent layers draw random numbers per batch even here.
    """

    def __init__(self, model: keras.Model, x: np.ndarray, y: np.ndarray, batch_size: int) -> None:
        super().__init__(model, len(x), batch_size)
        self.x = tf.constant(x)
        self.y = self.x if y is x else tf.constant(y)
        self._whole = tf.function(self._some, autograph=False, jit_compile=False)
        self._last = tf.function(self._finish, autograph=False, jit_compile=False)

    def trace(self) -> None:
        """Trace the loop; changes no variable."""
        self._whole(self.x, self.y, tf.constant(0), tf.constant(0))
        self._last.get_concrete_function(self.x, self.y)

    def some(self, first: int, steps: int) -> None:
        """As :meth:`Passes.some`; the rows are gathered on the device."""
        self._whole(self.x, self.y, tf.constant(first), tf.constant(steps)).numpy()

    def finish(self) -> np.ndarray:
        """As :meth:`Passes.finish`."""
        values: np.ndarray = self._last(self.x, self.y).numpy()
        return values

    def pass_over(self, x: Any, y: Any) -> None:
        """Inside a compiled function: let the model's metrics see the whole part, as ``x`` and ``y`` on the device."""
        done = self._some(x, y, tf.constant(0), tf.constant(self._batches))
        with tf.control_dependencies([done]):
            self._rest(x, y)

    def _some(self, x: Any, y: Any, first: Any, steps: Any) -> Any:
        size = self._batch_size

        def batch(at: Any) -> tuple[Any, ...]:
            rows = at * size + tf.range(size)  # of a shape that XLA knows, as a slice between tensors is not
            return tf.gather(x, rows), tf.gather(y, rows)

        return self.seen(batch, first, steps)

    def _rest(self, x: Any, y: Any) -> None:
        done = self._batches * self._batch_size
        if done < self._n:
            self._model.test_step((x[done:], y[done:]))

    def _finish(self, x: Any, y: Any) -> Any:
        self._rest(x, y)
        return self.came_to()
