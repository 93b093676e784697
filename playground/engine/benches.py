"""The workbenches of a host: some ready, each busy with at most one question, replaced before they grow."""

import collections
import contextlib
import logging
import os
import selectors
import signal
import socket
import time
from dataclasses import dataclass

from playground.engine import children, process, protocol
from playground.engine.roles import Assignment
from playground.settings import Settings

_log = logging.getLogger("playground.host")
_GRACE_S = 2


@dataclass(slots=True)
class _Bench:
    child: children.Child
    control: socket.socket
    memory_mb: float = 0.0
    answers: int = 0
    client: socket.socket | None = None
    since: float = 0.0


class Benches:
    """Hands clients to workbenches. A client waits here while all are busy."""

    def __init__(self, settings: Settings, starter: children.Starter, selector: selectors.BaseSelector) -> None:
        self._settings = settings
        self._starter = starter
        self._selector = selector
        self._benches: list[_Bench] = []
        self._waiting: collections.deque[socket.socket] = collections.deque()
        self._failed_at = 0.0
        self._fill()

    @property
    def n_busy(self) -> int:
        """Questions being answered or waiting."""
        return len(self._waiting) + sum(bench.client is not None for bench in self._benches)

    def hand_over(self, client: socket.socket) -> None:
        """Let a workbench answer ``client``, whose question has not been read yet."""
        self._waiting.append(client.dup())
        self._serve()

    def ended(self, child: children.Child, status: int) -> None:
        """A workbench process has ended; its client learns it, and another takes its place."""
        for bench in [bench for bench in self._benches if bench.child is child]:
            self._remove(bench)
            why = "took longer than an answer may take" if status == signal.SIGALRM else children.words(status)
            if bench.client is not None:
                error = f"The question could not be answered: its process {why}."
                with contextlib.suppress(OSError):
                    protocol.send(bench.client, {"ok": False, "error": error}, timeout_s=0.5)
                bench.client.close()
                _log.warning("A workbench %s", why)
            elif bench.answers == 0:
                _log.warning("A workbench %s before its first answer", why)
                self._failed_at = time.monotonic()
        self._fill()
        self._serve()

    def tick(self) -> None:
        """Replace what is missing and end what hangs."""
        for bench in self._benches:
            if bench.client is not None and time.monotonic() - bench.since > self._settings.answer_s + _GRACE_S:
                os.kill(bench.child.pid, signal.SIGKILL)  # its own alarm did not get through
        self._fill()
        self._serve()

    def close(self) -> None:
        """End all workbenches."""
        for bench in list(self._benches):
            self._remove(bench)
            if bench.client is not None:
                bench.client.close()
        for client in self._waiting:
            client.close()

    def _fill(self) -> None:
        if time.monotonic() - self._failed_at < 1:
            return  # a workbench that cannot start must not be started in a busy loop
        while len(self._benches) < self._settings.workbenches:
            ours, theirs = socket.socketpair()
            log = str(self._settings.logs_dir / "workbench.log")
            # -1 hides every GPU: an answer must never take memory from a run.
            assignment = Assignment("workbench", {}, log, {"CUDA_VISIBLE_DEVICES": "-1"})
            with theirs:
                child = self._starter.start(assignment, [theirs.fileno()])
            bench = _Bench(child, ours)
            self._benches.append(bench)
            self._selector.register(ours, selectors.EVENT_READ, lambda bench=bench: self._answered(bench))

    def _serve(self) -> None:
        for bench in self._benches:
            if not self._waiting:
                return
            if bench.client is None:
                client = self._waiting.popleft()
                with contextlib.suppress(OSError):  # it died; the client learns it when it is reaped
                    socket.send_fds(bench.control, [b"c"], [client.fileno()])
                bench.client, bench.since = client, time.monotonic()

    def _answered(self, bench: _Bench) -> None:
        try:
            done = bench.control.recv(1)
        except OSError:
            done = b""
        if not done:
            self._selector.unregister(bench.control)  # it is ending; ended() does the rest
            return
        if bench.client is not None:
            bench.client.close()
            bench.client = None
        bench.answers += 1
        memory_mb = process.memory_mb(bench.child.pid)
        if bench.answers == 1:
            bench.memory_mb = memory_mb  # the first answer maps libraries, which is not growth
        growth = memory_mb - bench.memory_mb
        if bench.answers >= self._settings.workbench_requests or growth > self._settings.workbench_growth_mb:
            self._remove(bench)
            self._fill()
        self._serve()

    def _remove(self, bench: _Bench) -> None:
        self._benches.remove(bench)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(bench.control)
        bench.control.close()
