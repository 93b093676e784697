"""A part of the prepared data with its targets as the loss reads them: whole, or a few rows at a time."""

from dataclasses import dataclass

import numpy as np

from playground.data import Prepared
from playground.specs import TrainSpec
from playground.specs.facts import Facts
from playground.training.targets import targets


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Made without reading more than one row.

    Attributes:
        x: inputs (n, ...), memory-mapped.
        y: targets (n, ...) as they were prepared, memory-mapped; ``x`` itself where the inputs are to be rebuilt.
        facts: of the data.
        training: whose loss reads the targets.
        weights: how much each row counts in the loss, float32 (n,); ``None`` where all count once.
    """

    x: np.ndarray
    y: np.ndarray
    facts: Facts
    training: TrainSpec
    weights: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.x)

    @property
    def size(self) -> int:
        """Bytes of it all as the loss reads it; labels as 0 and 1 for each class take many times what they do here."""
        if not len(self):
            return 0
        own = 0 if self.y is self.x else self._read(self.y[:1]).nbytes * len(self)
        return self.x.nbytes + own

    def whole(self) -> tuple[np.ndarray, ...]:
        """Inputs, targets and weights, if there are any, of all rows; nothing is copied that need not be changed."""
        return self.x, self._read(self.y), *self._weights_of(slice(None))

    def rows(self, chosen: np.ndarray | slice) -> tuple[np.ndarray, ...]:
        """Inputs, targets and weights, if there are any, of the chosen rows, as a batch that ``train_step`` takes."""
        x = np.asarray(self.x[chosen])
        y = x if self.y is self.x else np.ascontiguousarray(self._read(self.y[chosen]))
        return x, y, *self._weights_of(chosen)

    def _weights_of(self, chosen: np.ndarray | slice) -> tuple[np.ndarray, ...]:
        return () if self.weights is None else (self.weights[chosen],)

    def _read(self, y: np.ndarray) -> np.ndarray:
        return targets(y, self.facts, self.training)


def part_of(prepared: Prepared, name: str, training: TrainSpec, weights: np.ndarray | None = None) -> Part:
    """The part ``train``, ``validation`` or ``test`` of ``prepared``, as the loss of ``training`` reads it.

    ``weights`` say how much each of its rows counts, float32 (n,).
    """
    x, facts = prepared.array(f"x_{name}"), prepared.facts
    return Part(x, x if facts.task == "reconstruction" else prepared.array(f"y_{name}"), facts, training, weights)
