"""The run behind the page Playground: starting one, asking it something, and what it shows now."""

import contextlib
import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from playground.data import DataError, outline
from playground.engine.abandoned import PLANE
from playground.engine.errors import AnswerError, EngineError, SpecError
from playground.engine.plane_runs import tidy
from playground.export.plane_link import Look, normal
from playground.frame import pack
from playground.runs import EndedError, NotFoundError, Request, Run, Store
from playground.settings import settings
from playground.specs import OptimizerSpec, RunSpec
from playground.specs.plane import Plane, plane_of
from playground.ui import engine, ids, playground_state, shapes

_WATCH_S = 10.0
_HURRY_S = 0.5
_FILE = "frame.bin"
REFUSED = "playground-start-refused"
"""Where the page keeps why a run could not be started."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A run of the page at one moment.

    Attributes:
        run: what it has come to.
        asked: requests that no event has answered yet.
        frame: its newest picture, as bytes; none before the first.
        stamp: others for every picture: when it was written and which file it is, as two can be written in one tick of
            the file system's clock.
        at: the epoch and the step of that picture.
    """

    run: Run
    asked: tuple[Request, ...] = ()
    frame: bytes = b""
    stamp: tuple[int, int] = (0, 0)

    @property
    def is_going(self) -> bool:
        """Whether it trains, is about to, or has been asked for something."""
        return not self.run.is_ended and (self.run.state != "paused" or bool(self.asked))


class _Follower:
    """Follows one run for all who look at it; a look while nothing happens costs microseconds."""

    def __init__(self, store: Store, run_id: str) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._watch = store.runs.watch()
        self._path = settings().run_dir(run_id) / _FILE
        self._seen = Seen(store.runs.run(run_id))
        self.asked_at = 0.0

    def look(self) -> Seen:
        """The run as it is now. Raises NotFoundError."""
        with self._lock:
            seen = self._seen
            if self._watch.changed() or seen.run.seq < 0:
                run = self._store.runs.run(seen.run.id)
                asked = () if run.is_ended else tuple(self._store.runs.requests(run.id, run.acknowledged or 0))
                asked = tuple(each for each in asked if each.kind != "watch")
                if (run, asked) != (seen.run, seen.asked):
                    seen = replace(seen, run=run, asked=asked)
            with contextlib.suppress(FileNotFoundError):
                stat = self._path.stat()
                stamp = (stat.st_mtime_ns, stat.st_ino)
                if stamp != seen.stamp:
                    seen = replace(seen, frame=self._path.read_bytes(), stamp=stamp)
            self._seen = seen
            return seen


@st.cache_resource(max_entries=64, show_spinner=False)
def _follower(run_id: str, _store: Store) -> _Follower:
    return _Follower(_store, run_id)


@st.cache_data(max_entries=256, show_spinner=False)
def _settings_of(run_id: str, _store: Store) -> Plane | None:
    of = _store.runs.spec(run_id)
    try:
        found = plane_of(of, outline(of.dataset))
    except DataError:
        return None
    return normal(found) if found is not None else None


def seen(plane: Plane) -> Seen | None:
    """The run in the address, where it is one of ``plane``; the learning rate may have been changed on the way."""
    run_id = ids.remembered(ids.PLAY)
    if run_id is None:
        return None
    store = engine.client().store
    try:
        of = _settings_of(run_id, store)
        if of is None or replace(of, learning_rate=plane.learning_rate) != normal(plane):
            return None
        return _follower(run_id, store).look()
    except NotFoundError:
        return None


def watch(of: Seen) -> None:
    """Have the run draw for as long as somebody looks; called at every tick, asks rarely."""
    if of.run.is_ended:
        return
    follower = _follower(of.run.id, engine.client().store)
    wait = _HURRY_S if of.run.state == "paused" else _WATCH_S
    if time.monotonic() - follower.asked_at > wait:
        follower.asked_at = time.monotonic()
        ask(of.run.id, "watch", parts=["frame"])


def ask(run_id: str, kind: str, **args: Any) -> None:
    """Ask the run for something; one that has just ended does nothing."""
    with contextlib.suppress(EndedError, NotFoundError):
        engine.client().request(run_id, kind, **args)


def start(plane: Plane, look: Look, *first: tuple[str, dict[str, Any]]) -> str:
    """Start a run of ``plane``; returns why not, empty where it has begun.

    Args:
        plane: the settings.
        look: says how fast it goes.
        first: what it is asked before its first step: kinds and their arguments.
    """
    leave()
    client = engine.client()
    try:
        run_id = client.submit(playground_state.spec(plane), owner=PLANE)
    except (SpecError, EngineError, DataError) as error:
        return str(error)
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("speed", speed_args(look)),
        ("watch", {"parts": ["frame"]}),
        *first,
    )
    for kind, args in asked:
        ask(run_id, kind, **args)
    ids.remember(ids.PLAY, run_id)
    tidy(client)
    return ""


def leave() -> None:
    """Show no run any more; the one that was shown is stopped."""
    run_id = ids.remembered(ids.PLAY)
    if run_id is not None:
        ask(run_id, "stop")
        ids.forget(ids.PLAY)


def speed_args(look: Look) -> dict[str, Any]:
    """What the request ``speed`` is given for a speed in epochs a second, 0 for none."""
    return {"epochs_per_s": look.speed or None}


@st.cache_data(max_entries=256, show_spinner=False)
def _untrained(text: str) -> bytes:
    header, arrays = engine.client().ask("plane", {"spec": RunSpec.from_json(text).model_dump()})
    return pack(header, arrays)


def untrained(plane: Plane) -> tuple[bytes, str]:
    """The picture of the network before its first step with its points, and why there is none; one of both is empty."""
    try:
        of = playground_state.spec(plane)
        if not shapes.is_reachable():
            return b"", ""
        # What training only needs does not change the picture, and is left out of what is remembered.
        return _untrained(of.model_copy(update={"training": of.training.model_copy(update=_PLAIN)}).to_json()), ""
    except (DataError, SpecError, AnswerError, EngineError) as error:
        return b"", str(error)


_PLAIN = {"epochs": 1, "batch_size": 1, "optimizer": OptimizerSpec(kind="SGD")}
