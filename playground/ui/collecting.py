"""When Python looks through all its objects for garbage: seldom, since every viewer waits meanwhile."""

import functools
import gc

_YOUNG, _MIDDLE, _OLD = 2_000, 10, 50  # Python's own are 700, 10 and 10


@functools.cache
def seldom() -> None:
    """Leave out what is there now, modules above all, and look through the rest less often; once a process.

    With fifty viewers a full collection took 0.2 to 0.5 s, every ten seconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
