"""One line that says what the last choice of data brought with it."""

from typing import Any

import streamlit as st

from playground.locale.text import _
from playground.runs import Draft
from playground.ui import draft

_NOTE = "data.note"


def panel(now: Draft) -> None:
    """Draw the line that says what the last choice of a dataset brought with it, until the next edit, and its undo."""
    found: dict[str, Any] = draft.get(_NOTE, {})
    if not found or found["draft"] != now.id or found["revision"] != now.revision:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="note"):
        st.markdown(f":green[:material/check_circle:] {found['words']}", width="content")
        if now.can_undo:
            st.button(_("Undo"), icon=":material/undo:", type="tertiary", key="undo-choice", on_click=draft.undo)


def say(words: str, of: Draft | None = None) -> None:
    """Have the page say ``words``, Markdown, with an undo beside them, until the next edit of the draft."""
    now = of or draft.current()
    if now is not None:
        draft.put(_NOTE, {"draft": now.id, "revision": now.revision, "words": words})
