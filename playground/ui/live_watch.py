"""Tells a run which parts of the live view somebody looks at, once for all who do."""

import threading
import time
from collections.abc import Collection

import streamlit as st

from playground.runs import EndedError, NotFoundError
from playground.ui import engine

_AGAIN_S = 10.0  # a run forgets after 30 s
_MOST = 500


class _Told:
    """When each run was told of each part last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: dict[tuple[str, str], float] = {}

    def due(self, run_id: str, parts: Collection[str]) -> list[str]:
        """All of ``parts``, which count as told from now on, if one of them is to be told again; none otherwise."""
        now = time.monotonic()
        with self._lock:
            if all(now - self._at.get((run_id, part), float("-inf")) < _AGAIN_S for part in parts):
                return []
            if len(self._at) > _MOST:
                self._at = {key: at for key, at in self._at.items() if now - at < _AGAIN_S}
            self._at |= {(run_id, part): now for part in parts}
            return list(parts)


@st.cache_resource(show_spinner=False)
def _told() -> _Told:
    return _Told()


def tell(run_id: str, parts: Collection[str]) -> None:
    """Have the run look at ``parts`` for a while; asks at most every 10 s, however many pages look."""
    due = _told().due(run_id, parts)
    if due:
        try:
            engine.client().request(run_id, "watch", parts=due)
        except (EndedError, NotFoundError):
            return
