"""What the network answers all over the plane, where its inputs are two numbers or made of them."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.data.steps import STEPS
from playground.training.probes.looked import Looked, Say
from playground.training.probes.predictions import Answers

SIDE = 48
_MARGIN = 0.08
_FEATURES = "plane_features"


class Surface:
    """Answers on a grid around all training points.

    Args:
        looked: the model and the training part.
        say: writes the event.
    """

    name = "surface"
    every_s = 0.5
    share = None

    def __init__(self, looked: Looked, say: Say) -> None:
        self._looked = looked
        self._answers = Answers(looked, self._grid)
        self._low = self._high = np.empty(0)
        self._say = say

    @staticmethod
    def fits(looked: Looked) -> bool:
        """Whether the inputs lie in a plane, and one number or class is the answer."""
        facts = looked.facts
        is_one = facts.task != "reconstruction" and not facts.target_shape
        return is_one and _made_of_plane(looked) is not None

    def _grid(self) -> np.ndarray:
        """The inputs of the grid's points, row by row from the lowest, each from left to right."""
        points = np.asarray(self._looked.train.x[:, :2], np.float64)
        low, high = points.min(0), points.max(0)
        margin = _MARGIN * np.maximum(high - low, 1e-6)
        low, high = self._low, self._high = low - margin, high + margin
        grid = np.meshgrid(np.linspace(low[0], high[0], SIDE), np.linspace(low[1], high[1], SIDE))
        made = _made_of_plane(self._looked)
        assert made is not None
        return made(np.stack(grid, -1).reshape(-1, 2).astype(np.float32)).astype(self._looked.facts.input_dtype)

    def ready(self) -> None:
        """Trace; see :class:`playground.training.probing.Probe`."""
        self._answers.ready()

    def look(self, where: Mapping[str, Any]) -> None:
        """Answer; see :class:`playground.training.probing.Probe`."""
        values = self._answers.values()
        sure = values.max(axis=-1) if values.shape[-1] > 1 else values[..., 0]
        columns = {"cell/value": sure.astype(np.float32)}
        if self._looked.facts.task != "regression":
            columns["cell/label"] = self._answers.labels(values).astype(np.uint8)
        data = {"part": self.name, "low": self._low.tolist(), "high": self._high.tolist(), "side": SIDE}
        self._say({**where, **data}, columns)


def _made_of_plane(looked: Looked) -> Callable[[np.ndarray], np.ndarray] | None:
    """Points of the plane, as the first two inputs have them, to inputs; ``None`` where that cannot be said."""
    steps, facts = looked.spec.dataset.steps, looked.facts
    if facts.input_shape == (2,) and not any(step.kind == _FEATURES for step in steps):
        return lambda points: points
    if not steps or steps[-1].kind != _FEATURES or len(facts.input_shape) != 1:
        return None
    fitted = facts.fitted[-1]
    if not (fitted["x"] and fitted["y"]):  # which come first where they are chosen
        return None
    return lambda points: STEPS[_FEATURES].apply(points, fitted)
