"""What every way of measuring shares: blocks of batches, between which requests are heard, and the metrics after."""

import abc
import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.pace import Pace
from playground.training.steps import results


class Passes(abc.ABC):
    """A compiled model, and passes over a part of the data wherever its rows come from.

    Args:
        model: a compiled model whose metrics are built.
        n: rows of the part.
        batch_size: the run's, as ``fit`` has it: recurrent layers draw random numbers per batch even here.
    """

    def __init__(self, model: keras.Model, n: int, batch_size: int) -> None:
        self._model = model
        self._n = n
        self._batch_size = min(n, batch_size)
        self._batches = n // self._batch_size
        self._pace = Pace(self._batches)
        self._names: tuple[str, ...] = ()

    @abc.abstractmethod
    def trace(self) -> None:
        """Trace the loop; changes no variable."""

    @abc.abstractmethod
    def some(self, first: int, steps: int) -> None:
        """Let the metrics see ``steps`` whole batches, from batch number ``first``; 0 begins a pass."""

    @abc.abstractmethod
    def finish(self) -> np.ndarray:
        """Let them see the uneven last batch; returns what they came to, float64 (metrics,), and resets them."""

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
            self.some(done, steps)
            self._pace.took(steps, time.perf_counter() - began)
            done += steps
        between()
        values = self.finish().tolist()  # which may have to be traced, and then says the names
        return dict(zip(self._names, values, strict=True))

    def seen(self, batch: Callable[[Any], tuple[Any, ...]], first: Any, steps: Any) -> Any:
        """Inside a compiled function: let the metrics see ``batch(number)`` for ``steps`` numbers from ``first``."""

        def body(at: Any) -> Any:
            self._model.test_step(batch(at))
            return (at + 1,)

        return tf.while_loop(lambda at: at < first + steps, body, (first,), parallel_iterations=1)[0]

    def came_to(self) -> Any:
        """Inside a compiled function: what the metrics came to, float64 (metrics,); resets them."""
        self._names, values = results(self._model)
        with tf.control_dependencies([values]):
            self._model.reset_metrics()
        return values
