"""Weights as an initializer draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from playground.training.objects import made

_KEPT = 2001
_MOST = 512


@dataclass(frozen=True)
class Drawn:
    """A matrix of weights in figures.

    Attributes:
        mean, deviation: of all its numbers.
        values: evenly spaced quantiles of them, float32 (2001,).
    """

    mean: float
    deviation: float
    values: np.ndarray


def drawn(initializer: str, args: Mapping[str, Any], units_in: int, units_out: int, seed: int = 0) -> Drawn:
    """A matrix (``units_in``, ``units_out``), at most 512 each, as ``initializer`` of the catalogue draws it.

    Raises:
        LookupError, ValueError, TypeError: there is no such initializer, or Keras does not take its arguments.
    """
    keras.utils.set_random_seed(seed)
    shape = tuple(max(1, min(units, _MOST)) for units in (units_in, units_out))
    matrix = np.asarray(made("initializers", initializer, args)(shape, dtype="float32"), np.float64)
    ordered = np.sort(matrix.ravel())
    at = np.linspace(0, len(ordered) - 1, _KEPT).astype(int)
    return Drawn(float(matrix.mean()), float(matrix.std()), ordered[at].astype(np.float32))
