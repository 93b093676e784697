"""What can be done with the runs that are ticked: open, compare, take away, star, label, put into the bin."""

import dataclasses
import time
from collections.abc import Sequence

import streamlit as st

from playground.engine import keeping
from playground.engine.errors import SpecError
from playground.locale.text import _, ngettext
from playground.runs import ENDED, Label, Run, scalars
from playground.runs.listing import Row, Wanted
from playground.settings import settings
from playground.ui import draft, engine, last_runs, runs_label, runs_table, shell

MOST_COMPARED = 20
_BINNED = "runs-just-binned"
_GOING = "runs-to-delete"


def panel(wanted: Wanted, rows: Sequence[Row]) -> None:
    """Draw the row of buttons for the ticked runs, or how to come to it.

    Args:
        wanted: which runs are shown, in the bin or outside.
        rows: those on this page; ticks stay on other pages too.
    """
    picked = runs_table.picked()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="runs-actions"):
        if not picked:
            ids = [row.run.id for row in rows]
            st.button(
                _("Tick all on this page"), key="runs-tick", type="tertiary", on_click=runs_table.pick, args=(ids,)
            )
            st.caption(_("Tick runs to open, compare, label or delete them."), width="content")
            return
        said = ngettext("{n} run ticked", "{n} runs ticked", len(picked)).format(n=len(picked))
        st.markdown(f"**{said}**", width="content")
        if len(picked) == 1:
            _open(picked[0])
        elif len(picked) <= MOST_COMPARED:
            query = draft.address() | {"runs": ",".join(picked)}
            st.page_link(shell.COMPARE, label=_("Compare"), icon=":material/compare_arrows:", query_params=query)
        else:
            st.caption(_("Up to {n} runs can be compared.").format(n=MOST_COMPARED), width="content")
        _csv(picked)
        runs_label.panel(picked, next((row for row in rows if [row.run.id] == picked), None))
        if wanted.shelf == "bin":
            _out_of_the_bin(picked)
        else:
            _into_the_bin(picked)
        st.button(_("Untick"), key="runs-untick", type="tertiary", on_click=runs_table.pick, args=([],))


def _open(run_id: str) -> None:
    run = Run(run_id, "", "", "", 0, 0.0)
    st.page_link(
        shell.RUNS, label=_("Open"), icon=":material/open_in_full:", query_params=last_runs.addresses([run])[run_id]
    )


def _csv(picked: Sequence[str]) -> None:
    st.download_button(
        _("Numbers (CSV)"),
        lambda: scalars.table(engine.client().store, picked),
        "runs.csv",
        "text/csv",
        key="runs-csv",
        icon=":material/download:",
        on_click="ignore",
        help=_("Every value that these runs recorded, one a row"),
    )


def _into_the_bin(picked: Sequence[str]) -> None:
    states = engine.client().store.runs.states_of(picked)
    is_going = not ENDED.issuperset(states.values())
    st.button(
        _("Into the bin"),
        key="runs-bin",
        icon=":material/delete:",
        disabled=is_going,
        help=_("Stop what still trains or waits first") if is_going else None,
        on_click=_bin,
        args=(list(picked),),
    )


def _out_of_the_bin(picked: Sequence[str]) -> None:
    st.button(
        _("Take out"), key="runs-restore", icon=":material/restore_from_trash:", on_click=_restore, args=(list(picked),)
    )
    if draft.get(_GOING, []) == list(picked):
        st.caption(_("Delete for good, with models and curves?"), width="content")
        st.button(_("Delete for good"), key="runs-delete", type="tertiary", on_click=_delete, args=(list(picked),))
        st.button(_("Keep"), key="runs-keep", type="tertiary", on_click=draft.put, args=(_GOING, []))
        return
    st.button(
        _("Delete …"),
        key="runs-ask-delete",
        icon=":material/delete_forever:",
        on_click=draft.put,
        args=(_GOING, list(picked)),
    )


def undo() -> None:
    """Draw the way back from what was just put into the bin."""
    binned: list[str] = draft.get(_BINNED, [])
    if not binned:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="runs-undo-row"):
        said = ngettext("{n} run is in the bin.", "{n} runs are in the bin.", len(binned)).format(n=len(binned))
        kept = _("What is there is deleted for good after {n} days.").format(n=f"{settings().keep_bin_days:g}")
        st.markdown(f":material/delete: &ensp;{said} {kept}", width="content")
        st.button(_("Undo"), key="runs-undo", icon=":material/undo:", on_click=_restore, args=(binned,))
        st.button(_("Close"), key="runs-close", type="tertiary", on_click=draft.put, args=(_BINNED, []))


def _bin(run_ids: list[str]) -> None:
    store = engine.client().store
    ended = [run_id for run_id, state in store.runs.states_of(run_ids).items() if state in ENDED]
    changed = store.labels.change(ended, _binned)
    runs_table.pick([])
    draft.put(_BINNED, [label.run_id for label in changed])


def _restore(run_ids: list[str]) -> None:
    engine.client().store.labels.change(run_ids, _kept)
    runs_table.pick([])
    draft.put(_BINNED, [])


def _delete(run_ids: list[str]) -> None:
    draft.put(_GOING, [])
    draft.put(_BINNED, [])
    try:
        keeping.delete(engine.client().store, settings(), run_ids)
    except SpecError as error:
        draft.tell(str(error))
        return
    runs_table.pick([])


def _binned(label: Label) -> Label:
    return dataclasses.replace(label, binned_at=time.time())


def _kept(label: Label) -> Label:
    return dataclasses.replace(label, binned_at=None)
