"""The row at the foot of the page: what a run can be asked to do, how far it is, and its state."""

from typing import NamedTuple

import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs import EndedError, NotFoundError, Run
from playground.ui import draft, engine, run_words
from playground.ui.reader import View
from playground.ui.shell import is_phone, plain

_SEP = " &ensp;·&ensp; "
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
    refused = draft.get(_REFUSED, "")
    with st.bottom:
        if refused:
            st.error(refused, icon=":material/error:")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="transport"):
            if view.run.is_ended:
                _again(view)
            for button in _buttons(view.run.state):
                _draw(button, view)
            if is_phone():
                st.space("stretch")  # the words need a row of their own there
            else:
                st.progress(_progress(view), text=words(view), width="stretch")
            st.markdown(run_words.badge(view.run.state), width="content")
        if is_phone():
            st.progress(_progress(view), text=words(view), width="stretch")


def words(view: View) -> str:
    """What the run is doing, as Markdown in one line."""
    run = view.run
    match run.state:
        case "queued":
            parts = _queued(view)
        case "running":
            parts = _running(run)
        case "paused":
            parts = _paused(run)
        case "finished":
            parts = _finished(run)
        case "stopped":
            parts = _stopped(run)
        case "failed":
            parts = [_("**Failed**{where}").format(where=f" {place}" if (place := where(run)) else "")]
        case "lost":
            parts = [_("**No sign of life**{where}").format(where=f" {place}" if (place := where(run)) else "")]
    return _SEP.join(parts)


def where(run: Run) -> str:
    """Where in its training a run is: ``in epoch 2, batch 14``, or nothing before its first batch."""
    if not run.step:
        return ""
    epoch, batch = _at(run)
    if batch is None:
        return _("in epoch {epoch}").format(epoch=epoch)
    return _("in epoch {epoch}, batch {batch}").format(epoch=epoch, batch=f"{batch:,}")


def _at(run: Run) -> tuple[int, int | None]:
    """The epoch and the batch in it that were last worked on, from 1."""
    if not run.steps_per_epoch:
        return max(1, min(run.epoch + 1, run.epochs)), None
    done = max(0, run.step - 1)
    return done // run.steps_per_epoch + 1, done % run.steps_per_epoch + 1


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
    from playground.engine.client import EngineError

    draft.put(_REFUSED, "")
    try:
        draft.start(view.spec)
    except EngineError as error:
        draft.put(_REFUSED, str(error))


def _progress(view: View) -> float:
    if view.place is not None and view.place.preparing:
        return min(1.0, max(0.0, view.place.progress))
    return view.run.progress


def _queued(view: View) -> list[str]:
    place = view.place
    if place is None:
        return [_("**Starting**")]
    if place.preparing:
        return [f"**{plain(_(place.preparing))}**"]
    if place.position == 1 and not place.holders:
        return [_("**Starting**")]
    nth = run_words.ordinal(place.position)
    parts = [_("**Next in line**") if place.position == 1 else _("**{nth} in line**").format(nth=nth)]
    if place.waiting_s is not None:
        parts.append(run_words.duration(place.waiting_s))
    if place.holders:
        names = ", ".join(f"*{plain(name)}*" for name in place.holders[:3])
        more = len(place.holders) - 3
        if more > 0:
            names = _("{names} and {n} more").format(names=names, n=more)
        parts.append(_("waiting for {names}").format(names=names))
    return parts


def _running(run: Run) -> list[str]:
    busy = {
        "preparing": _("**Preparing the data**"),
        "building": _("**Building the model**"),
        "testing": _("**Measuring on the test part**"),
    }
    if run.phase != "training":
        return [busy.get(run.phase or "", _("**Starting**"))]
    epoch = min(run.epoch + 1, run.epochs)
    parts = [_("**Epoch {epoch}** of {epochs}").format(epoch=f"{epoch:,}", epochs=f"{run.epochs:,}")]
    if run.left_s is not None:
        parts.append(_("{duration} left").format(duration=run_words.duration(run.left_s)))
    return parts


def _paused(run: Run) -> list[str]:
    if not run.steps_per_epoch or not run.step:
        return [_("**Paused** before the first batch")]
    epoch, batch = _at(run)
    return [
        _("**Epoch {epoch}** of {epochs}").format(epoch=f"{epoch:,}", epochs=f"{run.epochs:,}"),
        _("after batch {batch} of {batches}").format(batch=f"{batch:,}", batches=f"{run.steps_per_epoch:,}"),
    ]


def _finished(run: Run) -> list[str]:
    epochs = ngettext("**{n} epoch** in {time}", "**{n} epochs** in {time}", run.epoch)
    parts = [epochs.format(n=f"{run.epoch:,}", time=run_words.exact(run.seconds))]
    name = main_metric(run)
    if name is not None:
        best = run.metrics[name]
        parts.append(
            _("{metric} **{value}**, best {best} in epoch {epoch}").format(
                metric=run_words.metric(name),
                value=run_words.value(best.last),
                best=run_words.value(best.best),
                epoch=best.best_epoch,
            )
        )
    return parts


def _stopped(run: Run) -> list[str]:
    if not run.step:
        return [_("**Cancelled** before it started")]
    return [_("**Stopped** {where}").format(where=where(run)), _("everything up to there is kept")]


def main_metric(run: Run) -> str | None:
    """The History name of the value that says most about a run: its first validation metric, else validation loss."""
    names = [name for name in run.metrics if name.startswith("val_")]
    names = [name for name in names if name != "val_loss"] or names or [name for name in run.metrics if name != "loss"]
    names = [name for name in names if run.metrics[name].best_epoch is not None]
    return names[0] if names else None
