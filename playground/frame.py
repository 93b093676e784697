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
_KINDS = frozenset("biuf")


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
        if array.dtype.kind not in _KINDS:
            raise TypeError(f"Array {name!r}: expected numbers or booleans, received dtype {array.dtype}")
        array = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
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
    view = memoryview(data)
    if len(view) < _LENGTH.size:
        raise ValueError(f"Frame: expected at least {_LENGTH.size} bytes, received {len(view)}")
    (length,) = _LENGTH.unpack_from(view)
    offset = _LENGTH.size + length
    if len(view) < offset:
        raise ValueError(f"Frame: expected a header of {length} bytes, received {len(view) - _LENGTH.size}")
    header = json.loads(bytes(view[_LENGTH.size : offset]))
    if not isinstance(header, dict) or not isinstance(header.get("arrays"), list):
        raise ValueError("Frame: expected a JSON object with the key 'arrays'")
    arrays: dict[str, np.ndarray] = {}
    for name, spelled, shape in header.pop("arrays"):
        dtype = np.dtype(spelled)
        if dtype.kind not in _KINDS:
            raise ValueError(f"Frame: array {name!r} has dtype {spelled}, expected numbers or booleans")
        if not all(isinstance(size, int) and size >= 0 for size in shape):
            raise ValueError(f"Frame: array {name!r} has shape {shape}, expected sizes of 0 or more")
        count = math.prod(shape)
        size = count * dtype.itemsize
        if len(view) < offset + size:
            raise ValueError(f"Frame: array {name!r} needs {size} bytes, {len(view) - offset} are left")
        arrays[name] = np.frombuffer(view, dtype, count, offset).reshape(shape)
        offset += size + _pad(size)
    return header, arrays
