"""What single parts of an address of the page Playground say. Anybody may have written an address."""

import base64
import binascii
import functools
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground import catalog
from playground.data.sets.hand_points import COLUMNS, MAX_POINTS
from playground.specs.plane import FEATURES, MAX_LAYERS, MAX_UNITS, Hidden

POINTS = "points"
ON = "1"
_COUNT = re.compile(r"[0-9]{1,10}")
_LAYER = re.compile(r"([1-9][0-9]?)([a-z][a-z0-9_]*)")
_STEPS = 100
"""Of a coordinate between 0 and 1: two decimals, as points set by hand have them."""


class RefusedError(ValueError):
    """A part of an address that says nothing this page knows."""


def text(value: float) -> str:
    """A number that :func:`number` reads back exactly."""
    return repr(value)


def one_of(names: Callable[[], Any]) -> Callable[[str], str]:
    """Reads one of the names that there are when it is read."""

    def read(text: str) -> str:
        if text not in names():
            raise RefusedError(text)
        return text

    return read


def count(low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number between two bounds."""

    def read(text: str) -> int:
        if not _COUNT.fullmatch(text) or not low <= int(text) <= high:
            raise RefusedError(text)
        return int(text)

    return read


def number(low: float, high: float) -> Callable[[str], float]:
    """Reads a number between two bounds."""

    def read(text: str) -> float:
        try:
            value = float(text) if len(text) < 30 else math.nan
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise RefusedError(text)
        return value

    return read


def features(text: str) -> tuple[str, ...]:
    """Features of the plane, in their order; at least one."""
    asked = text.split(",")
    found = tuple(name for name in FEATURES if name in asked)
    if not found or len(found) != len(asked):
        raise RefusedError(text)
    return found


def layers(text: str) -> tuple[Hidden, ...]:
    """Hidden layers, such as ``4tanh-2relu``."""
    found = []
    for each in text.split("-") if text else ():
        form = _LAYER.fullmatch(each)
        if form is None or int(form[1]) > MAX_UNITS or form[2] not in activations():
            raise RefusedError(text)
        found.append(Hidden(int(form[1]), form[2]))
    if len(found) > MAX_LAYERS:
        raise RefusedError(text)
    return tuple(found)


def flag(text: str) -> bool:
    """Whether something is on."""
    if text not in (ON, "0"):
        raise RefusedError(text)
    return text == ON


def names(text: str) -> tuple[str, ...]:
    """Names of controls, each once; there may be no such control."""
    found = tuple(dict.fromkeys(text.split(",")))
    if len(text) > 400 or not all(re.fullmatch(r"[a-z_]{1,30}", name) for name in found):
        raise RefusedError(text)
    return found


@functools.cache
def activations() -> frozenset[str]:
    """The activations of the catalogue."""
    return frozenset(entry.id for entry in catalog.entries("activations"))


@functools.cache
def optimizers() -> frozenset[str]:
    """The optimizers of the catalogue."""
    return frozenset(entry.id for entry in catalog.entries("optimizers"))


def packed(options: Mapping[str, Any]) -> str:
    """Points as base64url of three bytes each: both coordinates in steps of a hundredth, and the label."""
    columns = [np.asarray(options.get(name) or (), np.float64) for name in COLUMNS]
    rows = np.column_stack([np.round(columns[0] * _STEPS) + _STEPS, np.round(columns[1] * _STEPS) + _STEPS, columns[2]])
    return base64.urlsafe_b64encode(rows.astype(np.uint8).tobytes()).decode()


def unpacked(text: str) -> dict[str, tuple[float, ...]]:
    """The columns of points that :func:`packed` has written."""
    try:
        data = base64.b64decode(text, altchars=b"-_", validate=True) if len(text) <= 4 * MAX_POINTS + 4 else b"?"
    except (binascii.Error, ValueError):
        data = b"?"
    if len(data) % 3:
        raise RefusedError(text)
    rows = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int64)
    entry = catalog.entry("datasets", POINTS)
    label = entry.param(COLUMNS[2]) if entry is not None else None
    assert label is not None
    if (rows[:, :2] > 2 * _STEPS).any() or (rows[:, 2] > (label.maximum or 0)).any():
        raise RefusedError(text)
    x1, x2 = (((rows[:, at] - _STEPS) / _STEPS).round(2).tolist() for at in (0, 1))
    return dict(zip(COLUMNS, (tuple(x1), tuple(x2), tuple(rows[:, 2].tolist())), strict=True))
