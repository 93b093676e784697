"""What the parts of the live view have in common: title, picture, words, the numbers as a file."""

import math
from collections.abc import Callable
from typing import Any

import streamlit as st

from playground.export.sections import file_name
from playground.locale.text import _
from playground.ui import run_words, shell
from playground.ui.data_look_csv import table_csv
from playground.ui.looks import Look
from playground.ui.reader import View

HEIGHT, PHONE_HEIGHT = 300, 260

Table = dict[str, list[Any]]
"""Columns of equal length by name."""


def title(words: str) -> None:
    """Draw the title of a part."""
    st.markdown(f"#### {words}")


def chart(option: dict[str, Any], key: str, alt: str, height: int = HEIGHT) -> None:
    """Draw a chart as high as there is room; ``alt`` says what it shows."""
    st.echarts_chart(option, height=min(height, PHONE_HEIGHT) if shell.is_phone() else height, key=key, alt=alt)


def below(view: View, name: str, words: str, table: Callable[[], Table]) -> None:
    """Draw the words under a picture, and its numbers as a file."""
    place = st.container(
        horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"live-{name}-below"
    )
    with place:
        st.caption(shell.plain(words), width="stretch")
        st.download_button(
            _("CSV"),
            lambda: table_csv(table()),
            f"{file_name(view.spec.name)}-{name}.csv",
            "text/csv",
            key=f"live-{name}-csv-{view.run.id}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def missing(view: View, name: str) -> None:
    """Say why there is nothing to draw yet, or will not be."""
    if name in view.looks:
        st.caption(_("This network cannot be looked at in this way."))
    elif view.run.is_ended:
        st.caption(_("Nobody watched this while the run trained. It is drawn during the next run."))
    else:
        st.skeleton(height=HEIGHT)


def when(view: View, look: Look) -> str:
    """When a look was taken, in words."""
    return _("After epoch {epoch}").format(epoch=f"{epochs(view, look):.4g}")


def epochs(view: View, look: Look) -> float:
    """When a look was taken, in epochs and parts of one."""
    return view.run.epochs_at(look.step)


def end(view: View, looks: tuple[Look, ...]) -> float:
    """Where an axis of epochs ends: at the last look, for a layer's lines are to be told apart."""
    last = epochs(view, looks[-1])
    return float(math.ceil(last)) if last > 1 else max(last, 1e-9)


def number(value: float) -> str:
    """A number for a sentence."""
    return run_words.value(value) if 0.001 <= abs(value) < 1000 or value == 0 else f"{value:.2g}"
