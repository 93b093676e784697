"""The last state of a run in which all weights were numbers, to go back to when they are no more."""

import time
from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf

from playground.training.state import variables

_EVERY_S = 1.0
_BYTES_PER_S = 10e6  # copied: a few thousandths of what memory can move
_REST = 200  # times what a copy took: half a percent of the time
_MOST_BYTES = 500_000_000


class LastGood:
    """Keeps one copy of all that decides the next step: weights, optimizer, moving averages, random streams.

    A copy lies where the variables lie. It is renewed once a second at most, less often the larger it is; a state of
    more than 500 MB is not kept at all.

    Args:
        model: a compiled model whose optimizer is built.
    """

    def __init__(self, model: keras.Model) -> None:
        self._variables = variables(model)
        size = sum(tf.as_dtype(each.dtype).size * int(tf.size(each.value)) for each in self._variables)
        self._is_small = size <= _MOST_BYTES
        self._every_s = max(_EVERY_S, size / _BYTES_PER_S)
        self._kept: Sequence[Any] = ()
        self._due = 0.0
        self.step: int | None = None
        """Steps that were complete when the copy was made; ``None`` while there is none."""

    def keep(self, step: int) -> None:
        """Copy the state, if it is time and all of it is finite, with ``step`` steps complete."""
        began = time.monotonic()
        if not self._is_small or began < self._due:
            return
        try:
            kept = [tf.identity(each.value) for each in self._variables]
            if self.step is None or all(map(_is_finite, kept)):
                self._kept, self.step = kept, step
        except tf.errors.ResourceExhaustedError:
            self._is_small = False  # training needs the memory more
        now = time.monotonic()
        self._due = now + max(self._every_s, _REST * (now - began))

    def restore(self) -> None:
        """Put the state back."""
        for variable, value in zip(self._variables, self._kept, strict=True):
            variable.assign(value)


def _is_finite(value: Any) -> bool:
    return not value.dtype.is_floating or bool(tf.reduce_all(tf.math.is_finite(value)))
