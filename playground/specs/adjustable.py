"""The numbers of a spec that can be changed while a run trains, from one epoch to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground import catalog
from playground.catalog import Param
from playground.specs.edit import with_value
from playground.specs.rules.words import spelled
from playground.specs.run_spec import RunSpec

BATCH_SIZE = "training.batch_size"
_ANY_TIME = ("learning_rate",)
"""What can be changed from the next step on, and so needs no next epoch."""
_DONE = ("initializers",)
"""What has had its effect once a network is made."""
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Number:
    """One number that can be changed.

    Attributes:
        path: as :func:`playground.specs.edit.with_value` takes it.
        of: what it belongs to: a layer's name, or the kind of optimizer or loss; empty for the training's own.
        param: what values it takes.
        value: what it is now; ``None`` where it is left out.
    """

    path: str
    of: str
    param: Param
    value: float | None


def adjustable(spec: RunSpec) -> tuple[Number, ...]:
    """Every number of ``spec`` that leaves the shapes of all weights as they are, the batch size first.

    The learning rate is none of them, which can be changed at any step.
    """
    training = spec.training
    batch = Param("batch_size", "int", required=True, minimum=1, label="batch_size")
    found = [Number(BATCH_SIZE, "", batch, training.batch_size)]
    for at, layer in enumerate(spec.model.layers):
        found += _numbers(f"model.layers.{at}", layer.name, "layers", layer.kind, layer.args)
    for field, table in (("optimizer", "optimizers"), ("loss", "losses")):
        chosen = getattr(training, field)
        found += _numbers(f"training.{field}", chosen.kind, table, chosen.kind, chosen.args)
    return tuple(found)


def adjusted(spec: RunSpec, changes: Mapping[str, Any]) -> RunSpec:
    """``spec`` with other numbers, by path.

    Raises:
        ValueError: one cannot be changed while a run trains, or cannot be that; one line.
    """
    for path, value in changes.items():
        number = next((each for each in adjustable(spec) if each.path == path), None)
        if number is None:
            raise ValueError(f"{spelled(path)} cannot be changed while a run trains.")
        if not number.param.accepts(value):
            raise ValueError(f"{path}: expected {number.param.expected()}, received {spelled(value)}.")
        spec = with_value(spec, path, number.param.normalise(value))
    return spec


def _numbers(path: str, of: str, table: str, kind: str, args: Mapping[str, Any], depth: int = 1) -> Iterator[Number]:
    entry = catalog.entry(table, kind)
    for param in entry.params if entry is not None else ():
        value = args.get(param.name, param.default)
        if isinstance(value, Mapping):
            if param.of is not None and param.of not in _DONE and param.name not in _ANY_TIME and depth < _DEPTH:
                inner = value.get("args") or {}
                yield from _numbers(f"{path}.{param.name}", of, param.of, str(value.get("kind")), inner, depth + 1)
        elif param.kind == "float" and not isinstance(value, str) and _has_effect(entry, param, args):
            yield Number(f"{path}.{param.name}", of, param, value)


def _has_effect(entry: catalog.Entry | None, param: Param, args: Mapping[str, Any]) -> bool:
    if param.name in _ANY_TIME:
        return False
    if entry is None or param.only_when is None:
        return True
    name, values = param.only_when
    other = entry.param(name)
    return args.get(name, other.default if other is not None else None) in values
