"""Starting processes by fork or by spawn, and noticing their end."""

import contextlib
import errno
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from typing import Protocol

from playground.engine import process, roles
from playground.engine.roles import Assignment
from playground.settings import Settings

FULL = errno.ENOSPC
"""The exit status of a process that found no room on the disk to say so."""


@dataclass(slots=True)
class Child:
    """A process of ours that has not been reaped yet."""

    pid: int
    pid_start: float | None
    assignment: Assignment
    began: float


class Starter(Protocol):
    """Starts processes and reaps them."""

    def start(self, assignment: Assignment, descriptors: list[int]) -> Child:
        """Start a process that does ``assignment`` and holds copies of ``descriptors``."""

    def reap(self) -> list[tuple[Child, int]]:
        """The children that have ended since the last call, with their wait status."""

    def close(self) -> None:
        """End what was only kept ready."""


class _Reaper:
    def __init__(self) -> None:
        self._children: dict[int, Child] = {}

    def reap(self) -> list[tuple[Child, int]]:
        ended = []
        for pid, child in list(self._children.items()):
            with contextlib.suppress(ChildProcessError):
                found, status = os.waitpid(pid, os.WNOHANG)
                if found:
                    ended.append((child, status))
                    del self._children[pid]
        return ended

    def _keep(self, pid: int, assignment: Assignment) -> Child:
        child = Child(pid, process.started_at(pid), assignment, time.monotonic())
        self._children[pid] = child
        return child


class Forking(_Reaper):
    """Forks the host, which has imported Keras: ready in milliseconds, sharing its memory."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def start(self, assignment: Assignment, descriptors: list[int]) -> Child:
        assert_device_free()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            self._become(assignment, descriptors)
        return self._keep(pid, assignment)

    def _become(self, assignment: Assignment, descriptors: list[int]) -> None:
        status = 1
        try:
            os.setsid()
            _default_signals()
            _close_all_but({0, 1, 2, *descriptors})
            gc.freeze()  # what the host imported is never garbage; collecting it would copy its pages
            status = roles.play(assignment, self._settings, descriptors)
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)  # not sys.exit: the host's atexit handlers are not ours

    def close(self) -> None:
        """Nothing is kept ready."""


class Spawning(_Reaper):
    """Starts fresh interpreters, for platforms where a fork is unsafe; one stands ready with Keras imported."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._spare: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self._ready()

    def _ready(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "playground.engine.spare", str(theirs.fileno())]
            popen = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
            )
        self._spare = (popen, ours)

    def start(self, assignment: Assignment, descriptors: list[int]) -> Child:
        if self._spare is None or self._spare[0].poll() is not None:
            self._ready()
        assert self._spare is not None
        popen, control = self._spare
        text = json.dumps({"assignment": asdict(assignment), "settings": self._settings.model_dump(mode="json")})
        with control:
            message = text.encode()
            socket.send_fds(control, [len(message).to_bytes(4, "little") + message], descriptors)
        popen.returncode = 0  # reaped by us, not by Popen
        self._ready()
        return self._keep(popen.pid, assignment)

    def close(self) -> None:
        if self._spare is not None:
            popen, control = self._spare
            control.close()  # the spare ends when it reads the end of its socket
            popen.returncode = 0
            self._spare = None


def starter(settings: Settings) -> Starter:
    """The way of starting processes that ``settings`` ask for."""
    return Forking(settings) if settings.start_method == "fork" else Spawning(settings)


def assert_device_free() -> None:
    """Refuse to fork a process that has started TensorFlow's runtime: the child would hang.

    Raises:
        RuntimeError: it has.
    """
    context = sys.modules.get("tensorflow.python.eager.context")
    if context is not None and context.context()._initialized:
        raise RuntimeError("The host has started a device and must not fork; find what touched TensorFlow's runtime")


def words(status: int) -> str:
    """The wait status of a process that ended without a word, in words."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        name = signal.Signals(number).name
        if number == signal.SIGKILL:
            return f"was killed from outside ({name}); when memory runs out, the system does that"
        return f"crashed ({name})"
    if os.waitstatus_to_exitcode(status) == FULL:
        return (
            "found no room on the disk to record anything more. What it had recorded is kept: "
            "free some disk space, then go on from there"
        )
    return f"ended without a result (exit status {os.waitstatus_to_exitcode(status)})"


def _default_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _close_all_but(kept: set[int]) -> None:
    for name in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else map(str, range(4096)):
        descriptor = int(name)
        if descriptor not in kept:
            with contextlib.suppress(OSError):
                os.close(descriptor)
