"""What happened to a run, as a short list with times since its start."""

import streamlit as st

from playground.locale.text import _
from playground.ui import run_words
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
            return _("Asked for")
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
        case "checkpoint":
            return _checkpoint(note)
        case "paused":
            return _("Paused {where}").format(where=where(view.run, data.get("step", 0))).rstrip()
        case "resumed":
            return _("Resumed")
        case "finished":
            return _("Finished")
        case "stopped":
            return _("Stopped")
        case "failed":
            return _("Failed")
        case "lost":
            return _("Lost")
    return ""


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
