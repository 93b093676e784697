"""Who a process is, beyond its number, which the system gives out again."""

import functools
import socket
import time

import psutil


@functools.cache
def machine() -> str:
    """The name of this machine, as the store records it."""
    return socket.gethostname()


def started_at(pid: int) -> float | None:
    """When the living process ``pid`` began, seconds since the epoch, or ``None``; zombies do not live."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process.create_time()
    except psutil.NoSuchProcess:
        return None


def is_alive(pid: int | None, pid_start: float | None) -> bool:
    """Whether the process ``pid`` that began at ``pid_start`` still lives, on this machine.

    The clock may be set between two looks, so a second's difference is the same process.
    """
    if pid is None:
        return False
    began = started_at(pid)
    return began is not None and (pid_start is None or abs(began - pid_start) < 1)


def memory_mb(pid: int) -> float:
    """Resident memory of ``pid`` in MB (10^6 bytes), without the pages of files that it maps; 0 when it is gone.

    Those the system takes back when it needs them: of a large file that is read through a map they are most of it.
    """
    try:
        info = psutil.Process(pid).memory_info()
        return float(info.rss - getattr(info, "shared", 0)) / 1e6  # which only Linux tells apart
    except psutil.NoSuchProcess:
        return 0.0


def wait_gone(pid: int, pid_start: float | None, timeout_s: float) -> bool:
    """Wait until the process is gone; returns whether it is."""
    deadline = time.monotonic() + timeout_s
    while is_alive(pid, pid_start):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
