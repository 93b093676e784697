"""Threads that begin at the same moment, for tests of what happens then."""

import threading
from collections.abc import Callable
from typing import Any


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What ``work(number)`` gave back or raised in each of ``count`` threads that began together."""
    together, results = threading.Barrier(count), [None] * count

    def one(number: int) -> None:
        together.wait()
        try:
            results[number] = work(number)
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
