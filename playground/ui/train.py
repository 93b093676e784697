"""The live view of one run."""

import streamlit as st

from playground.locale.text import _
from playground.runs import NotFoundError, Run
from playground.settings import settings
from playground.ui import (
    about,
    curves,
    device,
    downloads,
    draft,
    engine,
    happened,
    numbers,
    reader,
    result,
    shell,
    transport,
)

_TICK_S = 0.5


def panel() -> None:
    """Draw the watched run; without one the newest, and where there is none at all, the way to the first."""
    run_id = draft.watched() or _newest()
    if run_id is None:
        _nothing(
            _("Nothing trained yet"),
            _("A run appears here with its curves while it trains. Examples train in seconds."),
        )
        return
    try:
        view = reader.read(run_id)
    except NotFoundError:
        _nothing(_("There is no such run"), _("It may have been deleted, or the address has a typing error."))
        return
    draft.watch(run_id)
    with shell.heading(shell.plain(view.run.name or _("Run")), about.summary(view)):
        downloads.panel(view)
    live = st.fragment(_live, run_every=None if view.run.is_ended else _TICK_S)
    live(run_id, _turns(view.run))


def _live(run_id: str, drawn: tuple[bool, bool]) -> None:
    """What changes while a run goes on, drawn again at every tick.

    Args:
        run_id: the run.
        drawn: :func:`_turns` of the run with which the rest of the page was drawn.
    """
    view = reader.read(run_id)
    if _turns(view.run) != drawn or draft.watched() != run_id:
        st.rerun()  # the whole page: the heading knows more now, the ticking ends, or another run was started here
    main, side = st.columns([3, 1], gap="medium")
    with main:
        numbers.panel(view)
        curves.panel(view)
        about.panel(view)
    with side:
        result.panel(view)
        device.panel(view.run)
        happened.panel(view)
    transport.panel(view)


def _turns(run: Run) -> tuple[bool, bool]:
    """What decides how the parts of the page that do not tick look."""
    return run.is_ended, run.parameters is not None


def _newest() -> str | None:
    runs = engine.client().store.runs.find(owner=settings().owner, limit=1)
    return runs[0].id if runs else None


def _nothing(title: str, words: str) -> None:
    shell.heading(title, words)
    st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
    newest = _newest()
    if newest is not None:
        query = {"run": newest}
        st.page_link(shell.TRAIN, label=_("Open your newest run"), icon=":material/play_circle:", query_params=query)
