"""The row at the foot of the page: what a run can be asked to do, how far it is, and its state."""

from typing import NamedTuple

import streamlit as st

from playground.engine.errors import HostError, SpecError
from playground.locale.text import _
from playground.runs import EndedError, NotFoundError
from playground.ui import doing, draft, engine, run_words
from playground.ui.reader import View
from playground.ui.shell import is_phone, plain

_REFUSED = "start refused"


class _Button(NamedTuple):
    request: str
    label: str
    busy: str
    icon: str
    is_primary: bool = False
    shortcut: str | None = None


def panel(view: View) -> None:
    """Draw the transport of the run in ``view``; a button that was pressed says so until the run has answered."""
    refused = draft.get(f"{_REFUSED}-{view.run.id}", "")
    with st.bottom:
        if refused:
            st.error(plain(refused), icon=":material/error:")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="transport"):
            if view.run.is_ended:
                _again(view)
            for button in _buttons(view.run.state):
                _draw(button, view)
            if is_phone():
                st.space("stretch")  # the words need a row of their own there
            else:
                st.progress(_progress(view), text=doing.words(view), width="stretch")
            st.markdown(run_words.badge(view.run.state), width="content")
        if is_phone():
            st.progress(_progress(view), text=doing.words(view), width="stretch")


def _buttons(state: str) -> tuple[_Button, ...]:
    stop = _Button("stop", _("Stop"), _("Stopping …"), ":material/stop:")
    match state:
        case "queued":
            return (_Button("stop", _("Cancel"), _("Cancelling …"), ":material/close:"),)
        case "running":
            return (_Button("pause", _("Pause"), _("Pausing …"), ":material/pause:", True, "P"), stop)
        case "paused":
            resume = _Button("resume", _("Resume"), _("Resuming …"), ":material/play_arrow:", True, "P")
            return (resume, _Button("step", _("Step"), _("One batch …"), ":material/skip_next:"), stop)
    return ()


def _draw(button: _Button, view: View) -> None:
    asked = {request.kind for request in view.asked}
    is_busy = button.request in asked
    st.button(
        button.busy if is_busy else button.label,
        key=f"{button.request}-{view.run.id}-{view.run.seq if is_busy else ''}",
        icon=button.icon,
        type="primary" if button.is_primary else "secondary",
        shortcut=button.shortcut,
        disabled=bool(asked) and (is_busy or "stop" in asked),
        on_click=_ask,
        args=(view.run.id, button.request),
    )


def _ask(run_id: str, kind: str) -> None:
    try:
        engine.client().request(run_id, kind)
    except (EndedError, NotFoundError):
        return  # it ended in the moment of the click; the page says so at its next look


def _again(view: View) -> None:
    st.button(
        _("Run again"),
        key=f"again-{view.run.id}",
        icon=":material/replay:",
        on_click=_start,
        args=(view,),
    )


def _start(view: View) -> None:
    try:
        draft.start(view.spec)
    except (SpecError, HostError) as error:
        draft.put(f"{_REFUSED}-{view.run.id}", str(error))


def _progress(view: View) -> float:
    if view.place is not None and view.place.preparing:
        return min(1.0, max(0.0, view.place.progress))
    return view.run.progress
