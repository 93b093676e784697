"""Runs that begin by themselves while nobody trains, so that the first page has something to show.

They belong to nobody: they are in no list, make room as soon as somebody asks for a run, and only the newest are kept.
"""

import contextlib
import fcntl
import shutil
import threading
import time
from collections.abc import Iterator, Sequence

from playground.engine.client import SHOWCASE, Client
from playground.engine.errors import EngineError
from playground.runs import ENDED, Run
from playground.specs import RunSpec

_REST_S = 60.0  # a page that is left open and looked at again does not keep a core busy
_KEPT = 3  # as somebody may be looking at one that has just ended
_GOING = ("queued", "running", "paused")


def newest(client: Client) -> Run | None:
    """The run that was begun last, whatever has become of it; ``None`` before there was one."""
    return next(iter(client.store.runs.find(owner=SHOWCASE, limit=1)), None)


def is_due(client: Client) -> bool:
    """Whether nobody trains, and the last run was begun long enough ago."""
    if client.store.runs.count(states_in=_GOING):
        return False
    last = newest(client)
    return last is None or time.time() - last.created_at > _REST_S


def begin(client: Client, specs: Sequence[RunSpec]) -> None:
    """Start the next of ``specs`` if one is due, beside whoever calls; the engine is started where there is none.

    Of all pages and servers of a home that ask at once, one starts a run.
    """
    if is_due(client):
        threading.Thread(target=_begin, args=(client, specs), name="playground-showcase", daemon=True).start()


def _begin(client: Client, specs: Sequence[RunSpec]) -> None:
    # Whoever asked has gone on; why there is no engine is said where somebody wants one.
    with contextlib.suppress(EngineError, OSError), _alone(client) as is_first:
        if is_first and is_due(client):
            last = newest(client)
            digests = [spec.digest for spec in specs]
            at = digests.index(last.digest) + 1 if last is not None and last.digest in digests else 0
            client.submit(specs[at % len(specs)], owner=SHOWCASE)
            _tidy(client)


@contextlib.contextmanager
def _alone(client: Client) -> Iterator[bool]:
    """Inside, whether no other process or thread is in here."""
    client.settings.home.mkdir(parents=True, exist_ok=True)
    with (client.settings.home / "showcase.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _tidy(client: Client) -> None:
    for run in client.store.runs.find(states_in=ENDED, owner=SHOWCASE, limit=1000)[_KEPT:]:
        client.store.runs.delete(run.id)
        shutil.rmtree(client.settings.run_dir(run.id), ignore_errors=True)
