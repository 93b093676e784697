"""Who walks in the optimizers' lab: every optimizer of the catalogue, and plain descent with momentum."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from playground.catalog.surfaces import Surface
from playground.catalog.tables import entries

_RATES: Mapping[str, float] = {"Adagrad": 0.5, "Adadelta": 1.0, "Ftrl": 0.5, "Lion": 0.05}
_RATE = 0.1
_MOMENTUM = 0.9
_WITH_MOMENTUM = 0.2
"""Momentum adds up to ten such steps."""


class Contestant(NamedTuple):
    """An optimizer with the arguments that make it what it is called here.

    Attributes:
        id: what it is called in an address.
        kind: Keras's name of the optimizer.
        args: what is not Keras's default.
    """

    id: str
    kind: str
    args: Mapping[str, Any]


def contestants() -> tuple[Contestant, ...]:
    """All of them in teaching order: plain descent in its three ways, then the others."""
    found: list[Contestant] = []
    for each in entries("optimizers"):
        found.append(Contestant(each.id, each.id, {}))
        nesterov = each.param("nesterov")
        if nesterov is not None and nesterov.default is False:
            found.append(Contestant("Momentum", each.id, {"momentum": _MOMENTUM}))
            found.append(Contestant("Nesterov", each.id, {"momentum": _MOMENTUM, "nesterov": True}))
    return tuple(found)


def first_rate(of: Contestant, surface: Surface) -> float:
    """A learning rate with which it can be watched on the surface: plain descent multiplies it with the slope, the
    others hardly do."""
    if of.kind == "SGD":
        return surface.rate * (_WITH_MOMENTUM if of.args else 1)
    return _RATES.get(of.kind, _RATE)
