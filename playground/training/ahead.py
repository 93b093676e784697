"""What training will need soon, traced in a thread, so that requests are heard meanwhile."""

import contextlib
import ctypes
import sys
import threading
import time
from collections.abc import Callable, Iterator

_LOOK_S = 0.01
_HURRY_S = 0.00005
_NAME = "ahead"
_ALONE = threading.Lock()  # Keras traces one thing at a time
_here = threading.local()


@contextlib.contextmanager
def in_a_hurry() -> Iterator[None]:
    """Inside, this thread waits less for those that trace: somebody waits for it.

    Each variable that it reads has it let go of the interpreter, and another thread keeps that as long as it may.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_HURRY_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextlib.contextmanager
def compiling() -> Iterator[None]:
    """Inside, other threads may trace: what is compiled here, which takes much longer, was traced before."""
    is_alone = getattr(_here, "is_alone", False)
    if is_alone:
        _ALONE.release()
    try:
        yield
    finally:
        if is_alone:
            _ALONE.acquire()


def is_quiet(between: Callable[[], None] = lambda: None, wait_s: float = 0.0) -> bool:
    """Whether no thread of this process traces or compiles, after waiting up to ``wait_s`` for those that do.

    Args:
        between: called every 10 ms while waiting; may raise to give up.
        wait_s: seconds.
    """
    until = time.monotonic() + wait_s
    busy = [thread for thread in threading.enumerate() if thread.name == _NAME]
    while busy and time.monotonic() < until:
        between()
        busy[0].join(_LOOK_S)
        busy = [thread for thread in busy if thread.is_alive()]
    return not busy


class _GivenUpError(BaseException):
    """Nobody needs any more what a thread traces."""


def give_up() -> None:
    """Have all threads of this process that trace end at the next line of Python they come to.

    For a run that was stopped: nothing is traced any more, and whoever waits for the end would wait for these threads
    each time that the interpreter is let go. What they were making must not be used.
    """
    for thread in threading.enumerate():
        if thread.name == _NAME and thread.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(_GivenUpError))


class Ahead:
    """Does ``work`` in a thread, one after another.

    Keras is not made for threads. That is safe here as long as the training thread only calls what is traced already
    and leaves the model alone until :meth:`wait` has returned.

    Args:
        work: what to do; each must leave every variable as it is.
    """

    def __init__(self, *work: Callable[[], None]) -> None:
        self._work = work
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._do, name=_NAME, daemon=True)

    def start(self) -> None:
        """Begin; only the first call does something."""
        if self._thread.ident is None:
            self._thread.start()

    def wait(self, between: Callable[[], None] = lambda: None) -> None:
        """Return when all is done; at once if it never began.

        Args:
            between: called every 10 ms; may raise to give up.

        Raises:
            Exception: what the work raised.
        """
        self.join(between)
        if self._error is not None:
            raise self._error

    @property
    def is_busy(self) -> bool:
        """Whether it has begun and is not done yet."""
        return self._thread.is_alive()

    def join(self, between: Callable[[], None] = lambda: None) -> None:
        """As :meth:`wait`, whatever came of it."""
        while self._thread.is_alive():
            between()
            self._thread.join(_LOOK_S)

    def _do(self) -> None:
        try:
            for work in self._work:
                with _ALONE:
                    _here.is_alone = True
                    work()
        except BaseException as error:
            self._error = error
