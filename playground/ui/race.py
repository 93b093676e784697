"""The fair race: optimizers, rates, schedules, activations or initializers on one's own network, in lockstep."""

import contextlib

import streamlit as st

from playground.locale.text import _
from playground.runs import Comparison, NotFoundError
from playground.settings import settings
from playground.ui import (
    compare_files,
    comparing,
    draft,
    engine,
    ids,
    lab_experiments,
    race_choice,
    race_live,
    race_try,
    run_words,
    shell,
)

_LISTED = 10


def panel() -> None:
    """Draw the choice of a race, and the race in the address."""
    of = draft.current()
    lab_experiments.panel("race", race_try.look_for(), race_try.experiments())
    comparison = _watched()
    if comparison is None:
        race_choice.panel()
        _others("")
        return
    with st.expander(_("Another race"), icon=":material/flag:", expanded=draft.get("lab-race", "") != ""):
        race_choice.panel()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"### {shell.plain(comparison.name)}", width="stretch")
        compare_files.panel(comparison, lambda: race_live.runs_of(comparison))
        st.page_link(
            shell.COMPARE,
            label=_("Compare"),
            icon=":material/compare_arrows:",
            query_params=draft.address() | comparing.address(comparison.id),
        )
        _others(comparison.id)
    race_live.panel(comparison, of)


def _watched() -> Comparison | None:
    """The race in the address, else the session's; ``None`` where there is none such."""
    race_id = ids.remembered(ids.RACE)
    if race_id is None:
        return None
    with contextlib.suppress(NotFoundError):
        found = engine.client().store.comparisons.comparison(race_id)
        if found.kind == "race" and race_live.runs_of(found):
            return found
    ids.forget(ids.RACE)
    st.caption(_("There is no such race: it was deleted, or the address has a typing error."))
    return None


def _others(race_id: str) -> None:
    """The way to earlier races, the newest first."""
    found = engine.client().store.comparisons.find(settings().owner)
    others = [each for each in found if each.kind == "race" and each.id != race_id][:_LISTED]
    if not others:
        return
    with st.popover(_("Earlier races"), icon=":material/history:"):
        for each in others:
            label = f"{shell.plain(each.name)} · {run_words.ago(each.created_at)}"
            st.button(label, key=f"race-{each.id}", type="tertiary", on_click=ids.remember, args=(ids.RACE, each.id))
