"""What the address holds: the ids of the draft, of the watched run and of the job that takes a file in, which the
session remembers, and a shared spec.

``?draft=...&run=...`` has a reload, a bookmark or another tab show the same. Beside :mod:`playground.ui.draft` the
only module that touches ``st.session_state``, and the only one that touches ``st.query_params``.
"""

import streamlit as st

DRAFT = "draft"
RUN = "run"
TAKING = "taking"
"""The job that takes in what somebody brings: a file, or a public table."""
SHARED = "spec"
"""The part of an address that holds a whole spec, as a share link does."""


def remembered(name: str) -> str | None:
    """The id called ``name``, from the address, else from the session; ``None`` for none.

    There may be nothing under it: the address is whatever somebody typed. A link to another draft has the session
    forget the run of the one before.
    """
    value: str | None = st.query_params.get(name)
    if value:
        is_other = st.session_state.get(_key(name)) not in (None, value)
        if name == DRAFT and is_other and not st.query_params.get(RUN):
            forget(RUN)
        st.session_state[_key(name)] = value
        return value
    value = st.session_state.get(_key(name))
    if value:  # a link without the id led here: the address says again what is shown
        st.query_params[name] = value
    return value


def remember(name: str, value: str) -> None:
    """Put the id called ``name`` into the session and the address."""
    st.session_state[_key(name)] = value
    st.query_params[name] = value


def forget(name: str) -> None:
    """Take the id called ``name`` out of the session and the address."""
    st.session_state.pop(_key(name), None)
    if name in st.query_params:
        del st.query_params[name]


def shared() -> str:
    """The text of the share link that led here; empty for none. Anybody may have written it."""
    text: str = st.query_params.get(SHARED, "")
    return text


def leave_shared() -> None:
    """Take the share link's text out of the address."""
    if SHARED in st.query_params:
        del st.query_params[SHARED]


def _key(name: str) -> str:
    return f"playground.id.{name}"
