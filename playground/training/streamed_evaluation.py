"""Loss and metrics over a whole part of the data that is read meanwhile, because it would not fit onto the device."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.training.part import Part
from playground.training.passes import Passes
from playground.training.streamed import pipeline


class StreamedEvaluation(Passes):
    """A part of the data that stays on disk, and the compiled loop over its batches.

    Args:
        model: a compiled model whose metrics are built.
        part: the data.
        batch_size: the run's, as ``fit`` has it: recurrent layers draw random numbers per batch even here.
    """

    def __init__(self, model: keras.Model, part: Part, batch_size: int) -> None:
        super().__init__(model, len(part), batch_size)
        self._part = part
        self._first = tf.data.Dataset.from_tensors(part.rows(slice(self._batch_size)))
        signature = self._first.element_spec
        self._read_ahead = pipeline(self._read, self._batches, signature)
        self._iterator: Any = None
        self._whole = tf.function(
            self._some,
            input_signature=[tf.data.IteratorSpec(signature), *[tf.TensorSpec((), tf.int32)] * 2],
            autograph=False,
            jit_compile=False,
        )
        left = self._n - self._batches * self._batch_size
        self._last = tf.function(
            self._finish,
            input_signature=[tf.TensorSpec((left, *each.shape[1:]), each.dtype) for each in signature],
            autograph=False,
            jit_compile=False,
        )

    def trace(self) -> None:
        """Trace the loop; changes no variable."""
        self._whole.get_concrete_function()
        self._last.get_concrete_function()

    def some(self, first: int, steps: int) -> None:
        """As :meth:`Passes.some`; the batches have been read while the ones before them were measured."""
        if first == 0:
            self._iterator = iter(self._read_ahead)
        self._whole(self._iterator, tf.constant(first), tf.constant(steps)).numpy()

    def finish(self) -> np.ndarray:
        """As :meth:`Passes.finish`."""
        self._iterator = None  # what it holds is memory
        values: np.ndarray = self._last(*self._part.rows(slice(self._batches * self._batch_size, None))).numpy()
        return values

    def _read(self, at: int) -> tuple[np.ndarray, ...]:
        return self._part.rows(slice(at * self._batch_size, (at + 1) * self._batch_size))

    def _some(self, batches: Any, first: Any, steps: Any) -> Any:
        return self.seen(lambda _: next(batches), first, steps)

    def _finish(self, *batch: Any) -> Any:
        if batch[0].shape[0]:
            self._model.test_step(batch)
        return self.came_to()
