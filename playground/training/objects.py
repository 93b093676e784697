"""Keras objects from their names and arguments, found through the catalogue and never by evaluating anything."""

from collections.abc import Mapping
from typing import Any

import keras

from playground import catalog
from playground.catalog.formulas import role_of
from playground.training import formulas

_MODULES: dict[str, Any] = {
    "layers": keras.layers,
    "activations": keras.activations,
    "losses": keras.losses,
    "optimizers": keras.optimizers,
    "schedules": keras.optimizers.schedules,
    "metrics": keras.metrics,
    "initializers": keras.initializers,
    "regularizers": keras.regularizers,
    "constraints": keras.constraints,
    "callbacks": keras.callbacks,
}


def made(table: str, kind: str, args: Mapping[str, Any], **ours: Any) -> Any:
    """The Keras object ``kind`` of the catalogue's ``table``, made with ``args``; an activation is its function.

    Args:
        table: one of the catalogue's tables of Keras objects.
        kind: Keras's name for it, or one of its aliases.
        args: arguments as a spec spells them; objects in them are made first.
        ours: further arguments that are no choice, such as a layer's name; a ``dtype`` is the layers' inside it too.

    Raises:
        LookupError: it is not on offer, or has no such argument.
        ValueError, TypeError: what Keras says of a value.
    """
    entry = catalog.entry(table, kind)
    if entry is None:
        raise LookupError(f"{kind!r} is not among the {table} on offer.")
    if table == "layers" and entry.id in catalog.BACKBONES:
        raise LookupError(f"{entry.id} is a whole network, which stands by itself and not inside another layer.")
    if role_of(table, entry.id):
        return formulas.MADE[table](**args, **ours)
    found = getattr(_MODULES[table], entry.id)
    if table == "activations":
        return found
    values = {}
    for name, value in args.items():
        param = entry.param(name)
        if param is None:
            raise LookupError(f"{entry.id} has no argument {name!r} on offer.")
        if param.of_call:
            continue
        values[name] = _value(param, value, ours)
    return found(**values, **ours)


def _value(param: catalog.Param, value: Any, ours: Mapping[str, Any]) -> Any:
    if param.of is not None and isinstance(value, Mapping):
        inner = {"dtype": ours["dtype"]} if param.of == "layers" and "dtype" in ours else {}
        return made(param.of, value["kind"], value.get("args") or {}, **inner)
    if param.of is not None and isinstance(value, str) and catalog.entry(param.of, value) is not None:
        return made(param.of, value, {})
    if param.kind == "float" and isinstance(value, str):
        return float(value)  # "NaN" and "Infinity", as JSON spells them
    return value
