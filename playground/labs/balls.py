"""Two weights under a penalty: where a quadratic loss and the ball that the penalty allows touch."""

import functools
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground.training.objects import made

REACH = 2.0
STRENGTHS = 10 ** np.linspace(-2.0, 1.0, 61)
_SIDE = 121
_STEPS = 1000
_FIRST_RATE, _LAST_RATE = 0.2, 1e-5
_STEEPEST = 0.7
_KINDS = {"L1": ("l1", 1.0), "L2": ("l2", 0.5)}
"""Keras's regularizers of one strength: the argument's name, and the power of a factor that is taken out of them."""


class Balls(NamedTuple):
    """What becomes of two weights under one penalty.

    Attributes:
        strengths: of the penalty, float32 (61,).
        weights: where loss and penalty together are smallest, float32 (61, 2).
        penalties: of these weights at strength 1, float32 (61,).
        at: the places of the grid along either weight, float32 (121,).
        losses: over the grid, a row a second weight, float32 (121, 121).
        reached: the penalty at strength 1 over the grid, float32 (121, 121).
    """

    strengths: np.ndarray
    weights: np.ndarray
    penalties: np.ndarray
    at: np.ndarray
    losses: np.ndarray
    reached: np.ndarray


def balls(kind: str, best: tuple[float, float], tilt: float) -> Balls:
    """The smallest loss with a penalty at 61 strengths, each found by a thousand steps of Keras's SGD.

    The loss is Keras's mean squared error of ``w1 x1 + w2 x2`` on rows without noise, so it is 0 at ``best``.

    Args:
        kind: ``L1`` or ``L2``.
        best: the weights without a penalty, within -2 and 2.
        tilt: how much both inputs go together, their correlation, within -0.7 and 0.7.

    Raises:
        LookupError: there is no such penalty here.
    """
    if kind not in _KINDS:
        raise LookupError(f"There is no penalty {kind!r} here: expected one of {', '.join(_KINDS)}.")
    tilt = float(np.clip(tilt, -_STEEPEST, _STEEPEST))
    rows = np.sqrt(2) * np.linalg.cholesky(np.array([[1.0, tilt], [tilt, 1.0]])).T
    x = tf.constant(rows, tf.float32)
    target = tf.linalg.matvec(x, tf.constant(np.clip(best, -REACH, REACH), tf.float32))
    program = _program(kind)
    weights = program.smallest(x, target)
    at = np.linspace(-REACH, REACH, _SIDE, dtype=np.float32)
    places = np.stack(np.meshgrid(at, at), axis=-1)
    losses = keras.losses.mean_squared_error(target, tf.constant(places) @ tf.transpose(x))
    shape = (_SIDE, _SIDE)
    return Balls(
        STRENGTHS.astype(np.float32),
        weights,
        program.penalties(weights),
        at,
        np.asarray(losses).reshape(shape),
        program.penalties(places.reshape(-1, 2)).reshape(shape),
    )


class _Program:
    """The compiled descent under one penalty; other rows compile nothing."""

    def __init__(self, kind: str) -> None:
        argument, self._power = _KINDS[kind]
        self._penalty = made("regularizers", kind, {argument: 1.0})
        self._weights = keras.Variable(np.zeros((len(STRENGTHS), 2), np.float32), name="weights")
        decay = (_LAST_RATE / _FIRST_RATE) ** (1 / _STEPS)
        args = {"initial_learning_rate": _FIRST_RATE, "decay_rate": decay, "decay_steps": 1}
        rate = {"kind": "ExponentialDecay", "args": args}
        self._optimizer = made("optimizers", "SGD", {"learning_rate": rate})
        self._optimizer.build([self._weights])
        self._descent = tf.function(self._steps, autograph=False)

    def smallest(self, x: Any, target: Any) -> np.ndarray:
        """The weights of every strength after the last step, float32 (61, 2)."""
        self._optimizer.iterations.assign(0)
        self._weights.assign(np.zeros(self._weights.shape, np.float32))
        self._descent(x, target)
        return np.asarray(self._weights.numpy())

    def penalties(self, places: np.ndarray) -> np.ndarray:
        """The penalty at strength 1 of each of ``places``, float32 (n, 2); float32 (n,)."""
        return np.asarray(keras.ops.vectorized_map(self._penalty, tf.constant(places, tf.float32)))

    def _steps(self, x: Any, target: Any) -> Any:
        # A penalty of strength 1 on weights times a factor is one of that strength: so all are followed at once.
        factors = tf.constant(STRENGTHS[:, None] ** self._power, tf.float32)

        def step(at: Any) -> tuple[Any]:
            with tf.GradientTape() as tape:
                now = tf.convert_to_tensor(self._weights)
                tape.watch(now)
                loss = tf.reduce_sum(keras.losses.mean_squared_error(target, now @ tf.transpose(x)))
                total = loss + self._penalty(factors * now)
            gradient = tape.gradient(total, now)
            with tf.control_dependencies([gradient]):
                self._optimizer.apply([gradient], [self._weights])
            return (at + 1,)

        return tf.while_loop(lambda at: at < _STEPS, step, (tf.constant(0),), parallel_iterations=1)


@functools.lru_cache(maxsize=len(_KINDS))
def _program(kind: str) -> _Program:
    return _Program(kind)
