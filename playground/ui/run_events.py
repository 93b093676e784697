"""The event files of a run in TensorBoard: opened beside the app, or by a command elsewhere."""

import shlex
from urllib.parse import urlsplit

import streamlit as st

from playground.engine import board
from playground.locale.text import _
from playground.settings import settings
from playground.ui import draft, listing
from playground.ui.reader import View
from playground.ui.shell import plain

_TICK_S = 0.5
_REFUSED = "board.refused"
_HERE = ("localhost", "127.0.0.1", "::1")


def panel(view: View) -> None:
    """Draw the way to TensorBoard; nothing for a run that has written no event files."""
    folder = board.event_files(settings(), view.run.id)
    if folder is None:
        return
    with st.popover(_("TensorBoard"), icon=":material/monitoring:", key="tensorboard"):
        if not board.is_installed():
            st.markdown(_("TensorBoard is not installed on this server. Where it is, this command shows the run:"))
        elif _is_here():
            st.fragment(_viewer, run_every=_TICK_S)(view.run.id)
            st.caption(_("Or from a terminal:"))
        else:
            st.markdown(_("On the server, this command shows the run:"))
        listing.panel(shlex.join(["tensorboard", "--logdir", str(folder)]), 90)


def _viewer(run_id: str) -> None:
    """The button that starts TensorBoard, then the link to it."""
    found = board.board(settings(), run_id)
    if found is None:
        label = _("Open in TensorBoard")
        st.button(label, icon=":material/open_in_new:", key="board-start", on_click=_start, args=(run_id,))
        if words := draft.get(_REFUSED, ""):
            st.caption(plain(words))
    elif not found.url:
        st.caption(f":material/hourglass_empty: {_('TensorBoard is starting; this takes some seconds.')}")
    else:
        st.link_button(_("Open in TensorBoard"), found.url, icon=":material/open_in_new:", type="primary")
        st.caption(_("It runs on this computer for an hour, or until it is ended."))
        st.button(_("End TensorBoard"), key="board-stop", on_click=board.stop, args=(settings(), run_id))


def _start(run_id: str) -> None:
    try:
        board.start(settings(), run_id)
    except (OSError, ValueError) as error:
        draft.put(_REFUSED, _("TensorBoard could not be started: {why}").format(why=error))
        return
    draft.put(_REFUSED, "")


def _is_here() -> bool:
    """Whether the browser runs on the same machine: TensorBoard answers nobody else."""
    return (urlsplit(st.context.url or "").hostname or "") in _HERE
