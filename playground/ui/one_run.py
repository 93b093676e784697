"""One run, whole: what it is, how it went, what can be done with it, and all that was written down about it."""

import streamlit as st

from playground.locale.text import _
from playground.runs import NotFoundError
from playground.ui import (
    about,
    curves,
    ending,
    engine,
    ids,
    lab_fields,
    numbers,
    one_run_actions,
    one_run_environment,
    one_run_events,
    one_run_log,
    one_run_settings,
    reader,
    run_words,
    shell,
)
from playground.ui.reader import View

_TICK_S = 0.7
_PART = "part"


def panel(run_id: str | None = None) -> None:
    """Draw the run, the one in the address by default; where there is none, say so."""
    run_id = run_id or ids.remembered(ids.RUN)
    try:
        view = reader.read(run_id) if run_id else None
    except NotFoundError:
        view = None
    if view is None:
        shell.heading(_("There is no such run"), _("It may have been deleted, or the address has a typing error."))
        return
    label = engine.client().store.labels.label(view.run.id)
    with shell.heading(shell.plain(label.name or view.run.name or _("Run")), _summary(view)):
        one_run_actions.buttons(view)
    if label.note:
        st.markdown(shell.plain(label.note))
    one_run_actions.links(view)
    st.fragment(_live, run_every=None if view.run.is_ended else _TICK_S)(view)
    _parts(view)


def _live(view: View) -> None:
    """What changes while the run goes on, drawn again at every tick."""
    was, view = view, reader.read(view.run.id)
    if view.run.is_ended != was.run.is_ended:
        st.rerun()  # the whole page: there is more that can be done now
    st.markdown(run_words.badge(view.run.state))
    ending.title(view.run)
    if view.run.error:
        st.caption(shell.plain(view.run.error))
    numbers.panel(view)
    curves.panel(view)


def _parts(view: View) -> None:
    """One of the parts of what was written down; the address says which."""
    parts = {
        "events": (_("Events"), one_run_events.panel),
        "log": (_("Log"), one_run_log.panel),
        "settings": (_("Settings"), one_run_settings.panel),
        "environment": (_("Environment"), one_run_environment.panel),
        "files": (_("Files"), one_run_actions.files),
    }
    chosen = lab_fields.part(_("What is shown"), {name: words for name, (words, _draw) in parts.items()}, _PART)
    with st.container(key=f"one-run-{chosen}"):
        parts[chosen][1](view)


def _summary(view: View) -> str:
    run = view.run
    said = [about.label("datasets", view.spec.dataset.source), run_words.ago(run.created_at), run.id]
    return shell.plain(" · ".join(said))
