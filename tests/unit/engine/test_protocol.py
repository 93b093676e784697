"""Messages over a real socket pair, whole, in pieces, too large, and cut off."""

import socket
import struct
import threading

import numpy as np
import pytest

from playground.engine import protocol

pytestmark = pytest.mark.unit


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_message_arrives_with_its_arrays(pair):
    ours, theirs = pair
    image = np.arange(12, dtype=np.float32).reshape(3, 4)
    protocol.send(ours, {"op": "ask", "rate": float("nan")}, {"image": image})
    header, arrays = protocol.receive(theirs, 1)
    assert header == {"op": "ask", "rate": "NaN"}
    np.testing.assert_array_equal(arrays["image"], image)
    assert arrays["image"].dtype == np.float32


def test_a_message_larger_than_the_socket_s_buffer_arrives(pair):
    ours, theirs = pair
    large = np.random.default_rng(0).normal(size=2_000_000)
    sender = threading.Thread(target=protocol.send, args=(ours, {}, {"large": large}))
    sender.start()
    np.testing.assert_array_equal(protocol.receive(theirs, 10)[1]["large"], large)
    sender.join()


def test_what_is_too_large_is_refused_before_it_is_read(pair):
    ours, theirs = pair
    ours.sendall(struct.pack("<I", 2**31))
    with pytest.raises(ValueError, match="expected at most 100 bytes"):
        protocol.receive(theirs, 1, max_bytes=100)


def test_a_closed_connection_says_how_far_it_came(pair):
    ours, theirs = pair
    ours.sendall(struct.pack("<I", 100) + b"half")
    ours.close()
    with pytest.raises(protocol.ClosedError, match="4 of 100 bytes"):
        protocol.receive(theirs, 1)


def test_a_sender_that_dribbles_does_not_stretch_the_limit(pair):
    ours, theirs = pair
    ours.sendall(struct.pack("<I", 1000))
    is_done = threading.Event()

    def dribble() -> None:
        while not is_done.wait(0.05):
            ours.sendall(b"x")

    sender = threading.Thread(target=dribble)
    sender.start()
    with pytest.raises(TimeoutError):  # and not the whole message, a minute later
        protocol.receive(theirs, 0.3)
    is_done.set()
    sender.join()
