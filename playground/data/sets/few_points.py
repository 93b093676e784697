"""Data of a few rows, the same for every seed.

The functions need numpy only and keep to 88 columns, so that an exported script can carry them as they stand.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.data.source import Loaded, Progress
from playground.settings import Settings


def fixed(rows: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Callable[..., Loaded]:
    """A source's ``load`` that gives what ``rows`` gives for the options; no seed changes it."""

    def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        return Loaded(*rows(**options))

    return load


def six_points() -> tuple[np.ndarray, np.ndarray]:
    """Six points, x float32 (6, 1) and y float32 (6,), with 1.26 x + 0.29 as their line of least squares.

    The distances from the line sum to zero, and so do their products with x: that makes it the best one exactly.
    """
    x = np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
    y = np.array([-2.66, -1.90, -0.24, 0.72, 2.48, 3.34])
    return x[:, None].astype("float32"), y.astype("float32")


def two_answers() -> tuple[np.ndarray, np.ndarray]:
    """Four rows of two inputs and two answers, float32 (4, 2) each, that a 2 by 2 matrix and two biases fit exactly."""
    x = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    y = x @ np.array([[1.26, 0.50], [-0.40, 0.80]]) + np.array([0.29, -0.10])
    return x.astype("float32"), y.astype("float32")


def truth_table(function: str, copies: int) -> tuple[np.ndarray, np.ndarray]:
    """The four pairs of 0 and 1, each ``copies`` times, and the ``function`` of each.

    x is float32 (4 * copies, 2), y int64 (4 * copies,).
    """
    x = np.tile([[0, 0], [0, 1], [1, 0], [1, 1]], (copies, 1))
    n = x.sum(axis=1)
    y = {"xor": n == 1, "and": n == 2, "or": n > 0}[function]
    return x.astype("float32"), y.astype("int64")
