"""Going on with a run: resume it where its process died, continue it when it is done, or take it back to its start."""

import contextlib
from collections.abc import Callable

import streamlit as st

from playground.engine import going_on
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.runs import Draft, EndedError, NotFoundError
from playground.settings import settings
from playground.ui import draft, engine, watching
from playground.ui.reader import View

_REFUSED = "start refused"
_WIDTH = 320


def refused(key: str) -> str:
    """Why the last thing that was asked for was refused, by the id of a draft, or of a run without one; or empty."""
    return str(draft.get(f"{_REFUSED}-{key}", ""))


def refuse(key: str, words: str) -> None:
    """Remember why something was refused; empty words forget it."""
    draft.put(f"{_REFUSED}-{key}", words)


def resume(view: View, of: Draft | None) -> bool:
    """Draw the button that resumes a run whose process died, if there is a state; returns whether there is."""
    run = view.run
    if not run.can_resume or not going_on.has_state(engine.client(), run):
        return False
    epoch, step = run.saved["epoch"], run.saved["step"]
    from_epoch, from_batch = _("Resume from epoch {n}"), _("Resume from batch {n}")
    st.button(
        from_epoch.format(n=f"{epoch:,}") if epoch else from_batch.format(n=f"{step:,}"),
        key=f"resume-{run.id}",
        icon=":material/play_arrow:",
        type="primary",
        help=_("Goes on in this run from the state that was saved last, with the optimizer's memory."),
        on_click=_do,
        args=(_resume, view, of),
    )
    return True


def panel(view: View, of: Draft | None) -> None:
    """Draw, in the row of the transport, the other ways on from a run that has ended or waits for somebody.

    Args:
        view: the run.
        of: the draft that it is a run of.
    """
    run = view.run
    if not run.id:
        return
    if not run.can_resume and going_on.has_state(engine.client(), run):
        _continue(view, of)
    is_changed = of is not None and run.is_ended and run.digest != of.spec.digest
    if is_changed or run.state == "paused":  # else starting again is just this
        st.button(
            _("Rewind"),
            key=f"rewind-{run.id}",
            icon=":material/fast_rewind:",
            help=_(
                "Trains the settings of this run again from the same initial weights. What it has learned is kept; "
                "if it goes on, it is stopped."
            ),
            on_click=_do,
            args=(_rewind, view, of),
        )


def _continue(view: View, of: Draft | None) -> None:
    run = view.run
    done = run.saved["epoch"]
    with st.popover(_("Continue"), icon=":material/resume:", key=f"continue-{run.id}"), st.container(width=_WIDTH):
        st.caption(
            _(
                "A new run that goes on from the last weights of this one, with the optimizer's memory, as if it had "
                "been planned longer. Its curves begin with these."
            )
        )
        most = max(1, settings().max_epochs - done)
        st.number_input(
            _("More epochs"),
            min_value=1,
            max_value=most,
            value=min(most, max(1, run.epochs - done) if run.state == "stopped" else run.epochs),
            step=1,
            key=f"more-{run.id}",
        )
        st.button(
            _("Continue"),
            key=f"go-on-{run.id}",
            icon=":material/play_arrow:",
            type="primary",
            on_click=_do,
            args=(_go_on, view, of),
        )


def _do(act: Callable[[View, Draft | None], None], view: View, of: Draft | None) -> None:
    key = of.id if of is not None else view.run.id
    refuse(key, "")
    try:
        act(view, of)
    except (SpecError, EngineError, NotFoundError) as error:
        refuse(key, str(error))


def _resume(view: View, of: Draft | None) -> None:
    going_on.resume(engine.client(), view.run.id)


def _go_on(view: View, of: Draft | None) -> None:
    client = engine.client()
    epochs = int(draft.widget(f"more-{view.run.id}"))
    spec = going_on.more_epochs(client, view.run, epochs)
    draft_id = of.id if of is not None else client.store.drafts.create(spec, settings().owner).id
    run_id = going_on.go_on(client, view.run.id, epochs, settings().owner, draft_id)
    if of is not None and of.spec.digest == view.run.digest:
        draft.edit(spec)
    watching.began(run_id, client.store.drafts.draft(draft_id))


def _rewind(view: View, of: Draft | None) -> None:
    client = engine.client()
    if of is None:
        watching.start(view.spec, view.run.id)
        return
    run_id = client.submit(view.spec, settings().owner, of.id, view.run.id)
    if not view.run.is_ended:
        with contextlib.suppress(EndedError):
            client.request(view.run.id, "stop")
    watching.began(run_id, of)
