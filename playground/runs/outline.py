"""The shape of a curve in a few numbers, for lists of runs: :class:`Outline`, which grows with a run's events."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

_MOST = 48
"""Values that an outline holds at most; then every second one is left out, and from there on every second epoch."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """One metric at some epochs: ``first``, ``first + every``, and so on; NaN and infinities are values."""

    first: int
    every: int
    values: tuple[float, ...]


def headline(names: Iterable[str]) -> str | None:
    """The metric that says most of a run, of the History names that it has: the first validation metric beside the
    loss in the order of the alphabet, else the validation loss, else the loss; ``None`` before anything was measured.
    """
    found = sorted(names)
    beside = [name for name in found if name.startswith("val_") and name != "val_loss"]
    return next((name for name in (*beside, "val_loss", "loss") if name in found), None)


def outlined(names: Iterable[str]) -> tuple[str, ...]:
    """What a run keeps outlines of: its loss, on the validation part where there is one, and its headline."""
    found = list(names)
    loss = next((name for name in ("val_loss", "loss") if name in found), None)
    return tuple(dict.fromkeys(name for name in (loss, headline(found)) if name))


def outlines_after(known: Mapping[str, Outline], columns: Mapping[str, np.ndarray]) -> dict[str, Outline]:
    """The outlines ``known`` so far after the epochs in ``columns``, an event's columns by name, one value an epoch."""
    epochs = columns["epoch/epoch"]
    measured = [name.removeprefix("epoch/") for name, values in columns.items() if len(values)]
    result = dict(known)
    for name in outlined(measured):
        values = columns[f"epoch/{name}"]
        for epoch, value in zip(epochs.tolist(), values.tolist(), strict=True):
            result[name] = _extended(result.get(name), int(epoch), value)
    return result


def outlines_cut(known: Mapping[str, Outline], epoch: int) -> dict[str, Outline]:
    """``known`` without what lies behind ``epoch`` completed epochs."""
    result = {}
    for name, found in known.items():
        kept = max(0, (epoch - found.first) // found.every + 1)
        if kept:
            result[name] = Outline(found.first, found.every, found.values[:kept])
    return result


def outlines_of(values: Mapping[str, Any]) -> dict[str, Outline]:
    """The outlines that JSON ``values`` spell out by name, NaN and infinities as strings."""
    return {
        name: Outline(item["first"], item["every"], tuple(float(value) for value in item["values"]))
        for name, item in values.items()
    }


def _extended(known: Outline | None, epoch: int, value: float) -> Outline:
    if known is None:
        return Outline(epoch, 1, (_short(value),))
    if (epoch - known.first) % known.every:
        return known
    values, every = (*known.values, _short(value)), known.every
    if len(values) > _MOST:
        values, every = values[::2], 2 * every
    return Outline(known.first, every, values)


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else value
