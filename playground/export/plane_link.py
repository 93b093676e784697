"""The settings of the page Playground as the parts of an address, and back. Anybody may have written an address."""

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from playground import catalog
from playground.catalog import Entry, Param
from playground.data import DataError, outline
from playground.export import plane_values as values
from playground.export.plane_values import ON, POINTS, RefusedError
from playground.specs import Args, DatasetSpec
from playground.specs.plane import GROUP, NONE, REGULARISATIONS, Plane


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
            parts["points"] = values.packed(plane.options)
    else:
        parts |= {
            param.name: values.text(plane.options.get(param.name, param.default)) for param in numbers_of(plane.source)
        }
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
        _take(options, parts, "points", values.unpacked, refused)
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
        except RefusedError:
            refused.append(name)


def _is_free(param: Param) -> bool:
    return param.name not in ("n_features", "balance", "flipped")


def _of_param(param: Param, text: str) -> Any:
    value = values.number(-math.inf, math.inf)(text)
    number = int(value) if param.kind == "int" and value == int(value) else value
    if not math.isfinite(value) or not param.accepts(number):
        raise RefusedError(text)
    if param.name == "n_samples" and number > MAX_SAMPLES:
        raise RefusedError(text)
    return number


MAX_SAMPLES = 2_000
"""Points that the page draws at most."""


_READ: Mapping[str, Callable[[str], Any]] = {
    "source": values.one_of(sources),
    "train": values.number(0.1, 0.9),
    "seed": values.count(0, 2**31 - 1),
    "features": values.features,
    "layers": values.layers,
    "optimizer": values.one_of(values.optimizers),
    "learning_rate": values.number(1e-9, 1_000),
    "batch_size": values.count(1, 1_000),
    "regularisation": values.one_of(lambda: (NONE, *REGULARISATIONS)),
    "rate": values.number(0, 1_000),
    "dropout": values.number(0, 0.9),
}
_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("source", "optimizer", "regularisation"), str),
    **dict.fromkeys(("train", "learning_rate", "rate", "dropout"), values.text),
    **dict.fromkeys(("seed", "batch_size"), str),
    "features": ",".join,
    "layers": lambda layers: "-".join(f"{layer.units}{layer.activation}" for layer in layers),
}
_LOOK: Mapping[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "discretise": (lambda on: ON if on else "0", values.flag),
    "test": (lambda on: ON if on else "0", values.flag),
    "speed": (str, values.count(0, 1_000)),
    "present": (lambda on: ON if on else "0", values.flag),
    "hide": (",".join, values.names),
}
PARTS = frozenset(_READ) | frozenset(_LOOK) | {"points"}
"""The names of the parts of an address that this page owns, beside those of a dataset's numbers."""
