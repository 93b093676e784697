"""One run, or the runs of a race, in a process of their own."""

import contextlib
import errno
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from playground import data
from playground.engine import process
from playground.engine.children import FULL
from playground.engine.device import device
from playground.engine.load import LOAD, Sampler
from playground.runs import Artifact, ConflictError, EndedError, NotFoundError, Run, Store, StoreFullError, open_store
from playground.runs.artifacts import STATE
from playground.runs.record import Record, is_alike, record
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.training import session
from playground.training.ahead import is_quiet
from playground.training.lockstep import Lockstep, Turn

_SWITCH_S = 0.0005
"""A thread that traces is all Python. Whoever lets go of the interpreter for a moment, as each call of TensorFlow and
each write of a file does, waits that long to have it back; with Python's own 5 ms a stop took half as long again."""
_FILES = {".keras": "model", ".weights.h5": "weights", STATE: "state"}
"""By how its name ends, the kind of a file that a run leaves."""
_QUIET_S = 30.0


def main(settings: Settings, args: dict[str, Any]) -> int:
    """Train the runs ``args["run_ids"]`` in the slot they were given, several in turn; returns the exit status.

    It is :data:`playground.engine.children.FULL` where not even the end could be recorded: the host does that later.
    """
    sys.setswitchinterval(_SWITCH_S)
    full: list[BaseException] = []
    with _noting(full):
        _run(settings, args, full)
    for each in full:
        with contextlib.suppress(OSError):  # the log may lie on that disk too
            traceback.print_exception(each)
    return FULL if full else 0


@contextlib.contextmanager
def _noting(full: list[BaseException]) -> Iterator[None]:
    """Add to ``full`` what ends the block because a disk is full, be it the store's or the log's."""
    try:
        yield
    except StoreFullError as error:
        full.append(error)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        full.append(error)


def _run(settings: Settings, args: dict[str, Any], full: list[BaseException]) -> None:
    store = open_store(settings, keeps_connections=True)  # nothing forks from here on
    pid = os.getpid()
    here = device(settings)
    place = {
        "pid": pid,
        "pid_start": process.started_at(pid) or time.time(),
        "machine": process.machine(),
        "device": args["device"],
        "slot": args["slot"],
        "start": args["start"],
        "versions": session.versions(),
        "room_bytes": here.room_bytes,
        "memory_bytes": here.memory_bytes,
    }
    started = [run_id for run_id in args["run_ids"] if _is_started(store, run_id, place)]
    if len(started) == 1:
        _train(settings, store, started[0], place)
        return
    race = Lockstep()
    shared = {name: size if size is None else size // len(started) for name, size in _sizes(place).items()}
    threads = []
    for run_id in started:
        run = store.runs.run(run_id)
        of = (settings, store, run_id, {**place, **shared}, race.turn(run.step), full)
        threads.append(threading.Thread(target=_train_in_turn, args=of, name=f"run {run_id}"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _is_started(store: Store, run_id: str, place: Mapping[str, Any]) -> bool:
    """Whether the run begins here; not where it was cancelled, or taken by another process, since the fork."""
    try:
        store.runs.append(run_id, "started", place, only_from={"queued"})
    except (EndedError, ConflictError):
        return False
    return True


def _sizes(place: Mapping[str, Any]) -> dict[str, int | None]:
    return {name: place[name] for name in ("room_bytes", "memory_bytes")}


def _train_in_turn(
    settings: Settings, store: Store, run_id: str, place: Mapping[str, Any], turn: Turn, full: list[BaseException]
) -> None:
    try:
        with _noting(full):
            turn.begin()
            is_quiet(wait_s=_QUIET_S)  # what others have traced in threads so far: Keras traces one thing at a time
            _train(settings, store, run_id, place, turn)
    finally:
        turn.leave()


def _train(settings: Settings, store: Store, run_id: str, place: Mapping[str, Any], turn: Turn | None = None) -> None:
    journal = store.runs.journal(run_id)
    spec = store.runs.spec(run_id)
    prepared = data.opened(spec.dataset, spec.seed, settings)
    if prepared is None:
        error = "The prepared data was removed before the run could read it. Run it again."
        journal.append("failed", {"error": error, "phase": "preparing"})
        return
    folder = settings.run_dir(run_id)
    run = journal.run
    if run.epochs != spec.training.epochs:  # some were added before its process died
        spec = with_value(spec, "training.epochs", run.epochs)
    followed = _record(store, run)
    gpu = None if place["slot"].startswith("cpu") else os.environ.get("CUDA_VISIBLE_DEVICES")
    with Sampler(folder / LOAD, gpu):
        is_going_on = run.step > 0
        session.train(
            spec, prepared, journal, folder, settings, place, is_going_on=is_going_on, record=followed, turn=turn
        )
    for suffix, kind in _FILES.items():
        for path in sorted(folder.glob(f"*{suffix}")):
            store.artifacts.save(Artifact(run_id, path.name, kind, path.stat().st_size))


def _record(store: Store, run: Run) -> Record | None:
    """What the run that ``run`` follows did, where that can give the same numbers here."""
    if run.follows is None:
        return None
    try:
        other = store.runs.run(run.follows)
    except NotFoundError:
        return None
    if other.digest != run.digest or not is_alike(other, run):
        return None
    return record(other, store.runs.events(other.id, has_columns=False))
