"""What people ask of a run while it trains: stop, pause, resume, step. Also its time limit."""

import threading
import time
from collections import deque

from playground.runs.event import EventKind
from playground.settings import Settings, setting
from playground.training.errors import StoppedError
from playground.training.journal import Asked, Journal
from playground.training.recorder import Recorder

_LOOK_S = 0.02


class Control:
    """Listens in a small thread; the training thread acts between blocks, when it calls :meth:`gate`.

    Use it as a context: the thread lives inside.

    Args:
        journal: where requests come from and answers go.
        recorder: knows where training stands, and writes first what it still holds.
        settings: ``max_seconds`` bounds the training time, pauses not counted.
    """

    def __init__(self, journal: Journal, recorder: Recorder, settings: Settings) -> None:
        self._journal = journal
        self._recorder = recorder
        self._settings = settings
        self._asked: deque[Asked] = deque()
        self._news = threading.Event()
        self._over = threading.Event()
        self._paused = False
        self._step: int | None = None
        self._thread = threading.Thread(target=self._listen, name="requests", daemon=True)

    def __enter__(self) -> "Control":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def gate(self) -> int | None:
        """Wait while paused; returns how many steps may be done now, ``None`` for as many as one likes.

        Raises:
            StoppedError: the run is to stop.
        """
        if self._step is not None:
            self._recorder.flush({"request": self._step})
            self._step = None
        self._act()
        while self._paused and self._step is None:
            self._recorder.clock.stop()
            self._news.wait()
            self._act()
        self._recorder.clock.start()
        limit = self._settings.max_seconds
        if self._recorder.clock.seconds > limit:
            raise StoppedError(f"The run reached {limit:,} s of training, the most allowed ({setting('max_seconds')}).")
        return 1 if self._step is not None else None

    def listen(self) -> None:
        """Act on requests where no batch can be trained, as during evaluation; a step waits for the next gate.

        Raises:
            StoppedError: the run is to stop.
        """
        self._act(may_step=False)

    def _act(self, *, may_step: bool = True) -> None:
        self._news.clear()
        for request in tuple(self._asked):
            if request.kind == "stop":  # whatever was asked before it
                raise StoppedError("Stopped by you.", request.id)
        while self._asked and self._step is None:
            if self._asked[0].kind == "step" and not may_step:
                return
            request = self._asked.popleft()
            if request.kind == "pause":
                self._paused = True
                self._answer("paused", request.id)
            elif request.kind == "resume":
                self._paused = False
                self._answer("resumed", request.id)
            elif request.kind == "step":
                if not self._paused:
                    self._paused = True
                    self._answer("paused", request.id)
                self._step = request.id

    def _answer(self, kind: EventKind, request: int) -> None:
        self._recorder.flush()
        self._journal.append(kind, {"request": request, **self._recorder.where()})

    def _listen(self) -> None:
        first = True
        while not self._over.is_set():
            if self._journal.changed() or first:
                first = False
                found = self._journal.requests()
                if found:
                    self._asked.extend(found)
                    self._news.set()
            time.sleep(_LOOK_S)
