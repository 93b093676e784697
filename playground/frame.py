"""One binary frame for everything that carries arrays: sockets, the store's columns, the browser.

Layout, little-endian: ``u32 n | n bytes of JSON, padded to 4 | arrays in C order, each padded to 4``. The JSON is the
header with one more key, ``arrays``: a list of ``[name, dtype, shape]``. Nothing is pickled, and only numbers and
booleans can be carried, so a frame from a stranger can be read safely.
"""

import json
import math
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

_LENGTH = struct.Struct("<I")
_NAMES = ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
_DTYPES = frozenset(np.dtype(name).newbyteorder("<").str for name in _NAMES)


def _pad(length: int) -> int:
    return -length % 4


def plain(value: Any) -> Any:
    """``value`` as JSON can spell it: mappings and sequences copied, NaN and infinities as strings."""
    if isinstance(value, float | np.floating):
        number = float(value)
        if math.isfinite(number):
            return number
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, np.integer | np.bool_):
        return value.item()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"{value!r} of type {type(value).__name__} cannot be written as JSON")


def dumps(value: Any) -> str:
    """Canonical JSON of ``value``: keys sorted, no spaces, NaN and infinities spelled as strings."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def pack(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray] | None = None) -> bytes:
    """The frame of ``header`` and ``arrays`` as bytes.

    Raises:
        TypeError: an array holds something other than numbers or booleans.
    """
    listed: list[list[Any]] = []
    bodies: list[bytes] = []
    for name, array in (arrays or {}).items():
        dtype = array.dtype.newbyteorder("<")
        if dtype.str not in _DTYPES:
            raise TypeError(f"Array {name!r}: expected numbers or booleans of 8 bytes at most, received {array.dtype}")
        array = np.asarray(array, dtype=dtype, order="C")
        listed.append([name, array.dtype.str, list(array.shape)])
        body = array.tobytes()
        bodies.append(body + b"\0" * _pad(len(body)))
    text = dumps({**header, "arrays": listed}).encode()
    text += b" " * _pad(len(text))
    return b"".join([_LENGTH.pack(len(text)), text, *bodies])


def unpack(data: bytes | memoryview) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header (without ``arrays``) and the arrays, which are read-only views of ``data``.

    Raises:
        ValueError: the bytes are no frame, or are shorter than their header says.
    """
    view = memoryview(data).toreadonly()
    if len(view) < _LENGTH.size:
        raise ValueError(f"Frame: expected at least {_LENGTH.size} bytes, received {len(view)}")
    (length,) = _LENGTH.unpack_from(view)
    offset = _LENGTH.size + length
    if len(view) < offset:
        raise ValueError(f"Frame: expected a header of {length} bytes, received {len(view) - _LENGTH.size}")
    header = _header(bytes(view[_LENGTH.size : offset]))
    arrays: dict[str, np.ndarray] = {}
    for item in header.pop("arrays"):
        name, dtype, shape = _listed(item)
        count = math.prod(shape)
        size = count * dtype.itemsize
        if len(view) < offset + size:
            raise ValueError(f"Frame: array {name!r} needs {size} bytes, {max(0, len(view) - offset)} are left")
        # Without values there may be no byte left to point at, and a shape that no memory could hold is still harmless.
        arrays[name] = _empty(name, dtype, shape) if count == 0 else _view(view, dtype, shape, offset)
        offset += size + _pad(size)
    return header, arrays


def _header(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text.decode())
    except (ValueError, RecursionError) as error:  # recursion: nested a thousand levels deep
        raise ValueError(f"Frame: the header is no JSON ({error})") from error
    if not isinstance(header, dict) or not isinstance(header.get("arrays"), list):
        raise ValueError("Frame: expected a JSON object with the key 'arrays'")
    return header


def _listed(item: Any) -> tuple[str, np.dtype[Any], tuple[int, ...]]:
    """Name, dtype and shape of one array, as the header lists it."""
    match item:
        case [str(name), str(spelled), list(shape)]:
            pass
        case _:
            raise ValueError(f"Frame: expected [name, dtype, shape] for an array, received a {type(item).__name__}")
    if spelled not in _DTYPES:
        raise ValueError(f"Frame: array {name!r} has dtype {spelled!r}, expected one of {', '.join(sorted(_DTYPES))}")
    if not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError(f"Frame: array {name!r} has a shape that is not a list of whole numbers of 0 or more")
    return name, np.dtype(spelled), tuple(shape)


def _view(view: memoryview, dtype: np.dtype[Any], shape: tuple[int, ...], offset: int) -> np.ndarray:
    return np.frombuffer(view, dtype, math.prod(shape), offset).reshape(shape)


def _empty(name: str, dtype: np.dtype[Any], shape: tuple[int, ...]) -> np.ndarray:
    try:
        array = np.empty(shape, dtype)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"Frame: array {name!r} has shape {shape}, which is too large") from error
    array.flags.writeable = False
    return array
