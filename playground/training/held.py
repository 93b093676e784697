"""Where a run's data lies while it trains: on the device, or on disk where it does not fit."""

from collections.abc import Mapping

import keras
import numpy as np

from playground.data import PARTS, Prepared
from playground.specs import TrainSpec
from playground.training.evaluate import Evaluation
from playground.training.part import Part, part_of
from playground.training.passes import Passes
from playground.training.resident import Resident
from playground.training.steps import Steps
from playground.training.streamed import Streamed
from playground.training.streamed_evaluation import StreamedEvaluation


class Held:
    """All parts of a run's data; nothing is read yet.

    Args:
        prepared: the data.
        training: whose loss reads the targets.
        room: bytes of data that the device keeps for a run; ``None`` for as many as there are.
        weights: how much each row of the training part counts in the loss, float32 (n,); ``None`` for once.
    """

    def __init__(
        self, prepared: Prepared, training: TrainSpec, room: int | None, weights: np.ndarray | None = None
    ) -> None:
        self._parts = {name: part_of(prepared, name, training, weights if name == "train" else None) for name in PARTS}
        self._batch_size = training.batch_size
        self._size = sum(part.size for part in self._parts.values())
        self._room = room

    @property
    def is_streamed(self) -> bool:
        """Whether the data is read while training, because it would not fit."""
        return self._room is not None and self._size > self._room

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each part has."""
        return {f"n_{name}": len(part) for name, part in self._parts.items()}

    @property
    def facts(self) -> Mapping[str, object]:
        """What the run's events say of it: as ``streamed`` the bytes of the data and of the room, or ``None``."""
        return {"streamed": {"bytes": self._size, "room_bytes": self._room} if self.is_streamed else None}

    def part(self, name: str) -> Part:
        """The part called ``train``, ``validation`` or ``test``."""
        return self._parts[name]

    def trainer(self, model: keras.Model) -> Steps:
        """The training part, ready to train ``model``, which is compiled."""
        part = self._parts["train"]
        if self.is_streamed:
            return Streamed(model, part, self._batch_size)
        x, y, *weights = part.whole()
        return Resident(model, x, y, self._batch_size, *weights)

    def evaluation(self, model: keras.Model, name: str) -> Passes | None:
        """The part called ``name``, ready to measure ``model``; ``None`` where it has no rows."""
        part = self._parts[name]
        if not len(part):
            return None
        if self.is_streamed:
            return StreamedEvaluation(model, part, self._batch_size)
        x, y = part.whole()
        return Evaluation(model, x, y, self._batch_size)
