"""Messages between clients, the host and its workbenches: a length, then a frame of JSON and arrays."""

import contextlib
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from playground.frame import pack, unpack

_LENGTH = struct.Struct("<I")
MAX_BYTES = 64 * 2**20

Message = tuple[dict[str, Any], dict[str, np.ndarray]]


class ClosedError(ConnectionError):
    """The other side is gone."""


def send(
    to: socket.socket,
    header: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray] | None = None,
    timeout_s: float = 5,
) -> None:
    """Send one message.

    Raises:
        OSError: the other side is gone (BrokenPipeError) or does not take it in time (TimeoutError).
    """
    body = pack(header, arrays)
    to.settimeout(timeout_s)
    to.sendall(_LENGTH.pack(len(body)) + body)


def receive(source: socket.socket, timeout_s: float, max_bytes: int = MAX_BYTES) -> Message:
    """Wait for one message, at most ``timeout_s`` in all.

    Raises:
        ClosedError: the other side is gone.
        TimeoutError: it took too long.
        ValueError: it is no message, or larger than ``max_bytes``.
    """
    deadline = time.monotonic() + timeout_s
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size, deadline))
    if length > max_bytes:
        raise ValueError(f"Message: expected at most {max_bytes:,} bytes, received {length:,}")
    return unpack(_exactly(source, length, deadline))


def _exactly(source: socket.socket, size: int, deadline: float) -> bytes:
    buffer = bytearray(size)
    view, got = memoryview(buffer), 0
    while got < size:
        source.settimeout(max(1e-3, deadline - time.monotonic()))
        count = source.recv_into(view[got:])
        if count == 0:
            raise ClosedError(f"Connection closed after {got} of {size} bytes")
        got += count
        if got < size and time.monotonic() > deadline:
            raise TimeoutError(f"Only {got} of {size} bytes came in time")
    return bytes(buffer)


@contextlib.contextmanager
def connection(path: str, timeout_s: float) -> Iterator[socket.socket]:
    """A connection to the socket at ``path``.

    Raises:
        FileNotFoundError, ConnectionRefusedError: nobody listens there.
        TimeoutError: somebody listens but does not accept in time.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(timeout_s)
        client.connect(path)
        yield client
