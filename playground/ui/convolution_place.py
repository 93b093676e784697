"""Where the kernel stands: which number of the result is looked at, and the row of buttons that goes on."""

import time
from collections.abc import Sequence

import streamlit as st

from playground.locale.text import _
from playground.ui import draft, ids

TICK_S = 0.8
_AT = "at"
_PLAYING, _PLAYED = "convolution.playing", "convolution.played"

Size = tuple[int, int]


def at(size: Size) -> tuple[int, int]:
    """Row and column of the number that is looked at, from 0; within a result of ``size`` rows and columns."""
    text = draft.get(_AT, "") or ids.parts().get(_AT, "")
    parts = text.split("-")
    numbers = [int(each) - 1 for each in parts if each.isdecimal() and len(each) < 4]
    row, column = numbers if len(numbers) == 2 else (0, 0)
    here = min(max(0, row), size[0] - 1), min(max(0, column), size[1] - 1)
    ids.show_part(_AT, _spelled(here) if here != (0, 0) else "")
    return here


def is_playing() -> bool:
    """Whether the kernel goes on by itself."""
    return draft.get(_PLAYING, False)


def play_on(size: Size) -> None:
    """Go on to the next number, if it is time; the last one ends it."""
    now = time.time()
    if now - draft.get(_PLAYED, 0.0) < TICK_S / 2:
        return  # a press of a button drew this, not the tick
    draft.put(_PLAYED, now)
    here = _number(at(size), size)
    if here + 1 >= size[0] * size[1]:
        draft.put(_PLAYING, False)
    else:
        _go(here + 1, size)


def transport(size: Size) -> None:
    """Draw the buttons and the slider that go from one number to the next, and where it stands."""
    row, column = at(size)
    here, last = _number((row, column), size), size[0] * size[1] - 1
    playing = is_playing()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="convolution-transport"):
        st.button(
            _("Pause") if playing else _("Play"),
            icon=":material/pause:" if playing else ":material/play_arrow:",
            key="convolution-play",
            on_click=_play,
            args=(not playing, here >= last, size),
        )
        steps = ((_("Back"), ":material/chevron_left:", here - 1), (_("Next"), ":material/chevron_right:", here + 1))
        for label, icon, to in steps:
            st.button(
                label,
                icon=icon,
                key=f"convolution-{icon}",
                disabled=not 0 <= to <= last,
                on_click=_go,
                args=(to, size),
            )
        if last > 0:
            slider = f"convolution-slider-{here}-{last}"  # under a fixed key it would put its old place back
            st.slider(
                _("Place of the kernel"),
                1,
                last + 1,
                here + 1,
                key=slider,
                label_visibility="collapsed",
                width=260,
                on_change=_slide,
                args=(slider, size),
            )
        said = _("**Row {row}, column {column}** of {rows} × {columns}")
        st.markdown(said.format(row=row + 1, column=column + 1, rows=size[0], columns=size[1]), width="content")


def clicked(key: str, size: Size) -> None:
    """Look at the number that was clicked in the chart ``key``; for callbacks."""
    chosen = draft.widget(key)
    groups: Sequence[dict[str, list[int]]] = chosen["selection"]["selected"] if chosen else []
    indices = [each for group in groups for each in group["data_indices"]]
    if indices:
        draft.put(_PLAYING, False)
        _go(min(indices[-1], size[0] * size[1] - 1), size)


def _play(is_on: bool, is_over: bool, size: Size) -> None:
    if is_on and is_over:
        _go(0, size)
    draft.put(_PLAYED, time.time())
    draft.put(_PLAYING, is_on)


def _slide(slider: str, size: Size) -> None:
    value = draft.widget(slider)
    if value is not None:
        _go(int(value) - 1, size)


def _go(to: int, size: Size) -> None:
    draft.put(_AT, _spelled(divmod(to, size[1])))


def _number(place: tuple[int, int], size: Size) -> int:
    return place[0] * size[1] + place[1]


def _spelled(place: tuple[int, int]) -> str:
    return f"{place[0] + 1}-{place[1] + 1}"
