"""Which class is taken for which."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.training.probes.looked import Looked, Say
from playground.training.probes.predictions import Answers

MOST_CLASSES = 50


class Confusion:
    """Counts true against answered classes.

    Args:
        looked: the model and the rows.
        say: writes the event.
    """

    name = "confusion"
    every_s = 0.5
    share = None

    def __init__(self, looked: Looked, say: Say) -> None:
        self._answers = Answers(looked, lambda: looked.rows.rows(looked.at)[0])
        self._labels = np.asarray(looked.rows.y[looked.at], np.int64)
        self._classes = len(looked.facts.classes)
        self._part = looked.part
        self._say = say

    @staticmethod
    def fits(looked: Looked) -> bool:
        """Whether one class of a few is answered for each row."""
        facts = looked.facts
        is_class = facts.task in ("binary", "multiclass") and not facts.is_sequence_answered
        return is_class and not facts.target_shape and 2 <= len(facts.classes) <= MOST_CLASSES

    def ready(self) -> None:
        """Trace; see :class:`playground.training.probing.Probe`."""
        self._answers.ready()

    def look(self, where: Mapping[str, Any]) -> None:
        """Answer and count; see :class:`playground.training.probing.Probe`."""
        answered = self._answers.labels(self._answers.values())
        cells = np.bincount(self._labels * self._classes + answered, minlength=self._classes**2)
        data = {**where, "part": self.name, "of": self._part, "classes": self._classes, "rows": len(self._labels)}
        self._say(data, {"cell/count": cells.astype(np.uint32)})
