"""Calls of Keras objects as Python source, minor arguments at their default left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import catalog
from playground.export import layout
from playground.export.layout import Expression, Group

_MODULES = {"schedules": "keras.optimizers.schedules"}


@dataclass(frozen=True, slots=True)
class Code:
    """An argument that is written already: the name of something that the script defines, or a call of it."""

    expression: Expression


def literal(value: Any) -> str:
    """Python source of a plain JSON value, on one line; nothing in it can be more than a value."""
    return layout.flat(value_of(value))


def value_of(value: Any) -> Expression:
    """A plain JSON value as an expression.

    Raises:
        TypeError: it is neither a number nor text, a list or nothing.
    """
    if isinstance(value, str):
        return (_text(value),)
    if isinstance(value, tuple | list):
        return (Group("()", tuple(map(value_of, value))),)
    if value is None or isinstance(value, bool | int | float):
        return (repr(value),)
    raise TypeError(f"Expected a number, text, a list or nothing, received {type(value).__name__}")


def call(table: str, kind: str, args: Mapping[str, Any], **ours: Any) -> str:
    """The call that makes the Keras object ``kind``, on one line: ``keras.layers.Dense(64, activation="relu")``.

    Args and errors are those of :func:`call_of`.
    """
    return layout.flat(call_of(table, kind, args, **ours))


def call_of(table: str, kind: str, args: Mapping[str, Any], **ours: Any) -> Expression:
    """The call that makes the Keras object ``kind``, as an expression.

    Args:
        table: the catalogue's table.
        kind: its id or one of Keras's other names.
        args: arguments as a spec has them.
        ours: more keyword arguments.

    Raises:
        LookupError: it is not on offer, has no such argument, or a value is none that Keras could take.
    """
    entry = catalog.entry(table, kind)
    if entry is None:
        raise LookupError(f"{kind!r} is not among the {table} on offer.")
    if table == "activations":
        return value_of(entry.id)
    for name in args:
        if entry.param(name) is None:
            raise LookupError(f"{entry.id} has no argument {name!r} on offer.")
    written: list[Expression] = []
    is_leading = True
    places = catalog.signature(table, entry.id)
    for number, param in enumerate(entry.params):
        if param.name not in args or param.of_call or (not param.basic and _is_default(param, args[param.name])):
            is_leading = False
            continue
        value = _argument(param, args[param.name], ours)
        is_leading = is_leading and param.required and places[number : number + 1] == (param.name,)
        written.append(value if is_leading else (f"{param.name}=", *value))
    written += [(f"{name}=", *value_of(value)) for name, value in ours.items()]
    return layout.call(f"{_MODULES.get(table, f'keras.{table}')}.{entry.id}", *written)


def _text(value: str) -> str:
    """Text in the quotes that need fewer escapes, double ones where it does not matter."""
    quote = '"' if value.count('"') <= value.count("'") else "'"
    letters = (letter if letter in "'\"" else repr(letter)[1:-1] for letter in value)
    return quote + "".join(f"\\{letter}" if letter == quote else letter for letter in letters) + quote


def _is_default(param: catalog.Param, value: Any) -> bool:
    return type(value) is type(param.default) and bool(value == param.default)


def _argument(param: catalog.Param, value: Any, ours: Mapping[str, Any]) -> Expression:
    if isinstance(value, Code):
        return value.expression
    if param.of is not None and isinstance(value, Mapping):
        kind, args = value.get("kind"), value.get("args") or {}
        if not isinstance(kind, str) or not isinstance(args, Mapping):
            raise LookupError(f"{param.name}: expected a kind with arguments.")
        inner = {"dtype": ours["dtype"]} if param.of == "layers" and "dtype" in ours else {}
        return call_of(param.of, kind, args, **inner)
    if param.of is not None and isinstance(value, str):
        entry = catalog.entry(param.of, value)
        if entry is None:
            raise LookupError(f"{value!r} is not among the {param.of} on offer.")
        if entry.params:  # Keras makes some of these from their arguments only
            return call_of(param.of, value, {})
    if param.kind == "float" and isinstance(value, str):
        return layout.call("float", value_of(value))
    try:
        return value_of(value)
    except TypeError as error:
        raise LookupError(f"{param.name}: {error}.") from error
