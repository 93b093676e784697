"""Hears what people ask of a run, in a small thread."""

import threading
from collections import deque

from playground.training.journal import Asked, Journal

_LOOK_S = 0.02


class Listener:
    """Looks fifty times a second. Use it as a context: the thread lives inside.

    Args:
        journal: where requests come from; nothing else reads them.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="requests", daemon=True)
        self.asked: deque[Asked] = deque()
        """What was heard and has not been taken out yet, oldest first."""
        self.news = threading.Event()
        """Set when something was heard; whoever takes it clears this before."""

    def __enter__(self) -> "Listener":
        self._take()  # what was asked before the first step is heard before it
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _listen(self) -> None:
        first = True
        while not self._over.is_set():
            if self._journal.changed() or first:
                first = False
                self._take()
            self._over.wait(_LOOK_S)

    def _take(self) -> None:
        found = self._journal.requests()
        if found:
            self.asked.extend(found)
            self.news.set()
