"""The numbers of the kernel in a small grid, where each can be changed."""

import math
from collections.abc import Mapping

import numpy as np
import streamlit as st

from playground.catalog.kernels import Kernel
from playground.locale.text import _
from playground.ui import draft, ids, lab_fields, segments

CELLS, TURN, CHANNEL = "cells", "cells-turn", "cells-channel"
_MOST = 99.0
_CELL_PX = 66
_NARROW_PX = 54
_WIDE = 3


def begun(of: Kernel, channels: int) -> np.ndarray:
    """The numbers that a kernel begins with, float64 (height, width, channels)."""
    return np.repeat(np.asarray(of.cells, np.float64)[:, :, None], channels, axis=2)


def current(of: Kernel, channels: int) -> np.ndarray:
    """The numbers as they are now, float64 (height, width, channels): the session's, else the address's."""
    first = begun(of, channels)
    text = draft.widget(CELLS)
    if text is None:
        text = ids.parts().get(CELLS, "")
        draft.set_widget(CELLS, text)
    found = _numbers(text)
    if len(found) != first.size:
        found = []
    ids.show_part(CELLS, text if found else "")
    return np.reshape(found, first.shape) if found else first


def begin_anew() -> None:
    """Have the kernel begin with its first numbers; for callbacks."""
    for name, value in fresh().items():
        draft.set_widget(name, value)


def fresh() -> Mapping[str, object]:
    """What :func:`begin_anew` sets, by key."""
    return {CELLS: "", TURN: _turn() + 1}


def grid(of: Kernel, channels: int) -> None:
    """Draw the numbers as fields, those of one channel at a time."""
    values = current(of, channels)
    channel = 0
    if channels > 1:
        names = {0: _("Red"), 1: _("Green"), 2: _("Blue")}
        channel = segments.choose(_("Channel"), names, 0, lab_fields.widget_key(CHANNEL)) or 0
    height, width = values.shape[:2]
    px = _CELL_PX if width <= _WIDE else _NARROW_PX
    with st.container(gap="xxsmall", key="kernel-cells"):
        for row in range(height):
            with st.container(horizontal=True, gap="xxsmall", wrap=False):
                for column in range(width):
                    key = f"cell-{of.id}-{channels}-{_turn()}-{row}-{column}-{channel}"
                    st.number_input(
                        _("Row {row}, column {column}").format(row=row + 1, column=column + 1),
                        -_MOST,
                        _MOST,
                        float(values[row, column, channel]),
                        step=0.5,
                        format="%.4g",
                        key=key,
                        width=px,
                        label_visibility="collapsed",
                        on_change=_changed,
                        args=(of, channels, (row, column, channel), key),
                    )
    total = float(values.sum())
    lab_fields.outcome([_("Together they are {n}").format(n=f"{round(total, 3) + 0.0:g}".replace("-", "−"))])
    if not np.array_equal(values, begun(of, channels)):
        st.button(
            _("Begin anew"), key="cells-anew", icon=":material/restart_alt:", type="tertiary", on_click=begin_anew
        )


def _changed(of: Kernel, channels: int, at: tuple[int, int, int], key: str) -> None:
    values = current(of, channels)
    value = draft.widget(key)
    if value is not None and math.isfinite(value):
        values[at] = value
        draft.set_widget(CELLS, ",".join(f"{each:g}" for each in values.ravel()))


def _numbers(text: str) -> list[float]:
    try:
        found = [float(each) for each in text.split(",")[:200]]
    except ValueError:
        return []
    return found if all(math.isfinite(each) and abs(each) <= _MOST for each in found) else []


def _turn() -> int:
    return int(draft.widget(TURN) or 0)
