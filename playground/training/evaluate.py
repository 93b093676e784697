"""Loss and metrics over a whole part of the data, in blocks between which requests are heard."""

import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.pace import Pace
from playground.training.resident import results


class Evaluation:
    """A part of the data on the device, and the compiled loop over it.

    Args:
        model: a compiled model whose metrics are built.
        x: inputs (n, ...).
        y: targets (n, ...), as the loss reads them.
        batch_size: the run's, as ``fit`` has it: recurrent layers draw random numbers per batch even here.
    """

    def __init__(self, model: keras.Model, x: np.ndarray, y: np.ndarray, batch_size: int) -> None:
        self._model = model
        self._n = len(x)
        self._batch_size = min(self._n, batch_size)
        self._x = tf.constant(x)
        self._y = self._x if y is x else tf.constant(y)
        self._batches = self._n // self._batch_size
        self._pace = Pace(self._batches)
        self._names: tuple[str, ...] = ()
        self._whole = tf.function(self._some, autograph=False, jit_compile=False)
        self._last = tf.function(self._finish, autograph=False, jit_compile=False)

    def trace(self) -> None:
        """Trace the loop; changes no variable."""
        self._whole(self._x, self._y, tf.constant(0), tf.constant(0))
        self._last.get_concrete_function(self._x, self._y)

    def values(self, between: Callable[[], None] = lambda: None) -> dict[str, float]:
        """The loss and every metric by name, as ``keras.Model.evaluate`` has them.

        Resets the model's metrics before and after, so it belongs between epochs.

        Args:
            between: called between blocks; may raise to give up.
        """
        self._model.reset_metrics()
        done = 0
        while done < self._batches:
            between()
            steps = min(self._pace.steps, self._batches - done)
            began = time.perf_counter()
            self._whole(self._x, self._y, tf.constant(done), tf.constant(steps)).numpy()
            self._pace.took(steps, time.perf_counter() - began)
            done += steps
        between()
        values = self._last(self._x, self._y).numpy()
        return dict(zip(self._names, values.tolist(), strict=True))

    def _some(self, x: Any, y: Any, first: Any, steps: Any) -> Any:
        size = self._batch_size

        def body(batch: Any) -> Any:
            rows = slice(batch * size, batch * size + size)
            part = tf.ensure_shape(x[rows], (size, *x.shape[1:])), tf.ensure_shape(y[rows], (size, *y.shape[1:]))
            self._model.test_step(part)
            return (batch + 1,)

        return tf.while_loop(lambda batch: batch < first + steps, body, (first,), parallel_iterations=1)[0]

    def _finish(self, x: Any, y: Any) -> Any:
        done = self._batches * self._batch_size
        if done < self._n:
            self._model.test_step((x[done:], y[done:]))
        self._names, values = results(self._model)
        with tf.control_dependencies([values]):
            self._model.reset_metrics()
        return values
