"""How a series goes on: its last values, which can be edited, and as many steps ahead as are wanted."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from playground.charts import Line
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.locale.text import _, ngettext
from playground.specs.facts import Facts
from playground.ui import lab_csv, lab_fields, predict_answer, predict_ask, shell
from playground.ui.predict_runs import Chosen

_AHEAD = 24
_MOST = 200
_EDITED = 60
_SHOWN = 120
_HEIGHT = 320


def panel(chosen: Chosen, facts: Facts, inputs: dict[str, Any]) -> None:
    """Draw the end of the series and how it goes on."""
    tail = np.asarray(inputs["tail"], np.float64)
    name = inputs["target"] or _("value")
    unit = f"{name} ({inputs['unit']})" if inputs["unit"] else name
    left, right = st.columns((1, 2.4), gap="large")
    with left:
        ahead = lab_fields.slider(_("Steps ahead"), 1, _MOST, _AHEAD, "ahead")
        edited = _last_values(chosen, tail, name)
    values = np.concatenate([tail[: len(tail) - len(edited)], edited])
    answer = predict_ask.ask(chosen, "predict_series", {"steps": int(ahead)}, {"values": values})
    with right:
        if not answer.is_there:
            predict_ask.missing(answer)
            return
        found = answer.arrays["forecast"]
        _draw(values, found, unit)
        words = ngettext("{n} step later: **{value}**", "{n} steps later: **{value}**", len(found))
        said = [
            _("Next: **{value}**").format(value=predict_answer.number(found[0])),
            words.format(n=len(found), value=predict_answer.number(found[-1])),
        ]
        st.markdown(" &ensp; ".join(said))
        horizon = inputs["horizon"]
        note = ngettext(
            "The first step follows from what is known; every later one is made of forecasts, and errors add up.",
            "The first {n} steps follow from what is known; every later one is made of forecasts, and errors add up.",
            horizon,
        )
        st.caption(note.format(n=horizon))
        rows = [(at + 1, float(f"{value:.7g}")) for at, value in enumerate(found)]
        lab_csv.offer("forecast", (_("steps ahead"), name), rows)


def _last_values(chosen: Chosen, tail: np.ndarray, name: str) -> np.ndarray:
    """The last values of the series, as a table that can be edited, rows added at its end included."""
    n = min(_EDITED, len(tail))
    with st.expander(_("Last values"), type="compact", expanded=not shell.is_phone()):
        base = pd.DataFrame({name: tail[-n:]})
        edited = st.data_editor(
            base,
            key=f"predict-tail-{chosen.run.id}",
            num_rows="dynamic",
            hide_index=True,
            height=_HEIGHT,
            column_config={name: st.column_config.NumberColumn(required=True, format="%.5g")},
        )
        st.caption(_("Change values, or add some at the end, and see what the network makes of it."))
    return edited[name].to_numpy(np.float64)


def _draw(values: np.ndarray, found: np.ndarray, unit: str) -> None:
    shown = values[-_SHOWN:]
    past = np.arange(-len(shown) + 1, 1)
    lines = [
        Line(_("so far"), past, shown),
        Line(_("forecast"), np.arange(0, len(found) + 1), np.concatenate([shown[-1:], found])),
    ]
    both = np.concatenate([shown, found])
    low, high = float(np.nanmin(both)), float(np.nanmax(both))
    edge = 0.05 * ((high - low) or 1)
    pixels = _HEIGHT
    alt = _("The series so far, and {n} steps ahead from {first} to {last}").format(
        n=len(found), first=predict_answer.number(found[0]), last=predict_answer.number(found[-1])
    )
    st.echarts_chart(
        panels_chart((Panel(unit, lines, low - edge, high + edge),), _("steps"), pixels, is_stacked=True),
        height=panels_height(1, pixels, is_stacked=True),
        key="predict-forecast",
        alt=alt,
    )
