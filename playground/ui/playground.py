"""Playground: a network on points of the plane, drawn while it learns; everything it shows is in the address."""

import streamlit as st

from playground.export.plane_link import Look
from playground.specs.plane import Plane
from playground.ui import (
    draft,
    engine,
    playground_controls,
    playground_data,
    playground_picture,
    playground_run,
    playground_state,
    playground_transport,
    shell,
)
from playground.ui.playground_run import Seen

_COLUMNS = (1.05, 5.6)
_TICK_S = 0.08  # a run draws ten times a second; as many ticks would miss a picture whenever one of both is late
_QUIET_S = 0.5


def panel() -> None:
    """Draw the page."""
    plane, look = playground_state.current()
    seen = playground_run.seen(plane)
    playground_transport.panel(plane, look, seen)
    if words := draft.told():
        st.warning(shell.plain(words), icon=":material/info:")
    if look.present:
        _picture(plane, look, seen)
        return
    if shell.is_phone():
        _picture(plane, look, seen)
        playground_data.panel(plane, look)
        playground_controls.row(plane, look)
        return
    playground_controls.row(plane, look)
    data, picture = st.columns(_COLUMNS, gap="medium")
    with data:
        playground_data.panel(plane, look)
    with picture:
        _picture(plane, look, seen)


def _picture(plane: Plane, look: Look, seen: Seen | None) -> None:
    start, problem = playground_run.untrained(plane)
    is_waiting = not start and not problem
    tick = _TICK_S if seen is not None and seen.is_going else _QUIET_S if is_waiting or _is_alive(seen) else None
    st.fragment(_tick, run_every=tick)(plane, look, start, problem, _turn(seen))


def _tick(plane: Plane, look: Look, start: bytes, problem: str, turn: tuple[object, ...]) -> None:
    """Draw the picture again; the whole page where more than the picture has changed."""
    engine.client()
    seen = playground_run.seen(plane)
    if not start and not problem:
        start, problem = playground_run.untrained(plane)
    if playground_picture.is_to_redraw() or _turn(seen) != turn:
        st.rerun()
    if seen is not None:
        playground_run.watch(seen)
    playground_picture.draw(plane, look, start, seen, problem or playground_transport.words(seen, is_waiting=not start))


def _turn(seen: Seen | None) -> tuple[object, ...]:
    """What decides how the parts of the page that do not tick look, and how often the picture is drawn."""
    return (seen.run.id, seen.run.state, seen.is_going) if seen is not None else ()


def _is_alive(seen: Seen | None) -> bool:
    return seen is not None and not seen.run.is_ended
