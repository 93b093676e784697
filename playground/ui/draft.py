"""What a session holds: the draft, and small page state.

Beside :mod:`playground.ui.ids`, which has the ids in the address, the only module that touches ``st.session_state``.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import pydantic
import streamlit as st

from playground.engine import uploads
from playground.locale.text import _
from playground.runs import ConflictError, Draft, NotFoundError
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.describe import describe
from playground.specs.edit import with_value
from playground.ui import engine, ids

T = TypeVar("T")

_DRAWN = "playground.drawn"
_TOLD = "told"


def address() -> dict[str, str]:
    """What a link to another page carries, so that the draft and the watched run are the same there."""
    found = {name: ids.remembered(name) for name in (ids.DRAFT, ids.RUN)}
    return {name: value for name, value in found.items() if value}


def current() -> Draft | None:
    """The draft this session works on; ``None`` for none. Call it once a page run, before the widgets are drawn.

    Remembers the revision that the page is drawn with: an edit made on it is refused once somebody else was faster.
    """
    draft_id = ids.remembered(ids.DRAFT)
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
    ids.remember(ids.DRAFT, draft_id)
    ids.forget(ids.RUN)


def forget() -> None:
    """Work on no draft and watch no run from now on: what comes next begins a new one."""
    ids.forget(ids.DRAFT)
    ids.forget(ids.RUN)


def delete(draft_id: str) -> None:
    """Remove a draft and the files that only it holds; its runs stay."""
    store = engine.client().store
    uploads.release_all(store, settings(), draft_id)
    store.drafts.delete(draft_id)
    if ids.remembered(ids.DRAFT) == draft_id:
        ids.forget(ids.DRAFT)


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


def widget(name: str) -> Any:
    """The value of the widget with this key, in its callback; ``None`` if there is none."""
    return st.session_state.get(name)


def set_widget(name: str, value: object) -> None:
    """Give the widget with this key a value; only in a callback, before it is drawn."""
    st.session_state[name] = value


def get(key: str, default: T) -> T:
    """The page state put under ``key`` in this session, or ``default``."""
    value: T = st.session_state.get(_page_key(key), default)
    return value


def put(key: str, value: object) -> None:
    """Keep ``value``, which JSON can hold, under ``key`` for the rest of the session."""
    st.session_state[_page_key(key)] = value


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


def _page_key(key: str) -> str:
    return f"playground.page.{key}"
