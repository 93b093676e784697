"""Which rows of a part are answered, and the answers to them."""

from collections.abc import Callable

import keras
import numpy as np

from playground.data import Prepared
from playground.insight.predict import predictions

_VALUES = 5_000_000  # of all answers together: 20 MB
_INPUTS = 250_000_000  # of all inputs together: 1 GB
_ROWS = 100_000
_SEED = 0
_PREDICTING = 0.6  # of the progress of an evaluation

Progress = Callable[[float, str], None]


def drawn(prepared: Prepared, part: str, values_a_row: int) -> np.ndarray:
    """The positions of the rows to answer, in order, int64 (n,): all, or as many at random as there is room for."""
    x = prepared.array(f"x_{part}")
    most = min(_ROWS, _VALUES // max(1, values_a_row), _INPUTS // max(1, x[0].size))
    if len(x) <= most:
        return np.arange(len(x))
    return np.sort(np.random.default_rng(_SEED).permutation(len(x))[: max(1, most)])


def answers(model: keras.Model, prepared: Prepared, part: str, at: np.ndarray, progress: Progress) -> np.ndarray:
    """What ``model`` answers to the rows at the positions ``at``, float32 (n, ...)."""
    x = prepared.array(f"x_{part}")
    x = x if len(at) == len(x) else x[at]
    return predictions(model, x, progress=lambda share: progress(_PREDICTING * share, "Asking the network"))
