"""What happened to a run, as a short list with times since its start."""

import streamlit as st

from playground.locale.text import _
from playground.ui import adjust_next, run_words
from playground.ui.doing import where
from playground.ui.reader import Note, View
from playground.ui.shell import plain

_SHOWN = 9


def panel(view: View) -> None:
    """Draw the card of what happened, newest first."""
    with st.container(border=True, gap="xsmall", key="happened"):
        st.markdown(f"#### {_('What happened')}")
        turns = told(view)
        for at, words in turns[:_SHOWN]:
            with st.container(horizontal=True, gap="xsmall", wrap=False):
                st.caption(at, width=58)
                st.caption(words, width="stretch")
        if len(turns) > _SHOWN:
            st.caption(_("{n} earlier").format(n=len(turns) - _SHOWN))


def told(view: View) -> list[tuple[str, str]]:
    """Times since the run was asked for, and what happened then in words; newest first."""
    turns = []
    for note in view.notes:
        words = _words(note, view)
        if words:
            turns.append((run_words.clock(note.at - view.run.created_at), words))
    return turns[::-1]


def _words(note: Note, view: View) -> str:
    data = note.data
    match note.kind:
        case "queued":
            return _asked(note)
        case "started":
            device = data.get("device")
            return _("Started on {device}").format(device=plain(str(device))) if device else _("Started")
        case "phase":
            return {
                "preparing": _("Preparing the data"),
                "building": _("Building the model"),
                "training": _("Training"),
                "testing": _("Measuring on the test part"),
            }.get(str(data.get("phase")), "")
        case "first batch":
            return _("First batches trained")
        case "program":
            return {
                "steps": _("Back to single steps"),
                "steps with XLA": _("Steps compiled by XLA"),
                "epochs": _("Whole epochs in one call"),
                "epochs with XLA": _("Whole epochs, compiled by XLA"),
            }.get(str(data.get("program")), "")
        case "checkpoint":
            return _checkpoint(note)
        case "paused":
            return _("Paused {where}").format(where=where(view.run, data.get("step", 0))).rstrip()
        case "resumed" if data.get("until_epoch") is not None:
            return _("To the end of epoch {epoch}").format(epoch=f"{data['until_epoch']:,}")
        case "resumed":
            return _("Resumed")
        case "changed":
            return _changed(note, view)
        case "finished" if data.get("request") is not None:
            return _("Finished early, {where}").format(where=where(view.run, data.get("step", 0)))
        case "finished":
            return _("Finished")
        case "stopped":
            return _("Stopped")
        case "failed":
            return _("Failed")
        case "lost":
            return _("Lost")
    return ""


def _changed(note: Note, view: View) -> str:
    """The answer to somebody who wanted something changed."""
    data = note.data
    if "refused" in data:
        return plain(str(data["refused"]))
    if "epochs" in data:
        return _("{n} epochs in all").format(n=f"{data['epochs']:,}")
    if "speed" in data:
        if data.get("epochs_per_s"):
            return _("Held at {n} epochs a second").format(n=f"{data['epochs_per_s']:g}")
        speed = data["speed"]
        return _("Held at {n} steps a second").format(n=f"{speed:g}") if speed else _("At full speed")
    if "edit" in data:
        edit = data["edit"]
        if edit["source"] is None:
            words = _("A bias of {layer} set to {value} by hand")
        else:
            words = _("A weight of {layer} set to {value} by hand")
        return plain(words.format(layer=edit["layer"], value=f"{edit['value']:g}"))
    if "planned" in data:
        changes = adjust_next.told(view, data["planned"])
        return _("{changes} from the next epoch on").format(changes=plain(changes))
    changes = adjust_next.told(view, data["set"])
    return _("{changes} from here on, {where}").format(changes=plain(changes), where=where(view.run, data["step"] + 1))


def _asked(note: Note) -> str:
    epoch = note.data.get("epoch")
    if note.data.get("from_run"):
        return _("Asked for, from the state of an earlier run after epoch {epoch}").format(epoch=epoch)
    if epoch is not None:
        return _("Resumed from the state saved after epoch {epoch}").format(epoch=epoch)
    if note.data.get("follows"):
        return _("Asked for, with the programs of an earlier run at the same steps")
    return _("Asked for")


def _checkpoint(note: Note) -> str:
    data = note.data
    if not data.get("epoch"):
        return ""  # a run that failed in its first epoch saves what it began with
    value = data.get("value")
    if data.get("which") == "best" and isinstance(value, int | float):
        return _("Best {metric} {value}, epoch {epoch}").format(
            metric=run_words.metric(str(data.get("monitor", ""))),
            value=run_words.value(float(value)),
            epoch=data.get("epoch"),
        )
    return _("Weights saved after epoch {epoch}").format(epoch=data.get("epoch"))
