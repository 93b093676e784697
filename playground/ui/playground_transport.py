"""The first row of the page Playground: play, step, reset, how fast, and what can be taken away."""

from dataclasses import replace

import streamlit as st

from playground.export.plane_link import Look
from playground.locale.text import _
from playground.specs.plane import Plane
from playground.ui import draft, playground_run, playground_share, playground_state, shell
from playground.ui.playground_run import Seen

_SPEED = "playground-speed"
_SPEEDS = (1, 5, 20, 50, 200, 0)


def panel(plane: Plane, look: Look, seen: Seen | None) -> None:
    """Draw the row."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="playground-heading")
    with row:
        st.title(_("Playground"), anchor=False, width="content")
        _buttons(plane, look, seen)
        if not shell.is_phone():
            st.space("stretch")
        playground_share.panel(plane, look)
    if refused := draft.get(playground_run.REFUSED, ""):
        st.error(shell.plain(refused), icon=":material/error:")


def words(seen: Seen | None, *, is_waiting: bool) -> str:
    """What is going on where the picture does not say it by itself."""
    if is_waiting:
        return _("The engine is starting …")
    if seen is None:
        return ""
    run = seen.run
    if run.state == "queued":
        return _("Starting …")
    if run.state == "running" and not run.step:
        return _("Starting …")
    if run.state in ("failed", "lost"):
        return run.error or _("The run has ended.")
    if run.state == "finished":
        return _("Finished after {n} epochs").format(n=f"{run.epoch:,}")
    return ""


def _buttons(plane: Plane, look: Look, seen: Seen | None) -> None:
    is_playing = seen is not None and seen.run.state in ("queued", "running")
    is_off = bool(playground_state.problem(plane))
    if "play" not in look.hide:
        st.button(
            _("Pause") if is_playing else _("Play"),
            icon=":material/pause:" if is_playing else ":material/play_arrow:",
            key="playground-play",
            type="primary",
            shortcut="P",
            width=128,
            disabled=is_off,
            on_click=_play,
        )
    if "step" not in look.hide:
        st.button(_("Step"), icon=":material/skip_next:", key="playground-step", disabled=is_off, on_click=_step)
    if "reset" not in look.hide:
        st.button(_("Reset"), icon=":material/replay:", key="playground-reset", disabled=seen is None, on_click=_reset)
    if "speed" not in look.hide:
        _speed(look)


def _speed(look: Look) -> None:
    draft.set_widget(_SPEED, look.speed)
    speeds = _SPEEDS if look.speed in _SPEEDS else sorted({*_SPEEDS, look.speed})
    said = {speed: _("{n} epochs/s").format(n=speed) if speed else _("Full speed") for speed in speeds}
    st.selectbox(
        _("Speed"),
        list(speeds),
        key=_SPEED,
        format_func=said.__getitem__,
        width=150,
        label_visibility="collapsed",
        on_change=_new_speed,
    )


def _play() -> None:
    plane, look = playground_state.current()
    seen = playground_run.seen(plane)
    draft.put(playground_run.REFUSED, "")
    if seen is None or seen.run.is_ended:
        draft.put(playground_run.REFUSED, playground_run.start(plane, look))
    elif seen.run.state == "paused":
        playground_run.ask(seen.run.id, "resume")
    else:
        playground_run.ask(seen.run.id, "pause")


def _step() -> None:
    plane, look = playground_state.current()
    seen = playground_run.seen(plane)
    draft.put(playground_run.REFUSED, "")
    if seen is None or seen.run.is_ended:
        draft.put(playground_run.REFUSED, playground_run.start(plane, look, ("pause", {}), ("step", {})))
    else:
        playground_run.ask(seen.run.id, "step")


def _reset() -> None:
    playground_run.leave()
    draft.put(playground_run.REFUSED, "")


def _new_speed() -> None:
    plane, look = playground_state.current()
    value = draft.widget(_SPEED)
    look = replace(look, speed=look.speed if value is None else value)
    playground_state.keep(plane, look)
    seen = playground_run.seen(plane)
    if seen is not None and not seen.run.is_ended:
        playground_run.ask(seen.run.id, "speed", **playground_run.speed_args(look))
