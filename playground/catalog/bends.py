"""What bends a value, with arguments that can be moved: the activations as functions, and the activation layers.

A layer takes an activation by its name, with its defaults; the arguments of the function itself are facts of Keras that
no form offers, and stand here for looking at them.
"""

import functools

from playground.catalog.entry import Entry, Param
from playground.catalog.tables import entries, facts

_NOT_MOVED = frozenset({"x", "axis"})
_BOUNDS: dict[str, tuple[float, float]] = {"alpha": (0.05, 3.0), "b": (0.0, 16.0), "threshold": (0.0, 3.0)}
_WIDEST = (0.0, 10.0)


@functools.cache
def bends() -> tuple[Entry, ...]:
    """All activations, then all layers that are nothing but an activation, each with the arguments that can be moved.

    Those are numbers and switches; an initializer, of weights that the layer learns, is in it too.
    """
    functions = tuple(_with_params(each, _of_function(each.id)) for each in entries("activations"))
    layers = (each for each in entries("layers") if each.group == "Activation" and each.param("activation") is None)
    return functions + tuple(
        _with_params(each, tuple(param for param in each.params if _is_moved(param))) for each in layers
    )


@functools.cache
def bend(name: str) -> Entry | None:
    """The entry of :func:`bends` called ``name``; ``None`` if there is none. ``relu`` and ``ReLU`` are two."""
    return next((each for each in bends() if each.id == name), None)


def _with_params(each: Entry, params: tuple[Param, ...]) -> Entry:
    return Entry(each.id, each.kind, each.group, each.label, each.summary, params, basic=each.basic, url=each.url)


def _is_moved(param: Param) -> bool:
    return param.kind in ("float", "flag") or param.of == "initializers"


def _of_function(name: str) -> tuple[Param, ...]:
    found = []
    for argument in facts()["tables"]["activations"][name]["arguments"]:
        if argument["name"] in _NOT_MOVED:
            continue
        default = argument.get("default")
        if isinstance(default, bool):
            found.append(Param(argument["name"], "flag", default, help=argument["help"]))
            continue
        low, high = _BOUNDS.get(argument["name"], _WIDEST)
        number = None if default is None else float(default)
        found.append(
            Param(
                argument["name"],
                "float",
                number,
                optional=default is None,
                minimum=low,
                maximum=high,
                help=argument["help"],
            )
        )
    return tuple(found)
