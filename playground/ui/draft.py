"""What a session holds: the draft, the run it watches, and small page state.

The only module that touches ``st.session_state`` and ``st.query_params``. The ids of the draft and of the watched run
stand in the address (``?draft=...&run=...``), so that a reload, a bookmark or another tab shows the same.
"""

from typing import TypeVar

import streamlit as st

from playground.engine.errors import HostError, SpecError
from playground.settings import settings
from playground.specs import RunSpec
from playground.ui import engine

T = TypeVar("T")

_RUN = "run"
_DRAFT = "draft"


def watched() -> str | None:
    """The id of the run this session watches, from the address, else from the session; ``None`` for none.

    There may be no such run: the address is whatever somebody typed.
    """
    return _remembered(_RUN)


def watch(run_id: str) -> None:
    """Watch a run from now on, in this session and in the address."""
    _remember(_RUN, run_id)


def address() -> dict[str, str]:
    """What a link to another page carries, so that the draft and the watched run are the same there."""
    ids = {name: _remembered(name) for name in (_DRAFT, _RUN)}
    return {name: value for name, value in ids.items() if value}


def start(spec: RunSpec) -> str:
    """Make a draft of ``spec``, ask the engine to run it, and watch the run; returns the run's id.

    Raises:
        SpecError: it cannot be run; one plain sentence that says why. Nothing is left behind.
        HostError: there is no engine; the message says what to do.
    """
    client = engine.client()
    owner = settings().owner
    draft = client.store.drafts.create(spec, owner)
    try:
        run_id = client.submit(spec, owner=owner, draft_id=draft.id)
    except (SpecError, HostError):
        client.store.drafts.delete(draft.id)
        raise
    client.store.drafts.save(draft.id, spec, draft.revision, run_id=run_id)
    _remember(_DRAFT, draft.id)
    watch(run_id)
    return run_id


def get(key: str, default: T) -> T:
    """The page state put under ``key`` in this session, or ``default``."""
    value: T = st.session_state.get(_page_key(key), default)
    return value


def put(key: str, value: object) -> None:
    """Keep ``value``, which JSON can hold, under ``key`` for the rest of the session."""
    st.session_state[_page_key(key)] = value


def _remembered(name: str) -> str | None:
    value: str | None = st.query_params.get(name)
    if value:
        st.session_state[_id_key(name)] = value
        return value
    value = st.session_state.get(_id_key(name))
    if value:  # a link without the id led here: the address says again what is shown
        st.query_params[name] = value
    return value


def _remember(name: str, value: str) -> None:
    st.session_state[_id_key(name)] = value
    st.query_params[name] = value


def _id_key(name: str) -> str:
    return f"playground.id.{name}"


def _page_key(key: str) -> str:
    return f"playground.page.{key}"
