"""The settings of the page Playground as the parts of an address, and back. Anybody may have written an address."""

import base64
import binascii
import functools
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from playground import catalog
from playground.catalog import Entry, Param
from playground.data import DataError, outline
from playground.data.sets.hand_points import COLUMNS, MAX_POINTS
from playground.specs import Args, DatasetSpec
from playground.specs.plane import FEATURES, GROUP, MAX_LAYERS, MAX_UNITS, NONE, REGULARISATIONS, Hidden, Plane

_COUNT = re.compile(r"[0-9]{1,10}")
_LAYER = re.compile(r"([1-9][0-9]?)([a-z][a-z0-9_]*)")
_STEPS = 100
"""Of a coordinate between 0 and 1: two decimals, as points set by hand have them."""
POINTS = "points"
ON = "1"


@dataclass(frozen=True, slots=True)
class Look:
    """How the page shows a network, beside the settings of the run.

    Attributes:
        discretise: whether the output is shown as one class or the other.
        test: whether the points that are not trained on are shown.
        speed: epochs a second; 0 for as fast as the machine can.
        present: whether only the picture and what plays it are shown.
        hide: names of the controls that are not shown.
    """

    discretise: bool = False
    test: bool = False
    speed: int = 50
    present: bool = False
    hide: tuple[str, ...] = ()


class _RefusedError(ValueError):
    """A part of an address that says nothing this page knows."""


@functools.cache
def sources() -> Mapping[str, Entry]:
    """The datasets of points of the plane whose number or place can be chosen, by id, in teaching order."""
    found = {}
    for entry in catalog.entries("datasets"):
        if entry.group == GROUP and (entry.id == POINTS or entry.param("noise")):
            try:
                is_plane = outline(DatasetSpec(source=entry.id)).input_shape == (2,)
            except DataError:
                is_plane = False
            if is_plane:
                found[entry.id] = entry
    return found


def numbers_of(source: str) -> tuple[Param, ...]:
    """What can be set of a dataset: its numbers, without those that would make it no plane."""
    return tuple(param for param in sources()[source].params if param.kind in ("int", "float") and _is_free(param))


def address_of(plane: Plane, look: Look | None = None) -> dict[str, str]:
    """The parts of the address that :func:`read` reads ``plane`` and ``look`` back from, all settings among them."""
    parts = {
        field.name: _WRITTEN[field.name](getattr(plane, field.name))
        for field in fields(Plane)
        if field.name in _WRITTEN
    }
    if plane.source == POINTS:
        if plane.options:
            parts["points"] = _packed(plane.options)
    else:
        parts |= {param.name: _text(plane.options.get(param.name, param.default)) for param in numbers_of(plane.source)}
    for field in fields(Look) if look is not None else ():
        value = getattr(look, field.name)
        if value != field.default:
            parts[field.name] = _LOOK[field.name][0](value)
    return parts


def read(parts: Mapping[str, str]) -> tuple[Plane, Look, tuple[str, ...]]:
    """What an address asks for, and the names of the parts that ask for what there is not; these are left out."""
    refused: list[str] = []
    found: dict[str, Any] = {}
    for name, reader in _READ.items():
        _take(found, parts, name, reader, refused)
    plane = replace(Plane(), **found)
    options: dict[str, Any] = {}
    if plane.source == POINTS:
        _take(options, parts, "points", _unpacked, refused)
        options = dict(options.get("points", {}))
    else:
        for param in numbers_of(plane.source):
            _take(options, parts, param.name, functools.partial(_of_param, param), refused)
    plane = replace(plane, options=Args(options))
    shown: dict[str, Any] = {}
    for name, (_, reader) in _LOOK.items():
        _take(shown, parts, name, reader, refused)
    return normal(plane), replace(Look(), **shown), tuple(refused)


def normal(plane: Plane) -> Plane:
    """``plane`` with only those options that differ from the catalogue's, so that equal settings are equal values."""
    entry = sources()[plane.source]
    defaults = {param.name: param.default for param in entry.params}
    kept = {name: value for name, value in plane.options.items() if value != defaults.get(name)}
    return replace(plane, options=Args(kept))


def _take(
    into: dict[str, Any], parts: Mapping[str, str], name: str, reader: Callable[[str], Any], refused: list[str]
) -> None:
    if name in parts:
        try:
            into[name] = reader(parts[name])
        except _RefusedError:
            refused.append(name)


def _is_free(param: Param) -> bool:
    return param.name not in ("n_features", "balance", "flipped")


def _text(value: float) -> str:
    return repr(value)


def _one_of(names: Callable[[], Any]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names():
            raise _RefusedError(text)
        return text

    return read


def _count(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _COUNT.fullmatch(text) or not low <= int(text) <= high:
            raise _RefusedError(text)
        return int(text)

    return read


def _number(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text) if len(text) < 30 else math.nan
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise _RefusedError(text)
        return value

    return read


def _of_param(param: Param, text: str) -> Any:
    value = _number(-math.inf, math.inf)(text)
    number = int(value) if param.kind == "int" and value == int(value) else value
    if not math.isfinite(value) or not param.accepts(number):
        raise _RefusedError(text)
    if param.name == "n_samples" and number > MAX_SAMPLES:
        raise _RefusedError(text)
    return number


MAX_SAMPLES = 2_000
"""Points that the page draws at most."""


def _features(text: str) -> tuple[str, ...]:
    asked = text.split(",")
    found = tuple(name for name in FEATURES if name in asked)
    if not found or len(found) != len(asked):
        raise _RefusedError(text)
    return found


def _layers(text: str) -> tuple[Hidden, ...]:
    found = []
    for each in text.split("-") if text else ():
        form = _LAYER.fullmatch(each)
        if form is None or int(form[1]) > MAX_UNITS or form[2] not in _activations():
            raise _RefusedError(text)
        found.append(Hidden(int(form[1]), form[2]))
    if len(found) > MAX_LAYERS:
        raise _RefusedError(text)
    return tuple(found)


def _flag(text: str) -> bool:
    if text not in (ON, "0"):
        raise _RefusedError(text)
    return text == ON


def _names(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text.split(",")))
    if len(text) > 400 or not all(re.fullmatch(r"[a-z_]{1,30}", name) for name in found):
        raise _RefusedError(text)
    return found


@functools.cache
def _activations() -> frozenset[str]:
    return frozenset(entry.id for entry in catalog.entries("activations"))


@functools.cache
def _optimizers() -> frozenset[str]:
    return frozenset(entry.id for entry in catalog.entries("optimizers"))


def _packed(options: Mapping[str, Any]) -> str:
    """Points as base64url of three bytes each: both coordinates in steps of a hundredth, and the label."""
    columns = [np.asarray(options.get(name) or (), np.float64) for name in COLUMNS]
    rows = np.column_stack([np.round(columns[0] * _STEPS) + _STEPS, np.round(columns[1] * _STEPS) + _STEPS, columns[2]])
    return base64.urlsafe_b64encode(rows.astype(np.uint8).tobytes()).decode()


def _unpacked(text: str) -> dict[str, tuple[float, ...]]:
    try:
        data = base64.b64decode(text, altchars=b"-_", validate=True) if len(text) <= 4 * MAX_POINTS + 4 else b"?"
    except (binascii.Error, ValueError):
        data = b"?"
    if len(data) % 3:
        raise _RefusedError(text)
    rows = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int64)
    label = sources()[POINTS].param(COLUMNS[2])
    assert label is not None
    if (rows[:, :2] > 2 * _STEPS).any() or (rows[:, 2] > (label.maximum or 0)).any():
        raise _RefusedError(text)
    x1, x2 = (((rows[:, at] - _STEPS) / _STEPS).round(2).tolist() for at in (0, 1))
    return dict(zip(COLUMNS, (tuple(x1), tuple(x2), tuple(rows[:, 2].tolist())), strict=True))


_READ: Mapping[str, Callable[[str], Any]] = {
    "source": _one_of(sources),
    "train": _number(0.1, 0.9),
    "seed": _count(0, 2**31 - 1),
    "features": _features,
    "layers": _layers,
    "optimizer": _one_of(_optimizers),
    "learning_rate": _number(1e-9, 1_000),
    "batch_size": _count(1, 1_000),
    "regularisation": _one_of(lambda: (NONE, *REGULARISATIONS)),
    "rate": _number(0, 1_000),
    "dropout": _number(0, 0.9),
}
_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("source", "optimizer", "regularisation"), str),
    **dict.fromkeys(("train", "learning_rate", "rate", "dropout"), _text),
    **dict.fromkeys(("seed", "batch_size"), str),
    "features": ",".join,
    "layers": lambda layers: "-".join(f"{layer.units}{layer.activation}" for layer in layers),
}
_LOOK: Mapping[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "discretise": (lambda on: ON if on else "0", _flag),
    "test": (lambda on: ON if on else "0", _flag),
    "speed": (str, _count(0, 1_000)),
    "present": (lambda on: ON if on else "0", _flag),
    "hide": (",".join, _names),
}
PARTS = frozenset(_READ) | frozenset(_LOOK) | {"points"}
"""The names of the parts of an address that this page owns, beside those of a dataset's numbers."""
