"""Runs: all runs of the user, found again, labelled and tidied up; or one of them."""

import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs import scalars
from playground.runs.listing import Wanted
from playground.ui import (
    draft,
    engine,
    ids,
    one_run,
    runs_actions,
    runs_choice,
    runs_groups,
    runs_keeping,
    runs_table,
    runs_wanted,
    shell,
)

_TICK_S = 2.0
_MOST_IN_A_FILE = 1_000
_GOING = ("running", "paused", "queued")


def panel() -> None:
    """Draw the run in the address where it names one and asks for no list, else the list."""
    draft.current()  # the links of the menu go on carrying the draft
    said = ids.parts()
    if runs_wanted.LIST not in said and said.get(ids.RUN):
        ids.remember(ids.RUN, said[ids.RUN])  # the browser keeps its address where a link leads to the page it shows
        _one()
        return
    wanted = runs_wanted.wanted()
    ids.remember(runs_wanted.LIST, wanted.shelf)
    is_going = _is_going()
    _heading()
    if words := draft.told():
        st.warning(shell.plain(words), icon=":material/info:")
    st.fragment(_listed, run_every=_TICK_S if is_going else None)(is_going)


def _one() -> None:
    query = draft.address() | {runs_wanted.LIST: "all"}
    st.page_link(shell.RUNS, label=_("All runs"), icon=":material/arrow_back:", query_params=query)
    one_run.panel()


def _is_going() -> bool:
    counts = engine.client().store.listing.states(runs_wanted.everything())
    return any(counts.get(state) for state in _GOING)


def _heading() -> None:
    row = shell.heading(_("Runs"), _("Every run is kept: its settings, its curves and its weights."))
    with row, st.container(horizontal=True, gap="small", width="content", key="runs-take-away"):
        st.download_button(
            _("All numbers (CSV)"),
            _every_number,
            "all-runs.csv",
            "text/csv",
            key="runs-all-csv",
            icon=":material/download:",
            on_click="ignore",
            help=_("Every value of every epoch, one a row, of the newest {n} runs").format(n=f"{_MOST_IN_A_FILE:,}"),
        )
        runs_keeping.panel()


def _every_number() -> str:
    store = engine.client().store
    return scalars.table(store, store.listing.ids(runs_wanted.everything(), _MOST_IN_A_FILE), has_batches=False)


def _listed(was_going: bool) -> None:
    is_going = _is_going()
    if is_going != was_going:
        st.rerun()  # whether the list ticks is decided outside
    wanted, cut = runs_wanted.wanted(), runs_wanted.cut()
    listing = engine.client().store.listing
    runs_choice.panel(wanted)
    group = runs_wanted.group()
    counts = listing.states(wanted)
    n = sum(counts.values())
    runs_choice.order(wanted, _counted(counts, n))
    runs_actions.undo()
    if not n:
        _nothing(wanted)
    elif group:
        runs_groups.panel(wanted, group)
    else:
        cut = cut._replace(page=min(cut.page, -(-n // cut.rows)))
        rows = listing.page(wanted, cut.rows, (cut.page - 1) * cut.rows)
        runs_actions.panel(wanted, rows)
        runs_table.panel(rows)
        runs_table.pages(cut, n)


def _counted(counts: dict[str, int], n: int) -> str:
    training = counts.get("running", 0) + counts.get("paused", 0)
    waiting = counts.get("queued", 0)
    said = [ngettext("{n} run", "{n} runs", n).format(n=f"{n:,}")]
    said += [_("{n} training").format(n=training)] if training else []
    said += [_("{n} waiting").format(n=waiting)] if waiting else []
    return " · ".join(said)


def _nothing(wanted: Wanted) -> None:
    with st.container(border=True, gap="small", key="runs-nothing"):
        if wanted == runs_wanted.everything():
            st.markdown(f"**{_('Nothing was trained yet')}**")
            st.caption(_("Every run is kept and will be listed here, with its curves and its result."))
            st.page_link(shell.HOME, label=_("Choose an example"), icon=":material/home:")
        elif wanted.shelf == "bin" and not wanted.text:
            st.caption(_("The bin is empty."))
        else:
            st.markdown(f"**{_('No run is like that')}**")
            st.button(_("Show all runs"), key="runs-clear", on_click=runs_choice.clear)
