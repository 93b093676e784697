"""What the network answers for rows that stay the same."""

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from playground.training.probes.looked import Looked

_SIGNED = frozenset({"Hinge", "SquaredHinge"})
"""Losses that read two classes as -1 and 1, so that 0 lies in the middle."""


class Answers:
    """The network's answers, compiled; scores are turned into probabilities where the loss reads logits.

    Args:
        looked: the model and the run's spec.
        x: gives the rows, (rows, ...); called by :meth:`ready`.
    """

    def __init__(self, looked: Looked, x: Callable[[], np.ndarray]) -> None:
        self._model = looked.model
        self._rows = x
        self._x = np.empty(0)
        self._task = looked.facts.task
        loss = looked.spec.training.loss
        self._is_logits = loss.args.get("from_logits", False) is True
        self._middle = 0.0 if loss.kind in _SIGNED else 0.5
        self._answer = tf.function(self._answered, autograph=False, jit_compile=False)

    def ready(self) -> None:
        """Trace; changes no variable."""
        self._x = self._rows()
        self._answer(self._x)

    def values(self) -> np.ndarray:
        """The answers, float32 (rows, ...): probabilities of classes, or numbers."""
        answered: np.ndarray = self._answer(self._x).numpy()
        return answered

    def labels(self, values: np.ndarray) -> np.ndarray:
        """The classes that answers stand for, int64 (rows, ...)."""
        if self._task == "binary":
            return (values[..., 0] > self._middle).astype(np.int64)
        found: np.ndarray = values.argmax(axis=-1)
        return found

    def _answered(self, x: Any) -> Any:
        values = tf.cast(self._model(x, training=False), tf.float32)
        if self._is_logits and self._task in ("binary", "multiclass"):
            return tf.sigmoid(values) if self._task == "binary" else tf.nn.softmax(values)
        return values
