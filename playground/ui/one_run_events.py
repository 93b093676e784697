"""The events of a run as a table, by kind and in pages."""

import json
import time

import pandas as pd
import streamlit as st

from playground.frame import dumps
from playground.locale.text import _
from playground.runs import event_pages
from playground.ui import engine, ids, lab_fields, run_words
from playground.ui.reader import View

_ROWS = 100
_KINDS, _PAGE = "kinds", "events"
_TEXT = 300
_TABLE_PX = 420


def panel(view: View) -> None:
    """Draw the choice of the kinds, and a page of the events, the newest first."""
    store = engine.client().store
    counts = event_pages.counts(store, view.run.id)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="one-run-events-choice"):
        kinds = lab_fields.several(_("Kinds"), list(counts), list(counts), _KINDS)
        n = sum(counts[kind] for kind in kinds if kind in counts)
        page = _page(-(-n // _ROWS))
        if not view.run.is_ended:
            st.button(_("Look again"), icon=":material/refresh:", type="tertiary", key="one-run-events-again")
    found = event_pages.page(store, view.run.id, kinds, limit=_ROWS, offset=_ROWS * (page - 1))
    rows = [
        {
            _("No."): each.seq,
            _("After"): run_words.clock(each.at - view.run.created_at),
            _("At"): time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(each.at)),
            _("Kind"): each.kind,
            _("What it says"): _said(each.data),
        }
        for each in found
    ]
    if not rows:
        st.caption(_("There is no event of these kinds."))
        return
    wide = {_("What it says"): st.column_config.TextColumn(width="large")}
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key=f"one-run-events-{page}", height=_TABLE_PX, column_config=wide
    )
    st.caption(
        _(
            "{n} events; numbers of single batches and epochs stand in columns beside them and are in the curves."
        ).format(n=f"{n:,}")
    )


def _page(pages: int) -> int:
    """Draw the choice of the page where there are several, which the address has; returns it, from 1."""
    if pages < 2:
        ids.show_part(_PAGE, "")
        return 1
    numbers = {str(number) for number in range(1, pages + 1)}
    now = int(ids.part(_PAGE, numbers) or 1)
    page = int(st.number_input(_("Page of {n}").format(n=pages), 1, pages, now, key=f"one-run-page-{pages}", width=130))
    ids.show_part(_PAGE, str(page) if page > 1 else "")
    return page


def _said(data: object) -> str:
    """The values of an event in one line."""
    text = json.dumps(json.loads(dumps(data)), ensure_ascii=False, separators=(", ", ": "))[1:-1]
    return text if len(text) <= _TEXT else f"{text[:_TEXT]} …"
