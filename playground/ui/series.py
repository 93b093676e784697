"""Points of curves that grow while a run trains."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from playground.charts import Line, downsample
from playground.ui.shown import Shown

_MAX_BATCHES = 200_000  # points of one metric held in memory; beyond, every second bucket's extremes stay


@dataclass(frozen=True, slots=True)
class Series:
    """One metric over epochs.

    Attributes:
        x: epochs, fractions of them for batches; float64, shape ``(n,)``.
        y: values, float64, shape ``(n,)``.
        total: points that were recorded, ``n`` or more.
    """

    x: np.ndarray = field(default_factory=lambda: np.empty(0))
    y: np.ndarray = field(default_factory=lambda: np.empty(0))
    total: int = 0

    def line(self, name: str, keep_epoch: int | None = None, shown: Shown | None = None) -> Line:
        """The series as a line of 1,000 points at most, the point at ``keep_epoch`` among them."""
        x, y = self.x, self.y
        if shown is not None:
            x, y = shown.part(x, y)
        keep = np.flatnonzero(x == keep_epoch).tolist() if keep_epoch is not None else ()
        chosen = downsample(y, keep=keep)
        return Line(name, x[chosen], y[chosen])


class Growing:
    """Points that are appended; what :meth:`series` returned stays as it was."""

    def __init__(self) -> None:
        self._x, self._y = np.empty(256), np.empty(256)
        self._n = 0
        self._total = 0

    def append(self, x: np.ndarray, y: np.ndarray) -> None:
        """Add points at the end: float64, shapes ``(n,)``."""
        end = self._n + len(x)
        if end > len(self._x):
            room = max(2 * len(self._x), end)
            self._x, self._y = _with_room(self._x[: self._n], room), _with_room(self._y[: self._n], room)
        self._x[self._n : end], self._y[self._n : end] = x, y
        self._n = end
        self._total += len(x)

    def thin(self) -> None:
        """Keep the extremes of buckets only, once there are too many points to hold."""
        if self._n > _MAX_BATCHES:
            chosen = downsample(self._y[: self._n], _MAX_BATCHES // 4)
            self._x, self._y, self._n = self._x[chosen], self._y[chosen], len(chosen)

    def series(self) -> Series:
        """All points so far."""
        return Series(self._x[: self._n], self._y[: self._n], self._total)


def _with_room(values: np.ndarray, room: int) -> np.ndarray:
    grown = np.empty(room)
    grown[: len(values)] = values
    return grown


def extend(
    curves: dict[str, Growing], columns: Mapping[str, np.ndarray], prefix: str, x: np.ndarray, axis: str
) -> None:
    """Append the columns of an event to their curves, by name.

    Args:
        curves: what there is so far; new names are added.
        columns: of the event, by name.
        prefix: of the columns that are meant, ``epoch/`` or ``batch/``.
        x: where their values lie, float64, shape ``(n,)``.
        axis: the column that is no curve.
    """
    for column, values in columns.items():
        if column.startswith(prefix) and column != axis:
            name = column.removeprefix(prefix)
            if name not in curves:
                curves[name] = Growing()
            curve = curves[name]
            curve.append(x, np.asarray(values, np.float64))
            if prefix == "batch/":
                curve.thin()
