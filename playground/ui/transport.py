"""The row at the foot of the page: what a run can be asked to do, how far it is, and its state."""

from collections.abc import Sequence

import streamlit as st

from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Draft, Run
from playground.specs.problems import Problem
from playground.ui import (
    adjust,
    asking,
    before,
    changes,
    comparing,
    doing,
    draft,
    obstacles,
    resuming,
    run_words,
    watching,
)
from playground.ui.asking import Button
from playground.ui.reader import View
from playground.ui.shell import MODEL, is_page, is_phone, plain

_STARTING = "draft starting"


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
    refused = resuming.refused(of.id if of else run.id)
    with st.bottom:
        if refused:
            st.error(plain(refused), icon=":material/error:")
        row = st.container(horizontal=True, wrap=is_phone(), vertical_alignment="center", gap="small", key="transport")
        with row:
            is_resumed = resuming.resume(view, of)
            if of is not None and can_start:
                _draw_start(of, _("Start again") if run.id else _("Start"), blocking, is_primary=not is_resumed)
                comparing.button(of, is_off=blocking is not None)
            elif run.is_ended:
                _again(view)
            buttons, others = _controls(run) if run.id else ((), None)
            for button in buttons:
                asking.draw(button, view)
            if others is not None:
                adjust.panel(view, *others)
            resuming.panel(view, of)
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
        resuming.refuse(draft_id, str(error))
    return True


def _draw_start(of: Draft, label: str, blocking: Problem | None, *, is_primary: bool) -> None:
    is_starting = draft.get(_STARTING, "") == of.id
    st.button(
        _("Starting …") if is_starting else label,
        key=f"start-{of.id}",
        icon=":material/play_arrow:",
        type="primary" if is_primary else "secondary",
        disabled=blocking is not None or is_starting,
        on_click=press,
        args=(of.id,),
    )


def press(draft_id: str) -> None:
    """Have the draft started once the page is drawn, by :func:`start`; a callback."""
    draft.put(_STARTING, draft_id)
    resuming.refuse(draft_id, "")


def _say(view: View, of: Draft | None, problem: Problem | None) -> None:
    """The words beside the buttons: what stands in the way, else what is going on or would happen."""
    run = view.run
    if of is not None and problem is not None:
        icon = ":material/block:" if problem.is_blocking else ":material/warning:"
        st.markdown(f":orange[{icon}] {plain(obstacles.words(problem))}", width="stretch")
        _remedy(of, problem)
    elif of is not None and not run.id:
        st.markdown(before.plan(of.spec), width="stretch")
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


def _controls(run: Run) -> tuple[tuple[Button, ...], tuple[Button, ...] | None]:
    """The buttons of a run that goes on, and what else it can be asked for; ``None`` where nothing can be changed."""
    stop = Button(
        "stop",
        _("Stop"),
        _("Stopping …"),
        ":material/stop:",
        help=_("Ends here. The curves and the weights up to here are kept; nothing is measured on the test part."),
    )
    if run.state == "queued":
        return (Button("stop", _("Cancel"), _("Cancelling …"), ":material/close:"),), None
    if run.state == "running" and run.phase != "training":
        return (stop,), None
    if run.state == "running":
        pause = Button("pause", _("Pause"), _("Pausing …"), ":material/pause:", True, "P")
        later = Button("epoch", _("Pause after this epoch"), _("To the end of the epoch …"), ":material/last_page:")
        return (pause, stop), (later,) if run.until_epoch is None else ()
    if run.state == "paused":
        resume = Button("resume", _("Resume"), _("Resuming …"), ":material/play_arrow:", True, "P")
        step = Button("step", _("Step"), _("One batch …"), ":material/skip_next:", shortcut="S")
        epoch = Button("epoch", _("One epoch"), _("One epoch …"), ":material/last_page:", shortcut="E")
        return ((resume, step, stop), (epoch,)) if is_phone() else ((resume, step, epoch, stop), ())
    return (), None


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
        watching.start(view.spec, view.run.id)
    except (SpecError, EngineError) as error:
        resuming.refuse(view.run.id, str(error))


def _progress(view: View) -> float:
    if view.place is not None and view.place.preparing:
        return min(1.0, max(0.0, view.place.progress))
    return view.run.progress
