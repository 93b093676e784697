"""Every metric of the catalogue: what task it fits, and its value on the points that are shown."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from playground import catalog
from playground.locale.text import _
from playground.ui import about, shell
from playground.ui.data_look_csv import table_csv

_HEIGHT = 460


def panel(values: Mapping[str, Mapping[str, Any]]) -> None:
    """Draw the table, those with a value first.

    Args:
        values: by the metric's id what the workbench says of it: ``value``, ``args`` and ``why``.
    """
    st.markdown(f"### {_('Every metric of Keras on these points')}")
    table = rows(values)
    widths = {_("With"): st.column_config.TextColumn(width=190), _("Metric"): st.column_config.TextColumn(width=190)}
    st.dataframe(table, hide_index=True, height=_HEIGHT, column_config=widths, key="metrics-table")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            _("Table (CSV)"),
            lambda: table_csv(table),
            "metrics.csv",
            "text/csv",
            key="metrics-csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
    for why in dict.fromkeys(each["why"] for each in values.values() if each["why"]):
        st.caption(f":material/info: {shell.plain(why)}")


def headline(values: Mapping[str, Mapping[str, Any]], names: Sequence[str], width: int) -> None:
    """Draw the values of a few metrics, large, each ``width`` pixels wide."""
    with st.container(horizontal=True, gap="small", key="metric-numbers"):
        for name in names:
            st.metric(about.label("metrics", name), _value(values[name]), width=width)


def rows(values: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """The table's columns: a row for every metric of the catalogue."""
    tasks = {
        "binary": _("two classes"),
        "multiclass": _("several classes"),
        "regression": _("numbers"),
        "reconstruction": _("rebuilt inputs"),
    }
    entries = sorted(catalog.entries("metrics"), key=lambda entry: entry.id not in values)
    return {
        _("Metric"): [about.label("metrics", entry.id) for entry in entries],
        _("Value here"): [_value(values.get(entry.id)) for entry in entries],
        _("With"): [spelled(values[entry.id]["args"]) if entry.id in values else "" for entry in entries],
        _("For"): [", ".join(tasks[task] for task in entry.tasks) for entry in entries],
        _("What it says"): [_(entry.summary) for entry in entries],
    }


def spelled(args: Mapping[str, Any]) -> str:
    """Arguments as they stand in code."""
    return ", ".join(f"{name}={value!r}" for name, value in args.items())


def _value(of: Mapping[str, Any] | None) -> str:
    if of is None or of["value"] is None:
        return "–"
    value = float(of["value"])
    if math.isnan(value):
        return _("not defined")
    return f"{int(value):,}" if value == int(value) and abs(value) >= 2 else f"{value:.4g}"
