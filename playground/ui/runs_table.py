"""The table of runs: one page of it, in which runs are ticked."""

import zlib
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs.listing import Row
from playground.ui import draft, runs_columns, runs_wanted
from playground.ui.runs_wanted import PAGE, Cut

_PICKED = "runs-picked"
_DRAWN = "runs-drawn"
_NOTHING: tuple[str, list[str], list[int]] = ("", [], [])
_MOST_PICKED = 200
_ROW_PX = 38


def picked() -> list[str]:
    """The runs that are ticked, on whichever page."""
    found: list[str] = draft.get(_PICKED, [])
    return list(found)


def pick(run_ids: Sequence[str]) -> None:
    """Have these runs be ticked and no others."""
    draft.put(_PICKED, list(run_ids)[:_MOST_PICKED])
    draft.put(f"{_PICKED}-turn", draft.get(f"{_PICKED}-turn", 0) + 1)


def panel(rows: Sequence[Row]) -> None:
    """Draw the rows of a page.

    Streamlit remembers ticks by their place. So the table is another widget once other runs stand in it, which begins
    with those ticked that were before: a run that ends meanwhile moves no tick to its neighbour.
    """
    names = runs_columns.chosen()
    ids = [row.run.id for row in rows]
    drawn = zlib.crc32("\n".join([*ids, *names]).encode())
    key = f"runs-table-{draft.get(f'{_PICKED}-turn', 0)}-{drawn}"
    last_key, _ids, ticked = draft.get(_DRAWN, _NOTHING)
    if last_key != key:  # what it begins with must stay as it is, or it would be yet another widget
        before = picked()
        ticked = [at for at, run_id in enumerate(ids) if run_id in before]
    draft.put(_DRAWN, [key, ids, ticked])
    st.dataframe(
        pd.DataFrame(runs_columns.cells(rows, names)),
        hide_index=True,
        column_config=runs_columns.config(names),
        row_height=_ROW_PX,
        height="content",
        placeholder=runs_columns.NONE,
        key=key,
        on_select=_ticked,
        selection_mode="multi-row",
        selection_default={"selection": {"rows": ticked}},
        alt=_("Table of {n} runs, a row a run").format(n=len(rows)),
    )


def _ticked() -> None:
    key, ids, _ticked_at_first = draft.get(_DRAWN, _NOTHING)
    state = draft.widget(key)
    if state is None:
        return
    rows = state["selection"]["rows"]
    others = [run_id for run_id in picked() if run_id not in ids]
    draft.put(_PICKED, [*others, *(ids[at] for at in sorted(rows) if at < len(ids))][:_MOST_PICKED])


def pages(cut: Cut, n: int) -> None:
    """Draw the way to the other pages of ``n`` runs; nothing where there is one page."""
    last = max(1, -(-n // cut.rows))
    if last == 1:
        return
    first = (cut.page - 1) * cut.rows + 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="runs-pages"):
        said = ngettext("{first} to {last} of {n} run", "{first} to {last} of {n} runs", n)
        until = min(n, cut.page * cut.rows)
        st.caption(said.format(first=f"{first:,}", last=f"{until:,}", n=f"{n:,}"), width="content")
        st.space("stretch")
        for label, icon, page, is_off in (
            (_("First page"), "first_page", 1, cut.page == 1),
            (_("Previous page"), "chevron_left", cut.page - 1, cut.page == 1),
            (_("Next page"), "chevron_right", cut.page + 1, cut.page >= last),
            (_("Last page"), "last_page", last, cut.page >= last),
        ):
            st.button(
                label,
                key=f"runs-{icon}",
                icon=f":material/{icon}:",
                disabled=is_off,
                on_click=runs_wanted.change,
                args=(PAGE, str(page) if page > 1 else ""),
            )
