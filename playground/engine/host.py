"""The host: one process a home that has imported Keras, never touches a device, and only starts others.

Single-threaded on purpose: it forks. It answers short messages on a Unix socket, hands questions to workbenches,
gives slots to waiting runs and tells the store when a process died without a word.
"""

import fcntl
import logging
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playground.engine import address, children, preload, protocol
from playground.engine.benches import Benches
from playground.engine.keeping import prune
from playground.engine.overseer import Overseer
from playground.engine.prepared_data import tidy
from playground.engine.uploads import forget_expired
from playground.runs import open_store
from playground.runs.weights import forget_unnamed
from playground.settings import Settings, settings

_log = logging.getLogger("playground.host")
_TICK_S = 0.2
_FIRST_MESSAGE = 65_536
_SILENCE_S = 5
_SWEEP_S = 24 * 3600
_TIDY_S = 600


class Host:
    """Owns the socket and the loop; :class:`Overseer` owns runs and jobs, :class:`Benches` the workbenches."""

    def __init__(self, configured: Settings, listener: socket.socket) -> None:
        self._settings = configured
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._starter = children.starter(configured)
        self._benches = Benches(configured, self._starter, self._selector)
        self._overseer = Overseer(configured, open_store(configured), self._starter)
        self._home = os.stat(configured.home).st_ino
        self._busy_at = time.monotonic()
        self._sweep_at = self._tidy_at = self._busy_at
        self._is_stopping = False
        self._newcomers: dict[socket.socket, float] = {}

    def serve(self) -> None:
        """Serve until told to stop, idle for long, or the home is gone."""
        wakeup, signalled = socket.socketpair()
        wakeup.setblocking(False)
        signalled.setblocking(False)
        signal.set_wakeup_fd(signalled.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "_is_stopping", True))
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(wakeup, selectors.EVENT_READ, lambda: wakeup.recv(4096))
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        while not self._is_stopping and self._has_home() and not self._is_idle():
            for key, _ in self._selector.select(_TICK_S):
                self._guarded(key.data)
            self._guarded(self._reap)
            self._guarded(self._overseer.tick)
            self._guarded(self._benches.tick)
            self._guarded(self._drop_silent)
            self._guarded(self._sweep)
            self._guarded(self._tidy)
        self._benches.close()
        self._starter.close()

    def _guarded(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except Exception:  # one client's or one run's trouble must not end the host; the log has it
            _log.exception("The host goes on after an error")

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        self._busy_at = self._newcomers[client] = time.monotonic()
        self._selector.register(client, selectors.EVENT_READ, lambda: self._hear(client))

    def _hear(self, client: socket.socket) -> None:
        self._forget(client)
        with client:
            try:
                # Tiny, and sent in one piece: what has begun to come is there, or its sender is broken.
                header, _ = protocol.receive(client, timeout_s=0.2, max_bytes=_FIRST_MESSAGE)
                if header.get("op") == "ask":
                    self._benches.hand_over(client)
                else:
                    protocol.send(client, self._reply(header), timeout_s=0.2)
            except (OSError, ValueError) as error:
                _log.info("A client was dropped: %s", error)

    def _forget(self, client: socket.socket) -> None:
        del self._newcomers[client]
        self._selector.unregister(client)

    def _drop_silent(self) -> None:
        for client, since in list(self._newcomers.items()):
            if time.monotonic() - since > _SILENCE_S:
                self._forget(client)
                client.close()

    def _sweep(self) -> None:
        """Delete kept weights that nobody needs and runs that are long in the bin, at the start and once a day."""
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + _SWEEP_S
            prune(open_store(self._settings), self._settings)
            forget_unnamed(open_store(self._settings), self._settings)

    def _tidy(self) -> None:
        """Remove small prepared data that nobody has used for long, at the start and every ten minutes."""
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + _TIDY_S
            tidy(open_store(self._settings), self._settings)

    def _reply(self, header: dict[str, Any]) -> dict[str, Any]:
        match header.get("op"):
            case "ping":
                return {"ok": True, "pid": os.getpid(), "start": self._settings.start_method}
            case "wake":
                self._overseer.wake()
                return {"ok": True}
            case "stop":
                self._is_stopping = True
                return {"ok": True, "pid": os.getpid(), "runs": self._overseer.n_runs}
            case other:
                return {"ok": False, "error": f"There is no operation {other!r}"}

    def _reap(self) -> None:
        for child, status in self._starter.reap():
            if child.assignment.role == "workbench":
                self._benches.ended(child, status)
            else:
                self._overseer.ended(child, status)

    def _has_home(self) -> bool:
        try:
            return os.stat(self._settings.home).st_ino == self._home
        except FileNotFoundError:
            _log.info("The home is gone")
            return False

    def _is_idle(self) -> bool:
        if self._overseer.n_runs or self._benches.n_busy:
            self._busy_at = time.monotonic()
        return time.monotonic() - self._busy_at > self._settings.host_idle_s


def main() -> int:
    """Be the host of the home in the environment, unless there is one; returns the exit status."""
    configured = settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    configured.home.mkdir(parents=True, exist_ok=True)
    lock = _lock(address.lock_path(configured))
    if lock is None:
        _log.info("Another host serves this home")
        return 0
    forget_expired(open_store(configured), configured)
    preload.load()
    path = address.socket_path(configured)
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        path.chmod(0o600)
        host = Host(configured, listener)
        listener.listen(128)
        _log.info("Ready (pid %d, %s)", os.getpid(), configured.start_method)
        try:
            host.serve()
        finally:
            path.unlink(missing_ok=True)
    _log.info("Ended")
    return 0


def _lock(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


if __name__ == "__main__":
    sys.exit(main())
