"""The row at the foot of the page: what a run can be asked to do, how far it is, and its state."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Draft, EndedError, NotFoundError
from playground.specs.problems import Problem
from playground.ui import changes, doing, draft, engine, obstacles, run_words, watching
from playground.ui.reader import View
from playground.ui.shell import MODEL, is_page, is_phone, plain

_REFUSED = "start refused"
_STARTING = "draft starting"


class _Button(NamedTuple):
    request: str
    label: str
    busy: str
    icon: str
    is_primary: bool = False
    shortcut: str | None = None


def panel(view: View, of: Draft | None = None, found: Sequence[Problem] = ()) -> None:
    """Draw the transport of the run in ``view``; a button that was pressed says so until the run has answered.

    Args:
        view: the run, or the plan of one, which has no id.
        of: the draft that it is a run of; it can be started as it is now, unless something blocks it.
        found: the draft's problems.
    """
    run = view.run
    blocking = next((problem for problem in found if problem.is_blocking), None)
    in_the_way = blocking or next((problem for problem in found if problem.rule == "memory"), None)
    can_start = of is not None and (run.is_ended or not run.id)
    refused = draft.get(f"{_REFUSED}-{of.id if of else run.id}", "")
    with st.bottom:
        if refused:
            st.error(plain(refused), icon=":material/error:")
        row = st.container(horizontal=True, wrap=is_phone(), vertical_alignment="center", gap="small", key="transport")
        with row:
            if of is not None and can_start:
                _draw_start(of, _("Start again") if run.id else _("Start"), blocking, is_primary=True)
            elif run.is_ended:
                _again(view)
            for button in _buttons(run.state) if run.id else ():
                _draw(button, view)
            if of is not None and not can_start and not blocking and run.digest != of.spec.digest:
                _draw_start(of, _("Start with the changes"), None, is_primary=False)
            if is_phone():
                st.space("stretch")  # the words need a row of their own there
            else:
                _say(view, of, in_the_way if can_start else None)
            st.markdown(run_words.badge(run.state if run.id else "ready"), width="content")
        if is_phone():
            _say(view, of, in_the_way if can_start else None)


def start() -> bool:
    """Start the draft if its button was pressed; returns whether the page is to be drawn anew.

    Called after the page is drawn: the pressed button says "Starting …" while the engine is asked.
    """
    draft_id = draft.get(_STARTING, "")
    if not draft_id:
        return False
    draft.put(_STARTING, "")
    try:
        watching.start_current()
    except (SpecError, EngineError) as error:
        draft.put(f"{_REFUSED}-{draft_id}", str(error))
    return True


def _draw_start(of: Draft, label: str, blocking: Problem | None, *, is_primary: bool) -> None:
    is_starting = draft.get(_STARTING, "") == of.id
    st.button(
        _("Starting …") if is_starting else label,
        key=f"start-{of.id}",
        icon=":material/play_arrow:",
        type="primary" if is_primary else "secondary",
        disabled=blocking is not None or is_starting,
        on_click=_press,
        args=(of.id,),
    )


def _press(draft_id: str) -> None:
    draft.put(_STARTING, draft_id)
    draft.put(f"{_REFUSED}-{draft_id}", "")


def _say(view: View, of: Draft | None, problem: Problem | None) -> None:
    """The words beside the buttons: what stands in the way, else what is going on or would happen."""
    run = view.run
    if of is not None and problem is not None:
        icon = ":material/block:" if problem.is_blocking else ":material/warning:"
        st.markdown(f":orange[{icon}] {plain(obstacles.words(problem))}", width="stretch")
        _remedy(of, problem)
    elif of is not None and not run.id:
        st.markdown(doing.plan(of.spec), width="stretch")
    elif of is not None and run.is_ended and run.digest != of.spec.digest:
        said = _("**Changed since this run:** {changes}").format(changes=changes.words(view.spec, of.spec))
        st.markdown(said, width="stretch")
    else:
        st.progress(_progress(view), text=doing.words(view), width="stretch")


def _remedy(of: Draft, problem: Problem) -> None:
    if problem.fix is not None:
        # The key is no draft's: the button must be known again in the run of the page that its callback has changed.
        if st.button(
            _("Fix it"),
            key=f"remedy-{problem.rule}-{problem.place}",
            icon=":material/build:",
            help=changes.words(of.spec, problem.fix),
            on_click=obstacles.mend,
            args=(problem.fix, of.spec),
        ):
            st.rerun()
    elif problem.rule == "no-layers" and is_page(MODEL):
        st.page_link(MODEL, label=_("Add layers"), icon=":material/layers:", query_params=draft.address())


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
        watching.start(view.spec)
    except (SpecError, EngineError) as error:
        draft.put(f"{_REFUSED}-{view.run.id}", str(error))


def _progress(view: View) -> float:
    if view.place is not None and view.place.preparing:
        return min(1.0, max(0.0, view.place.progress))
    return view.run.progress
