"""What the address holds: the ids of the draft, of the watched run, of the comparison and of the job that takes a file
in, which the session remembers, and a shared spec.

``?draft=...&run=...`` has a reload, a bookmark or another tab show the same. Beside :mod:`playground.ui.draft` the
only module that touches ``st.session_state``, and the only one that touches ``st.query_params``.
"""

import time
from collections.abc import Collection, Mapping

import streamlit as st

_ON_ITS_WAY_S = 5.0
"""How long the browser may still send the address as it was: what it asked before it had heard of the change."""

DRAFT = "draft"
RUN = "run"
COMPARE = "compare"
RUNS = "runs"
"""The runs that stand side by side, in the place of a comparison."""
RACE = "race"
"""The race that the page Optimizers shows."""
PLAY = "play"
"""The run that the page Playground shows."""
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
    if value and not _is_left(name, value):
        is_other = st.session_state.get(_key(name)) not in (None, value)
        if name == DRAFT and is_other and not st.query_params.get(RUN):
            forget(RUN)
        st.session_state[_key(name)] = value
        return value
    value = st.session_state.get(_key(name))
    if value:  # a link without the id led here: the address says again what is shown
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
    return value


def given(name: str) -> str | None:
    """What the address says of the id called ``name``; ``None`` where it says nothing, or still what was just left."""
    value: str | None = st.query_params.get(name)
    return value if value and not _is_left(name, value) else None


def remember(name: str, value: str) -> None:
    """Put the id called ``name`` into the session and the address."""
    _leave(name, value)
    st.session_state[_key(name)] = value
    st.query_params[name] = value


def forget(name: str) -> None:
    """Take the id called ``name`` out of the session and the address."""
    _leave(name, None)
    st.session_state.pop(_key(name), None)
    if name in st.query_params:
        del st.query_params[name]


def part(name: str, among: Collection[str]) -> str | None:
    """Which of ``among`` the address says of the part ``name`` of a page; ``None`` for none of them."""
    value: str | None = st.query_params.get(name)
    return value if value in among else None


def several(name: str, among: Collection[str]) -> list[str]:
    """Which of ``among`` the address lists for the part ``name`` of a page, in its order."""
    listed: str = st.query_params.get(name, "")
    return [each for each in dict.fromkeys(listed.split(",")) if each in among]


def show_part(name: str, value: str) -> None:
    """Have the address say what the part ``name`` of a page shows; an empty ``value`` takes it out of the address."""
    if value:
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def shared() -> str:
    """The text of the share link that led here; empty for none. Anybody may have written it."""
    text: str = st.query_params.get(SHARED, "")
    return text


def leave_shared() -> None:
    """Take the share link's text out of the address."""
    if SHARED in st.query_params:
        del st.query_params[SHARED]


def parts() -> dict[str, str]:
    """All parts of the address. Anybody may have written it."""
    return dict(st.query_params.to_dict())


def put_parts(parts: Mapping[str, str]) -> None:
    """Make ``parts`` the parts of the address."""
    if st.query_params.to_dict() != dict(parts):
        st.query_params.from_dict(dict(parts))


def _leave(name: str, value: str | None) -> None:
    """Note that the address has another id than ``value`` until the browser has heard of it.

    A tick that was sent before carries the old address, and the page would go back to what was just left.
    """
    before = st.session_state.get(_key(name))
    if before not in (None, value):
        st.session_state[f"{_key(name)}.left"] = [before, time.monotonic()]


def _is_left(name: str, value: str) -> bool:
    left, at = st.session_state.get(f"{_key(name)}.left", (None, 0.0))
    is_now = value == st.session_state.get(_key(name))
    return value == left and not is_now and time.monotonic() < at + _ON_ITS_WAY_S


def _key(name: str) -> str:
    return f"playground.id.{name}"
