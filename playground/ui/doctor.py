"""The card that says why a run goes wrong, the numbers that say so, and what usually helps."""

import functools

import streamlit as st

from playground.data import DataError, outline
from playground.runs import Draft
from playground.runs.diagnosis import Diagnosis, diagnose
from playground.runs.diagnosis_words import sentences, title
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.remedies import Remedy, remedies
from playground.ui import adjust_next, try_next
from playground.ui.reader import View
from playground.ui.shell import plain

_ICONS = {
    "not-finite": ":red[:material/error:]",
    "exploding": ":red[:material/trending_up:]",
    "out-of-memory": ":red[:material/memory:]",
    "dead-units": ":orange[:material/power_off:]",
    "vanishing": ":orange[:material/trending_down:]",
    "no-fall": ":orange[:material/trending_flat:]",
    "overfitting": ":orange[:material/call_split:]",
}
_MOST = 3


def panel(view: View, of: Draft | None) -> bool:
    """Draw why the run goes wrong, or went; returns whether there was something to say.

    Args:
        view: the run.
        of: the draft that it is a run of; remedies are changes of the draft as it is now, or new drafts without one.
    """
    found = _found(view) if view.run.id else None
    if found is None:
        return False
    with st.container(border=True, gap="small", key="doctor"):
        with st.container(gap="xsmall"):
            st.markdown(f"#### {_ICONS[found.kind]} {plain(title(found))}")
            for words in sentences(found):
                st.caption(plain(words))
        best = found.epoch if found.kind == "overfitting" else None
        fitting = int(found.numbers.get("fitting_batch", 0)) or None
        now = of.spec if of is not None else adjust_next.standing(view)
        for one in _proposed(found.kind, now, best, fitting)[:_MOST]:
            try_next.row(of, now, one.name, one.label, one.why, one.spec)
    return True


def identity(view: View) -> tuple[str, int, str] | None:
    """What the card is about; the page is drawn anew when that changes."""
    found = _found(view)
    return None if found is None else found.identity


@functools.lru_cache(maxsize=64)  # a view is one object while nothing happens
def _found(view: View) -> Diagnosis | None:
    return diagnose(view.spec, view.run, {name: series.y for name, series in view.epochs.items()})


@functools.lru_cache(maxsize=64)
def _proposed(kind: str, spec: RunSpec, best_epoch: int | None, fitting_batch: int | None) -> tuple[Remedy, ...]:
    try:
        facts = outline(spec.dataset)
    except DataError:
        facts = None
    return remedies(kind, spec, facts, settings(), best_epoch, fitting_batch=fitting_batch)
