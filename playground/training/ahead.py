"""What training will need soon, traced in a thread, so that requests are heard meanwhile."""

import threading
from collections.abc import Callable

_LOOK_S = 0.01


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
        self._thread = threading.Thread(target=self._do, name="ahead", daemon=True)

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
        while self._thread.is_alive():
            between()
            self._thread.join(_LOOK_S)
        if self._error is not None:
            raise self._error

    def _do(self) -> None:
        try:
            for work in self._work:
                work()
        except BaseException as error:
            self._error = error
