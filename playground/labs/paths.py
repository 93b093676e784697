"""The path of one optimizer down a surface, each step made by Keras's own ``apply``."""

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground.catalog.surfaces import surface
from playground.frame import dumps
from playground.labs.optimizer_numbers import as_variables, in_full, numbers_of, pattern
from playground.labs.surfaces import NUMBERS, height, slope
from playground.training.objects import made

MOST_STEPS = 1000
_PROGRAMS = 64
_OFF = 1e6
"""Whoever is further away than this has left; numbers beyond would only become infinite."""


class Path(NamedTuple):
    """Where an optimizer went.

    Attributes:
        points: the start and the place after each step, float32 (steps + 1, 2).
        heights: of the surface there, float32 (steps + 1,).
        slopes: the gradient that each step was given, noise included, float32 (steps, 2).
        rates: the learning rate of each step, float32 (steps,).
    """

    points: np.ndarray
    heights: np.ndarray
    slopes: np.ndarray
    rates: np.ndarray


def path(name: str, optimizer: Mapping[str, Any], start: tuple[float, float], steps: int, seed: int = 0) -> Path:
    """The path of ``optimizer`` on the surface ``name``.

    It ends early where it becomes infinite or leaves for more than a million.

    Args:
        name: a surface of :mod:`playground.catalog.surfaces`.
        optimizer: its ``kind`` and ``args``, as a spec has them.
        start: where it begins.
        steps: how many, at most 1,000.
        seed: of the noise, where the surface has any; the same seed is the same noise for every optimizer.

    Raises:
        LookupError: there is no such surface or optimizer.
        ValueError, TypeError: what Keras says of an argument.
    """
    found, steps = surface(name), max(1, min(steps, MOST_STEPS))
    kind, args = optimizer["kind"], optimizer.get("args") or {}
    noise = np.zeros((MOST_STEPS, 2), np.float32)
    if found.noise:
        noise[:] = np.random.default_rng(seed).normal(0, found.noise, noise.shape)
    begun = _begun(kind, args, start)  # refuses what Keras does not take
    program, numbers = program_of(kind, args), numbers_of(in_full(kind, args))
    points, slopes, rates = program.walk(NUMBERS[name], begun, numbers, start, steps, noise)
    is_inside = (np.abs(points) < _OFF).all(axis=1)  # NaN is not
    end = len(points) if is_inside.all() else max(1, int(np.argmin(is_inside)))
    return Path(points[:end], height(name, points[:end]), slopes[: end - 1], rates[: end - 1])


class Program:
    """A compiled walk. Start, surface, steps, noise and all numbers of the optimizer may differ from call to call and
    compile nothing.

    Attributes:
        tracings: how often it has been traced.
    """

    def __init__(self, kind: str, args: Mapping[str, Any]) -> None:
        self.tracings = 0
        self._place = keras.Variable(np.zeros(2, np.float32), name="place")
        self._optimizer = made("optimizers", kind, args)
        self._optimizer.build([self._place])
        self._state = self._optimizer.variables
        self._numbers = as_variables(self._optimizer, numbers_of(args))
        self._walk = tf.function(self._steps, autograph=False)

    def walk(
        self,
        number: int,
        begun: Sequence[np.ndarray],
        numbers: Mapping[str, float],
        start: tuple[float, float],
        steps: int,
        noise: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Points (steps + 1, 2), the gradients at them (steps, 2) and the rates (steps,), float32.

        Args:
            number: the surface's.
            begun: what the optimizer's own variables begin with, its learning rate among them.
            numbers: its other numbers, by argument.
            start: where it begins.
            steps: how many.
            noise: that is added to the gradient of each step, float32 (``MOST_STEPS``, 2).
        """
        for variable, first in zip(self._state, begun, strict=True):
            variable.assign(first)
        for name, variable in self._numbers.items():
            variable.assign(numbers[name])
        self._place.assign(np.asarray(start, np.float32))
        points, slopes, rates = (each.numpy()[:steps] for each in self._walk(np.int32(number), np.int32(steps), noise))
        return np.concatenate([points, self._place.numpy()[None]]), slopes, rates

    def _steps(self, number: Any, steps: Any, noise: Any) -> Any:
        self.tracings += 1
        arrays = [tf.TensorArray(tf.float32, size=MOST_STEPS, element_shape=shape) for shape in ((2,), (2,), ())]

        def step(at: Any, points: Any, slopes: Any, rates: Any) -> Any:
            place = tf.identity(self._place.value)
            gradient = slope(number, place) + noise[at]
            rate = tf.cast(tf.convert_to_tensor(self._optimizer.learning_rate), tf.float32)
            with tf.control_dependencies([place, gradient, rate]):
                self._optimizer.apply([gradient], [self._place])
            return at + 1, points.write(at, place), slopes.write(at, gradient), rates.write(at, rate)

        start = (tf.constant(0), *arrays)
        _, *found = tf.while_loop(lambda at, *_: at < steps, step, start, parallel_iterations=1)
        return tuple(each.stack() for each in found)


def program_of(kind: str, args: Mapping[str, Any]) -> Program:
    """The program that walks with an optimizer: one for all of a class that differ in numbers only.

    Flags, schedules, what is ``None``, and whether a number is 0 where Keras takes another rule then, are part of the
    program; see :func:`~playground.labs.optimizer_numbers.pattern`.

    Raises:
        LookupError: there is no such optimizer.
    """
    return _program(kind, dumps(pattern(kind, in_full(kind, args))))


@functools.lru_cache(maxsize=_PROGRAMS)
def _program(kind: str, args: str) -> Program:
    return Program(kind, json.loads(args))


def _begun(kind: str, args: Mapping[str, Any], start: tuple[float, float]) -> list[np.ndarray]:
    """What the variables of an optimizer begin with at ``start``; some keep a copy of the weights."""
    optimizer = made("optimizers", kind, args)
    optimizer.build([keras.Variable(np.asarray(start, np.float32))])
    return [variable.numpy() for variable in optimizer.variables]
