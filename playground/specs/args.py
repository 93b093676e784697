"""Arguments by name, as an immutable value that survives JSON unchanged."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from playground.frame import dumps

_DEPTH = 12
_TEXT = 100_000


class Args(Mapping[str, Any]):
    """An immutable mapping with sorted keys; equal and hashed by its JSON.

    Values are ``None``, booleans, numbers, text, tuples of values and nested :class:`Args`; lists become tuples and
    mappings :class:`Args` on the way in. NaN and infinities are spelled ``"NaN"``, ``"Infinity"``, ``"-Infinity"``.

    Raises:
        ValueError: a key is not text, a value is of another type, or it is nested too deeply or too long.
    """

    __slots__ = ("_items", "_text")

    def __init__(self, items: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        given = {**(items or {}), **more}
        if not all(isinstance(key, str) for key in given):
            raise ValueError("argument names must be text")
        self._items: dict[str, Any] = {_text(key): _value(given[key], _DEPTH) for key in sorted(given)}
        self._text = dumps(self._items)

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Args) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"Args({self._text})"

    def replace(self, **changes: Any) -> "Args":
        """A copy with ``changes``."""
        return Args({**self._items, **changes})

    def without(self, *names: str) -> "Args":
        """A copy without ``names``."""
        return Args({key: value for key, value in self._items.items() if key not in names})

    def plain(self) -> dict[str, Any]:
        """A new dict of plain JSON values, tuples as lists."""
        return {key: _plain(value) for key, value in self._items.items()}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: Any) -> Args:
            if isinstance(value, Args):
                return value
            if not isinstance(value, Mapping):
                raise ValueError("expected arguments by name")
            return cls(value)

        return core_schema.no_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(lambda args: args.plain())
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "object"}


def _value(value: Any, depth: int) -> Any:
    if depth == 0:
        raise ValueError(f"arguments are nested more than {_DEPTH} deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)  # of an enumeration too: what is read back is a plain number
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        return float(value) if math.isfinite(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Args):
        return value
    if isinstance(value, Mapping):
        return Args({key: _value(item, depth - 1) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(_value(item, depth - 1) for item in value)
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return _value(value.item(), depth)
    raise ValueError(f"expected text, numbers, lists or mappings, received {type(value).__name__}")


def _text(value: str) -> str:
    if len(value) > _TEXT:
        raise ValueError(f"text of {len(value):,} characters, expected at most {_TEXT:,}")
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half of a surrogate pair, which JSON can spell and nobody can store
        raise ValueError(f"text with a character that does not exist, at position {error.start}") from error
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Args):
        return value.plain()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
