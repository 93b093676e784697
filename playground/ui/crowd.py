"""How often a page may be drawn anew when many people watch one run: one process draws for them all."""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from playground.ui import draft

PACES = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between two ticks of one viewer. Few, since each change draws the page of every viewer anew."""
_SHARE = 0.3
"""Of one core, what all ticks together may take: beyond a third, ticks wait for one another and for the training."""
_FIRST_COST_S = 0.025
_LEARNING = 0.03
_GONE_AFTER = 2.5  # ticks that did not come, and
_GONE_AFTER_S = 15.0  # so long beside: where ticks come late, all are still there
_ROOM = 0.7  # of what a pace allows, what must be enough before that pace is taken again
_SQUEEZE = 1.6  # times what a pace allows, what must be too much before it is left: all pages are drawn anew then
_REDRAWN_S = 0.7  # a page drawn anew costs several ticks: those of a crowd take turns
_SPREAD = 0.15  # of the pace, by which viewers differ, or those who came together would tick together for ever
_PACE = "pace"
_VIEWER = "viewer"


class Crowd:
    """Who watches one run, and what drawing it costs. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}
        self._cost_s = _FIRST_COST_S
        self._redrawn = 0.0

    def came(self, viewer: str, pace_s: float) -> None:
        """A viewer has drawn the run and will come again in ``pace_s`` seconds."""
        with self._lock:
            now = time.monotonic()
            self._until[viewer] = now + _GONE_AFTER * pace_s + _GONE_AFTER_S
            self._until = {each: until for each, until in self._until.items() if until > now}

    @contextmanager
    def costing(self) -> Iterator[None]:
        """Learn what a tick costs, in seconds of a core, from what is done within."""
        began = time.thread_time()
        yield
        cost_s = time.thread_time() - began
        with self._lock:
            self._cost_s += _LEARNING * (cost_s - self._cost_s)

    @property
    def size(self) -> int:
        """How many have come lately."""
        return len(self._until)

    def pace_s(self, now_s: float = PACES[0]) -> float:
        """Seconds between two ticks of each viewer, so that all together leave the core time for others.

        Args:
            now_s: what it is; another one only comes where this is far from what is needed, so that it does not go to
                and fro.
        """
        needed = self.size * self._cost_s / _SHARE
        wanted = next((pace for pace in PACES if pace >= needed), PACES[-1])
        is_too_much = needed > _SQUEEZE * now_s
        return wanted if is_too_much or (wanted < now_s and needed < _ROOM * wanted) else now_s

    def may_redraw(self) -> bool:
        """Whether it is a viewer's turn to have its page drawn anew; the turn is then taken."""
        with self._lock:
            now = time.monotonic()
            if now < self._redrawn + _REDRAWN_S:
                return False
            self._redrawn = now
            return True


@st.cache_resource(max_entries=64, show_spinner=False)
def of(run_id: str) -> Crowd:
    """Those who watch the run ``run_id``, in this process."""
    return Crowd()


def come(run_id: str) -> None:
    """Count this session, whose page is drawn with the run from here on, and choose its pace."""
    many, before = of(run_id), kept_pace_s()
    many.came(_viewer(), before)
    draft.put(_PACE, many.pace_s(before))


def interval_s() -> float:
    """Seconds between two ticks of this session's page; stays as it is until the page is drawn anew."""
    return kept_pace_s() * (1 + _SPREAD * _side() if is_slow() else 1)


def kept_pace_s() -> float:
    """The pace that this session's page was drawn with."""
    return draft.get(_PACE, PACES[0])


def is_slow() -> bool:
    """Whether this session's page is drawn anew less often than usual."""
    return kept_pace_s() > PACES[0]


def older_s() -> float:
    """How many seconds old what a tick shows may be: where few watch, it is what is there now."""
    return kept_pace_s() / 2 if is_slow() else 0.0


def comes(run_id: str) -> bool:
    """Count this session's tick; whether its page should be drawn with another pace."""
    many, before = of(run_id), kept_pace_s()
    many.came(_viewer(), before)
    return many.pace_s(before) != before and many.may_redraw()


def may_redraw(run_id: str) -> bool:
    """Whether this session's page may be drawn anew for what can wait: at once, but in turns where many watch."""
    return not is_slow() or of(run_id).may_redraw()


def _side() -> float:
    """Where this session stands among the viewers, from -1 to 1, the same at every look."""
    return int(_viewer()[:4], 16) / 0x7FFF - 1


def _viewer() -> str:
    """What this session is called among the viewers."""
    found = draft.get(_VIEWER, "")
    if not found:
        found = uuid.uuid4().hex
        draft.put(_VIEWER, found)
    return found
