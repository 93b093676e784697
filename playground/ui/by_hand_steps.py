"""Which step is shown, and the row at the foot of the page that goes from one to the next."""

import streamlit as st

from playground.locale.text import _
from playground.ui import draft, shell
from playground.ui.by_hand_latex import plain_number
from playground.ui.by_hand_trace import Step, Trace

_FASTER = 10  # while it plays, a tenth of the way so far at once: the first steps are the large ones


def at(key: str, n: int) -> int:
    """The position of the shown step of the answer with this key, from 0 to ``n`` - 1."""
    return min(max(0, draft.get(f"hand.at.{key}", 0)), n - 1)


def is_playing(key: str, n: int) -> bool:
    """Whether the steps go on by themselves."""
    return bool(draft.get(f"hand.play.{key}", False)) and at(key, n) < n - 1


def play_on(key: str, n: int, now: float, every_s: float) -> None:
    """Show a later step, if it is time; ``now`` and ``every_s`` are seconds."""
    if now - draft.get(f"hand.played.{key}", 0.0) < every_s / 2:
        return  # a press of a button drew this, not the tick
    draft.put(f"hand.played.{key}", now)
    here = at(key, n)
    _go(key, min(n - 1, here + max(1, here // _FASTER)))


def row(key: str, n: int) -> int:
    """The row of the batch that is shown, chosen here where there are several; from 0."""
    if n < 2:
        return 0
    names = {each: _("Row {row} of {n}").format(row=each + 1, n=n) for each in range(n)}
    chosen: int = st.selectbox(
        _("Row of the batch"),
        range(n),
        format_func=names.__getitem__,
        key=f"hand-row-{key[:12]}",
        width=180,
    )
    return min(chosen, n - 1)


def transport(key: str, trace: Trace, step: Step, *, is_playing: bool) -> None:
    """Draw the buttons that go through the steps, and where the shown one stands."""
    here, last = step.number - 1, trace.n - 1
    buttons = (
        (_("First"), ":material/first_page:", 0, here > 0),
        (_("Back"), ":material/chevron_left:", here - 1, here > 0),
        (_("Next"), ":material/chevron_right:", here + 1, here < last),
        (_("Last"), ":material/last_page:", last, here < last),
    )
    with (
        st.bottom,
        st.container(
            horizontal=True, wrap=shell.is_phone(), vertical_alignment="center", gap="small", key="hand-transport"
        ),
    ):
        st.button(
            _("Pause") if is_playing else _("Play"),
            icon=":material/pause:" if is_playing else ":material/play_arrow:",
            type="primary",
            key="hand-play",
            disabled=here >= last,
            on_click=_play,
            args=(key, not is_playing),
        )
        for label, icon, to, is_there in buttons:
            st.button(label, icon=icon, key=f"hand-{label}", disabled=not is_there, on_click=_go, args=(key, to))
        if last > 0 and not shell.is_phone():
            slider = f"hand-slider-{here}"  # by the step: one that moved by itself would put its old place back
            st.slider(
                _("Step"),
                1,
                last + 1,
                here + 1,
                key=slider,
                label_visibility="collapsed",
                width=220,
                on_change=_slide,
                args=(key, slider),
            )
        said = _("**Step {n}** of {of} · epoch {epoch} · loss {loss}").format(
            n=f"{step.number:,}", of=f"{trace.n:,}", epoch=f"{step.epoch:,}", loss=plain_number(step.loss)
        )
        st.markdown(said, width="stretch")


def _go(key: str, to: int) -> None:
    draft.put(f"hand.at.{key}", to)


def _slide(key: str, slider: str) -> None:
    value = draft.widget(slider)
    if value is not None:
        _go(key, int(value) - 1)


def _play(key: str, is_on: bool) -> None:
    draft.put(f"hand.play.{key}", is_on)
