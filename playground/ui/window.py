"""A window over the page, opened by a button and there until it is closed."""

from collections.abc import Callable

import streamlit as st

from playground.ui import draft


def offer(key: str, label: str, icon: str, help_text: str) -> bool:
    """Draw the button, under the widget key ``key``, that opens its window; returns whether it has just been taken."""
    return st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        type="tertiary",
        help=help_text,
        on_click=draft.put,
        args=(_place(key), True),
    )


def ask(key: str, title: str, content: Callable[[], None]) -> None:
    """Draw the window of the button under ``key`` over the page, once somebody has asked for it."""
    if draft.get(_place(key), False):
        st.dialog(title, width="large", on_dismiss=lambda: close(key))(content)()


def close(key: str) -> None:
    """Have the window be gone at the next run of the page."""
    draft.put(_place(key), False)


def _place(key: str) -> str:
    return f"window.{key}"
