"""Runs by what they share: a row a group, which leads to its runs."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs import is_higher_better
from playground.runs.listing import Group, Wanted
from playground.ui import draft, engine, run_words, runs_choice, runs_columns, runs_wanted
from playground.ui.runs_wanted import GROUP, TAGS

_MOST = 100
_KEY = "runs-groups"
_NOTHING: tuple[str, list[str | None], list[tuple[str, str | None]]] = ("", [], [])


def panel(wanted: Wanted, field: str) -> None:
    """Draw the groups of the wanted runs by ``field``."""
    listing = engine.client().store.listing
    if field == TAGS:
        groups = listing.by_tag(wanted, limit=_MOST)
        st.caption(_("Tick a tag to see its runs. A run is with each of its tags."))
    else:
        groups = listing.groups(wanted, field, limit=_MOST)
        st.caption(_("Tick a group to see its runs."))
    draft.put(_KEY, [field, [group.value for group in groups], [list(each) for each in wanted.only]])
    st.dataframe(
        pd.DataFrame(_cells(groups, field)),
        hide_index=True,
        height="content",
        placeholder=runs_columns.NONE,
        key=f"{_KEY}-{field}",
        on_select=_open,
        selection_mode="single-row",
        alt=ngettext("Table of {n} group", "Table of {n} groups", len(groups)).format(n=len(groups)),
    )
    if len(groups) == _MOST:
        st.caption(_("These are the {n} largest groups; there may be more.").format(n=_MOST))


def _cells(groups: Sequence[Group], field: str) -> dict[str, list[Any]]:
    return {
        runs_wanted.words()[field]: [runs_columns.spelled(field, group.value) for group in groups],
        _("Runs"): [group.n for group in groups],
        _("Best value"): [_best(group) for group in groups],
        _("Mean of best values"): [_value(group.mean) for group in groups],
        _("Metric"): [run_words.metric(group.metric) if group.metric else _("several, or none") for group in groups],
        _("Newest"): [run_words.ago(group.newest) for group in groups],
    }


def _best(group: Group) -> str:
    return _value(group.high if group.metric and is_higher_better(group.metric) else group.low)


def _value(value: float | None) -> str:
    return runs_columns.NONE if value is None else run_words.value(value)


def _open() -> None:
    """Show the runs of the group that was ticked."""
    field, values, only = draft.get(_KEY, _NOTHING)
    state = draft.widget(f"{_KEY}-{field}")
    rows = state["selection"]["rows"] if state is not None else []
    if rows and rows[0] < len(values):
        value = values[rows[0]]
        if field == TAGS:
            runs_choice.with_tag(value or "")
        else:
            pairs = [(name, value) for name, value in only if name != field]
            runs_wanted.show_only([*pairs, (field, value)])
        runs_wanted.change(GROUP, "")
        draft.set_widget("runs-group", "")
