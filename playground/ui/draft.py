"""What a session holds: the draft, the run it watches, and small page state.

The only module that touches ``st.session_state`` and ``st.query_params``. The ids of the draft and of the watched run
stand in the address (``?draft=...&run=...``), so that a reload, a bookmark or another tab shows the same.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import pydantic
import streamlit as st

from playground.engine.errors import HostError, SpecError
from playground.locale.text import _
from playground.runs import ConflictError, Draft, NotFoundError
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.describe import describe
from playground.specs.edit import with_value
from playground.ui import engine

T = TypeVar("T")

_RUN = "run"
_DRAFT = "draft"
SHARED = "spec"
"""The part of an address that holds a whole spec, as a share link does."""

_DRAWN = "playground.drawn"
_TOLD = "told"
_RUNS = 200


def watched() -> str | None:
    """The id of the run this session watches, from the address, else from the session; ``None`` for none.

    There may be no such run: the address is whatever somebody typed.
    """
    _remembered(_DRAFT)  # a link to another draft has the session forget the run of the one before
    return _remembered(_RUN)


def watch(run_id: str) -> None:
    """Watch a run from now on, in this session and in the address."""
    _remember(_RUN, run_id)


def address() -> dict[str, str]:
    """What a link to another page carries, so that the draft and the watched run are the same there."""
    ids = {name: _remembered(name) for name in (_DRAFT, _RUN)}
    return {name: value for name, value in ids.items() if value}


def shared() -> str:
    """The text of the share link that led here; empty for none. Anybody may have written it."""
    text: str = st.query_params.get(SHARED, "")
    return text


def leave_shared() -> None:
    """Take the share link's text out of the address."""
    if SHARED in st.query_params:
        del st.query_params[SHARED]


def current() -> Draft | None:
    """The draft this session works on; ``None`` for none. Call it once a page run, before the widgets are drawn.

    Remembers the revision that the page is drawn with: an edit made on it is refused once somebody else was faster.
    """
    draft_id = _remembered(_DRAFT)
    if draft_id is None:
        return None
    try:
        draft = engine.client().store.drafts.draft(draft_id)
    except NotFoundError:
        return None
    drawn = st.session_state.get(_DRAWN)
    if drawn is None or drawn[0] != draft.id:
        st.session_state[_DRAWN] = [draft.id, draft.revision, _generation() + 1]
    elif drawn[1] != draft.revision:  # changed in another tab: its widgets must show what is there now
        st.session_state[_DRAWN] = [draft.id, draft.revision, drawn[2] + 1]
    return draft


def drafts() -> Sequence[Draft]:
    """The user's drafts, the one changed last first."""
    return engine.client().store.drafts.find(settings().owner)


def new(spec: RunSpec) -> Draft:
    """Make a draft of ``spec`` and work on it."""
    draft = engine.client().store.drafts.create(spec, settings().owner)
    open_draft(draft.id)
    return draft


def open_draft(draft_id: str) -> None:
    """Work on another draft from now on, in this session and in the address; its last run is the one watched."""
    _remember(_DRAFT, draft_id)
    _forget(_RUN)


def forget() -> None:
    """Work on no draft and watch no run from now on: what comes next begins a new one."""
    _forget(_DRAFT)
    _forget(_RUN)


def delete(draft_id: str) -> None:
    """Remove a draft; its runs stay."""
    engine.client().store.drafts.delete(draft_id)
    if _remembered(_DRAFT) == draft_id:
        _forget(_DRAFT)


def key(name: str) -> str:
    """The key of a widget that edits the draft: another one after an undo, a fix or another tab's edit.

    Under a fixed key a widget would put its old value back.
    """
    return f"{name}~{_generation()}"


def stored(drawn: RunSpec) -> RunSpec:
    """The draft's spec as it is now, for a callback that changes it; ``drawn`` is what its widget was drawn with.

    Of two quick clicks the second comes before the page was drawn anew: made from ``drawn`` it would undo the first.
    """
    found = st.session_state.get(_DRAWN)
    try:
        return engine.client().store.drafts.draft(found[0]).spec if found else drawn
    except NotFoundError:
        return drawn


def edit(spec: RunSpec, *, by_widget: bool = False, made_from: RunSpec | None = None) -> bool:
    """Make ``spec`` the draft's; returns whether it is. For callbacks, which run before the page is drawn.

    Where another tab was faster nothing is overwritten, and :func:`told` says so.

    Args:
        spec: what the draft is to be.
        by_widget: whether one widget changed just what it shows, so that all widgets may stay.
        made_from: what ``spec`` was made from when its button was drawn, where it was: nothing is done once the draft
            is something else.
    """
    if made_from is not None and stored(made_from) != made_from:
        tell(_("The draft has changed since this was proposed. Nothing was done; here is what it is now."))
        return False
    return _changed(lambda drafts, drawn: drafts.save(drawn[0], spec, drawn[1]), by_widget)


def set_value(path: str, value: Any, *, by_widget: bool = True) -> bool:
    """Set one value of the draft by its path, as a widget does; :func:`told` says why where it is refused.

    Args:
        path: as :func:`playground.specs.edit.with_value` takes it.
        value: what is to be there.
        by_widget: as for :func:`edit`; false where more changes than the widget shows.
    """
    drawn = st.session_state.get(_DRAWN)
    if drawn is None:
        return False
    spec = engine.client().store.drafts.draft(drawn[0]).spec
    try:
        return edit(with_value(spec, path, value), by_widget=by_widget)
    except ValueError as error:
        refuse(error)
    return False


def refuse(error: ValueError) -> None:
    """Say why an edit was refused, and have its widget show again what is there."""
    tell(describe(error) if isinstance(error, pydantic.ValidationError) else str(error))
    if drawn := st.session_state.get(_DRAWN):
        st.session_state[_DRAWN] = [drawn[0], drawn[1], drawn[2] + 1]


def undo() -> None:
    """Take the last edit back."""
    _changed(lambda drafts, drawn: drafts.undo(drawn[0], drawn[1]), by_widget=False)


def redo() -> None:
    """Bring the edit back that was undone last."""
    _changed(lambda drafts, drawn: drafts.redo(drawn[0], drawn[1]), by_widget=False)


def tell(words: str) -> None:
    """Have the next page run say ``words`` once, above everything else."""
    put(_TOLD, words)


def told() -> str:
    """What :func:`tell` was given, once; empty for nothing."""
    words = get(_TOLD, "")
    if words:
        put(_TOLD, "")
    return words


def start(spec: RunSpec) -> str:
    """Make a draft of ``spec``, ask the engine to run it, and watch the run; returns the run's id.

    Raises:
        SpecError: it cannot be run; one plain sentence that says why. Nothing is left behind.
        HostError: there is no engine; the message says what to do.
    """
    client = engine.client()
    draft = client.store.drafts.create(spec, settings().owner)
    try:
        run_id = _run(draft)
    except (SpecError, HostError):
        client.store.drafts.delete(draft.id)
        raise
    _remember(_DRAFT, draft.id)
    return run_id


def start_current() -> str | None:
    """Ask the engine to run the draft as it is, and watch the run; returns its id, or ``None`` without a draft.

    Raises: as :func:`start`.
    """
    draft = current()
    return _run(draft) if draft is not None else None


def runs() -> Sequence[str]:
    """The ids of the runs of the current draft, the newest first."""
    draft_id = _remembered(_DRAFT)
    if draft_id is None:
        return ()
    return [run.id for run in engine.client().store.runs.find(draft_id=draft_id, limit=_RUNS)]


def widget(name: str) -> Any:
    """The value of the widget with this key, in its callback; ``None`` if there is none."""
    return st.session_state.get(name)


def get(key: str, default: T) -> T:
    """The page state put under ``key`` in this session, or ``default``."""
    value: T = st.session_state.get(_page_key(key), default)
    return value


def put(key: str, value: object) -> None:
    """Keep ``value``, which JSON can hold, under ``key`` for the rest of the session."""
    st.session_state[_page_key(key)] = value


def _run(draft: Draft) -> str:
    client = engine.client()
    run_id = client.submit(draft.spec, owner=settings().owner, draft_id=draft.id)
    client.store.drafts.ran(draft.id, run_id)
    watch(run_id)
    return run_id


def _changed(change: Any, by_widget: bool) -> bool:
    drawn = st.session_state.get(_DRAWN)
    if drawn is None:
        return False
    try:
        draft = change(engine.client().store.drafts, drawn)
    except ConflictError:
        tell(_("This draft was changed in another tab. Your last change was not made; here is what it is now."))
        st.session_state[_DRAWN] = [drawn[0], -1, drawn[2]]
        return False
    except NotFoundError:
        tell(_("This draft was deleted in another tab."))
        return False
    # In place: assigning to the session state would be a point at which the user's next action interrupts this
    # callback, and with the old revision that action would be refused as another tab's.
    drawn[1:] = [draft.revision, drawn[2] if by_widget else drawn[2] + 1]
    return True


def _generation() -> int:
    drawn = st.session_state.get(_DRAWN)
    return drawn[2] if drawn is not None else 0


def _remembered(name: str) -> str | None:
    value: str | None = st.query_params.get(name)
    if value:
        if (
            name == _DRAFT
            and st.session_state.get(_id_key(name)) not in (None, value)
            and not st.query_params.get(_RUN)
        ):
            _forget(_RUN)
        st.session_state[_id_key(name)] = value
        return value
    value = st.session_state.get(_id_key(name))
    if value:  # a link without the id led here: the address says again what is shown
        st.query_params[name] = value
    return value


def _remember(name: str, value: str) -> None:
    st.session_state[_id_key(name)] = value
    st.query_params[name] = value


def _forget(name: str) -> None:
    st.session_state.pop(_id_key(name), None)
    if name in st.query_params:
        del st.query_params[name]


def _id_key(name: str) -> str:
    return f"playground.id.{name}"


def _page_key(key: str) -> str:
    return f"playground.page.{key}"
