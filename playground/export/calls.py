"""Calls of Keras objects as Python source, minor arguments at their default left out."""

import json
from collections.abc import Mapping
from typing import Any

from playground import catalog

_MODULES = {"schedules": "keras.optimizers.schedules"}


def literal(value: Any) -> str:
    """Python source of a plain JSON value; nothing in it can be more than a value."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple | list):
        items = ", ".join(literal(item) for item in value)
        return f"({items},)" if len(value) == 1 else f"({items})"
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    raise TypeError(f"Expected a number, text, a list or nothing, received {type(value).__name__}")


def call(table: str, kind: str, args: Mapping[str, Any], **ours: Any) -> str:
    """The call that makes the Keras object ``kind``: ``keras.layers.Dense(64, activation="relu")``.

    Args:
        table: the catalogue's table.
        kind: its id or one of Keras's other names.
        args: arguments as a spec has them.
        ours: more keyword arguments.

    Raises:
        LookupError: it is not on offer, or has no such argument.
    """
    entry = catalog.entry(table, kind)
    if entry is None:
        raise LookupError(f"{kind!r} is not among the {table} on offer.")
    if table == "activations":
        return literal(entry.id)
    for name in args:
        if entry.param(name) is None:
            raise LookupError(f"{entry.id} has no argument {name!r} on offer.")
    written: list[str] = []
    is_leading = True
    for param in entry.params:
        if param.name not in args or (not param.basic and _is_default(param, args[param.name])):
            is_leading = False
            continue
        value = _argument(param, args[param.name])
        is_leading = is_leading and param.required
        written.append(value if is_leading else f"{param.name}={value}")
    written += [f"{name}={literal(value)}" for name, value in ours.items()]
    return f"{_MODULES.get(table, f'keras.{table}')}.{entry.id}({', '.join(written)})"


def _is_default(param: catalog.Param, value: Any) -> bool:
    return type(value) is type(param.default) and bool(value == param.default)


def _argument(param: catalog.Param, value: Any) -> str:
    if param.of is not None and isinstance(value, Mapping):
        return call(param.of, value["kind"], value.get("args") or {})
    if param.of is not None and isinstance(value, str):
        entry = catalog.entry(param.of, value)
        if entry is None:
            raise LookupError(f"{value!r} is not among the {param.of} on offer.")
        if entry.params:  # Keras makes some of these from their arguments only
            return call(param.of, value, {})
    if param.kind == "float" and isinstance(value, str):
        return f"float({literal(value)})"
    return literal(value)
