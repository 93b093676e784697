"""A few samples with the network's present answer."""

import math
from collections.abc import Mapping
from typing import Any

from playground.training.probes.looked import Looked, Say, spread
from playground.training.probes.predictions import Answers

_SAMPLES = 24
_VALUES = 20_000  # of all answers together, which are whole images where images are rebuilt


class Samples:
    """Says which rows of the part are shown, and what is answered for each.

    Args:
        looked: the model, and the rows of which some are shown.
        say: writes the event.
    """

    name = "samples"
    every_s = 0.5
    share = None

    def __init__(self, looked: Looked, say: Say) -> None:
        at = self._at = looked.at[spread(len(looked.at), min(_SAMPLES, _VALUES // _width(looked)))]
        self._answers = Answers(looked, lambda: looked.rows.rows(at)[0])
        self._part = looked.part
        self._say = say

    @staticmethod
    def fits(looked: Looked) -> bool:
        """Whether an answer is small enough to be kept."""
        return 0 < _width(looked) <= _VALUES

    def ready(self) -> None:
        """Trace; see :class:`playground.training.probing.Probe`."""
        self._answers.ready()

    def look(self, where: Mapping[str, Any]) -> None:
        """Answer; see :class:`playground.training.probing.Probe`."""
        values = self._answers.values()
        columns = {"row/at": self._at, "answer/value": values.ravel()}
        self._say({**where, "part": self.name, "of": self._part, "shape": list(values.shape)}, columns)


def _width(looked: Looked) -> int:
    """How many values an answer has."""
    return math.prod(size or 0 for size in looked.model.output_shape[1:])
