"""Asking a run for something: buttons that say so until the run has answered."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from playground.runs import EndedError, NotFoundError
from playground.ui import engine
from playground.ui.reader import View


class Button(NamedTuple):
    """A button that makes one request.

    Attributes:
        request: its kind.
        label: what it says.
        busy: what it says until the run has answered.
        icon: a Material icon.
        is_primary: whether it is the one that matters most.
        shortcut: a key that presses it.
        help: what it does, where its name does not say all.
    """

    request: str
    label: str
    busy: str
    icon: str
    is_primary: bool = False
    shortcut: str | None = None
    help: str | None = None


def draw(button: Button, view: View) -> None:
    """Draw the button for the run in ``view``; nothing more can be asked once it is to end."""
    asked = {request.kind for request in view.asked}
    is_busy = button.request in asked
    is_ending = "stop" in asked or ("finish" in asked and button.request != "stop")
    st.button(
        button.busy if is_busy else button.label,
        key=f"{button.request}-{view.run.id}-{view.run.seq if is_busy else ''}",
        icon=button.icon,
        type="primary" if button.is_primary else "secondary",
        shortcut=button.shortcut,
        help=button.help,
        disabled=is_busy or is_ending,
        on_click=ask,
        args=(view.run.id, button.request),
    )


def ask(run_id: str, kind: str, args: Mapping[str, Any] | None = None) -> None:
    """Ask the run; a callback. Where it has just ended nothing happens: the page says so at its next look."""
    try:
        engine.client().request(run_id, kind, **(args or {}))
    except (EndedError, NotFoundError):
        return
