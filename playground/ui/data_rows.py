"""The rows of a dataset as its pictures need them: a few drawn at random, counts, and the same rows elsewhere."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from playground.data import PARTS, Prepared

_SEED = 1
"""Of what is drawn to look at: the same samples at every look."""


class Rows:
    """All rows of a prepared dataset, of its three parts in order, each row once."""

    def __init__(self, prepared: Prepared, parts: Sequence[str] = PARTS) -> None:
        self._x = [prepared.array(f"x_{part}") for part in parts]
        self._y = [prepared.array(f"y_{part}") for part in parts]
        self.numbers = np.concatenate([prepared.array(f"rows_{part}") for part in parts])

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def y(self) -> np.ndarray:
        """The targets of all rows, shape ``(n, *target_shape)``."""
        return np.concatenate(self._y)

    def x(self, at: np.ndarray) -> np.ndarray:
        """The inputs of the rows at these positions, float32 of shape ``(len(at), *input_shape)``."""
        out = np.empty((len(at), *self._x[0].shape[1:]), np.float32)
        first = 0
        for part in self._x:
            here = (at >= first) & (at < first + len(part))
            out[here] = part[at[here] - first]
            first += len(part)
        return out

    def drawn(self, n: int, label: int | None = None) -> np.ndarray:
        """Positions of at most ``n`` rows drawn at random, of one class or of all."""
        of = np.arange(len(self)) if label is None else np.flatnonzero(self.y == label)
        return np.random.default_rng(_SEED).permutation(of)[:n]

    def places(self, numbers: np.ndarray) -> np.ndarray:
        """Positions of the rows that have these numbers in the source; those that are not here are left out."""
        order = self._order
        sorted_numbers = self.numbers[order]
        at = np.minimum(np.searchsorted(sorted_numbers, numbers), len(order) - 1)
        return order[at[sorted_numbers[at] == numbers]]

    def counts(self, n_classes: int) -> np.ndarray:
        """Rows of each class, or how often each symbol occurs, shape ``(n_classes,)``."""
        return np.bincount(self.y.ravel().astype(np.int64), minlength=n_classes)

    @cached_property
    def _order(self) -> np.ndarray:
        return np.argsort(self.numbers, kind="stable")
