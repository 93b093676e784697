"""The list of the last runs."""

from collections.abc import Sequence

import streamlit as st

from playground import recipes
from playground.locale.text import _
from playground.runs import ENDED, Run
from playground.settings import settings
from playground.ui import draft, engine, examples, run_words, shell

_MORE = 8
_SHOWN = "runs-shown"


def panel(is_busy: bool) -> None:
    """Draw the runs that have ended, the newest first, each with a link to its page.

    Args:
        is_busy: whether others still train or wait; then a list without entries needs no words.
    """
    shown = draft.get(_SHOWN, _MORE)
    owner = settings().owner
    runs = engine.client().store.runs.find(states_in=ENDED, owner=owner, limit=shown + 1, has_binned=False)
    if is_busy and not runs:
        return
    st.markdown(f"### {_('Your last runs')}")
    if not runs:
        first = recipes.recipe(recipes.names()[0])
        st.caption(_("Every run is kept and will be listed here, with its curves and its result."))
        label = _("Run “{example}”").format(example=shell.plain(_(first.title)))
        examples.start_button(first, label, key="run-first")
        return
    with st.container(border=True, gap="small" if shell.is_phone() else "xsmall", key="last-runs"):
        links = addresses(runs[:shown])
        for run in runs[:shown]:
            _row(run, links[run.id])
    if len(runs) > shown:
        st.button(_("Show more"), type="tertiary", on_click=draft.put, args=(_SHOWN, shown + _MORE))


def result(run: Run) -> list[str]:
    """The newest value of the metric that says most, in words, as a list of one; empty before there is any.

    That is the first validation metric beside the loss, else the validation loss, else the loss.
    """
    names = [name for name in run.metrics if name.startswith("val_") and name != "val_loss"]
    names += [name for name in ("val_loss", "loss") if name in run.metrics]
    return [f"{run_words.metric(name)} {run_words.value(run.metrics[name].last)}" for name in names[:1]]


def addresses(runs: Sequence[Run]) -> dict[str, dict[str, str]]:
    """By run, what a link to its page carries: the run, and the draft that it can be changed and started again in."""
    drafts = engine.client().store.runs.draft_ids([run.id for run in runs])
    return {run.id: {"run": run.id} | ({"draft": drafts[run.id]} if run.id in drafts else {}) for run in runs}


def _row(run: Run, address: dict[str, str]) -> None:
    name = f"**{shell.plain(run.name)}** &ensp;{run_words.badge(run.state)}"
    said = shell.plain(_said(run))
    is_phone = shell.is_phone()
    with st.container(gap=None):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(name, width="stretch" if is_phone else "content")
            if not is_phone:
                st.caption(said, wrap=False, width="stretch")
            st.page_link(shell.TRAIN, label=_("Open"), query_params=address)
        if is_phone:
            st.caption(said)


def _said(run: Run) -> str:
    """What there is to say of an ended run in one line: how it went, and when."""
    when = run_words.ago(run.ended_at or run.created_at)
    match run.state:
        case "failed" | "lost":
            # What happened; what to do about it is said on the run's own page.
            how = [(run.error or "").partition(". ")[0].rstrip(".")]
        case "stopped":
            epochs = _("epoch {epoch} of {epochs}").format(epoch=f"{run.epoch:,}", epochs=f"{run.epochs:,}")
            how = [epochs, *result(run)] if run.started_at else [_("cancelled before it started")]
        case _:
            how = result(run)
    return " · ".join(filter(None, [*how, when]))
