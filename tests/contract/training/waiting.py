"""Waiting for a run that trains in a thread."""

import threading
import time
from collections.abc import Callable

ENDLESS = 100_000
"""Epochs: more than any run trains here before it is asked to stop."""


def until(is_there: Callable[[], object], timeout_s: float = 120) -> None:
    """Wait until something holds; an AssertionError after ``timeout_s``."""
    deadline = time.monotonic() + timeout_s
    while not is_there():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def trained_in(thread: threading.Thread) -> None:
    """Wait until the thread of a run has ended."""
    thread.join(120)
    assert not thread.is_alive()
