"""Lines of text as an editor shows them, in a box that the keyboard scrolls."""

from typing import Literal

import streamlit as st


def panel(text: str, height: int | Literal["content"], *, wrap_lines: bool = True) -> None:
    """Draw ``text`` in a box of ``height`` pixels, with a button that copies it.

    The container is what scrolls, and long lines are wrapped, since no keyboard reaches into Streamlit's own box;
    only what would say nothing in pieces is left whole. No language is named: the colours that Streamlit then gives
    the words have a contrast of 2.1 to 3.6 on the light ground, whatever the theme says.
    """
    with st.container(height=height, border=False):
        st.code(text, language=None, wrap_lines=wrap_lines)
