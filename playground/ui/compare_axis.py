"""What the curves of several runs lie over: epochs, steps, or seconds of training."""

from collections.abc import Mapping, Sequence

import numpy as np

from playground.locale.text import _
from playground.runs import Run
from playground.ui.reader import View

_MOST = 600


def axes() -> Mapping[str, str]:
    """What there is to choose from, with its words."""
    return {"epoch": _("Epoch"), "step": _("Step"), "time": _("Time")}


def name(axis: str) -> str:
    """The words under the axis."""
    return {"epoch": _("epoch"), "step": _("step"), "time": _("seconds of training")}[axis]


def along(view: View, epochs: np.ndarray, axis: str) -> np.ndarray:
    """Where the ends of these ``epochs`` of a run lie on ``axis``; float64 of the same shape."""
    if axis == "epoch":
        return epochs
    steps = steps_at(view.run, epochs)
    if axis == "step":
        return steps
    clock = view.clock
    return np.interp(steps, np.concatenate([[0.0], clock.x]), np.concatenate([[0.0], clock.y]))


def steps_at(run: Run, epochs: np.ndarray) -> np.ndarray:
    """How many steps are done after so many ``epochs``; an epoch has as many as the batch size made it then."""
    turns = [(0.0, 0.0), *((float(epoch), float(step)) for epoch, step in run.adjusted.get("turns", ()))]
    x, y = np.array(turns).T
    before = np.interp(epochs, x, y)
    return np.where(epochs > x[-1], y[-1] + (epochs - x[-1]) * (run.steps_per_epoch or 1), before)


def on_common(curves: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[tuple[np.ndarray, np.ndarray]]:
    """The same lines with points at the same places, so that one cursor meets all of them; straight between epochs.

    Args:
        curves: ``x`` in ascending order and ``y`` of each.
    """
    there = [x for x, _y in curves if len(x)]
    if not there or all(np.array_equal(x, there[0]) for x in there):
        return list(curves)
    places = np.unique(np.concatenate(there))
    if len(places) > _MOST:
        places = places[np.unique(np.linspace(0, len(places) - 1, _MOST).round().astype(int))]
    found = []
    for x, y in curves:
        inside = places[(places >= x[0]) & (places <= x[-1])] if len(x) else places[:0]
        found.append((inside, np.interp(inside, x, y) if len(x) else inside))
    return found
