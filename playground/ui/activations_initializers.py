"""Weights as initializers draw them, and what each makes of a deep network."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from playground import catalog
from playground.charts import Line
from playground.charts.depth import depth_chart, heap_chart
from playground.locale.text import _
from playground.ui import activations_depth, lab_answers, lab_csv, lab_fields, shell
from playground.ui.activations_choice import Chosen
from playground.ui.lab_answers import Answer

COMPARED = "inits"
_FIRST = ("GlorotUniform", "HeNormal", "RandomNormal")
_HEIGHT = 300
_MOST = 6
_LAYERS = 50
_WIDEST = 512


def panel(chosen: Sequence[Chosen]) -> list[Answer]:
    """Draw the weights of several initializers, and the first chosen activation through 50 layers with each."""
    names = [entry.id for entry in catalog.entries("initializers")]
    picked = lab_fields.several(_("Initializers"), names, _FIRST, COMPARED)[:_MOST]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        units_in = lab_fields.slider(_("Units in"), 1, _WIDEST, 64, "units_in", width=220)
        units_out = lab_fields.slider(_("Units out"), 1, _WIDEST, 64, "units_out", width=220)
        with st.popover(_("Arguments"), icon=":material/tune:"):
            args = {name: _arguments(name) for name in picked}
    size = {"units_in": units_in, "units_out": units_out, "seed": 0}
    drawn = lab_answers.ask_all("initializer", [{"kind": name, "args": args[name], **size} for name in picked])
    columns = st.columns(2, gap="medium")
    there = [(name, answer) for name, answer in zip(picked, drawn, strict=True) if answer.is_there]
    if there:
        with columns[0]:
            _weights(there, units_in, units_out)
    found = []
    if chosen and picked:
        ways = [activations_depth.passage(chosen[0], name, args[name], _LAYERS) for name in picked]
        found = lab_answers.ask_all("passage", ways)
        with columns[1]:
            _depth(chosen[0], [(name, each) for name, each in zip(picked, found, strict=True) if each.is_there])
    return [*drawn, *found]


def _arguments(name: str) -> dict[str, Any]:
    entry = catalog.entry("initializers", name)
    if entry is None or not lab_fields.movable(entry, "initializers"):
        return {}
    st.markdown(f"**{name}**")
    return lab_fields.arguments(entry, "initializers")


def _weights(there: Sequence[tuple[str, Answer]], units_in: int, units_out: int) -> None:
    shape = f"{units_in} × {units_out}"
    st.markdown(f"#### {_('A matrix of {shape} weights').format(shape=shape)}")
    spreads = [f"{name}: {answer.values['deviation']:.3g}" for name, answer in there]
    st.echarts_chart(
        heap_chart([(name, answer.arrays["values"]) for name, answer in there]),
        height=_HEIGHT,
        key="initializer-heap",
        alt=_("Standard deviations: {values}").format(values=", ".join(spreads)),
    )
    lab_fields.outcome([_("Standard deviation"), *(f"**{each}**" for each in spreads)])
    lab_csv.offer("initializers", ("initializer", "share below", "weight"), lambda: _quantiles(there))


def _depth(first: Chosen, there: Sequence[tuple[str, Answer]]) -> None:
    st.markdown(f"#### {_('Spread of {activation} through 50 layers').format(activation=shell.plain(first.label))}")
    if not there:
        return
    at = np.arange(_LAYERS + 1)
    lines = [Line(name, at, np.sqrt(answer.arrays["variance"])) for name, answer in there]
    ends = ", ".join(f"{line.name} {line.y[-1]:.2g}" for line in lines)
    st.echarts_chart(
        depth_chart(lines, _LAYERS, _("layer")),
        height=_HEIGHT,
        key="initializer-depth",
        alt=_("After the last layer: {values}").format(values=ends),
    )
    lab_fields.outcome([activations_depth.spread_words(line.name, line.y) for line in lines])
    rows = [row for line in lines for row in lab_csv.side_by_side(line.name, line.x, line.y)]
    lab_csv.offer("initializers-depth", ("initializer", "layer", "spread"), rows)


def _quantiles(there: Sequence[tuple[str, Answer]]) -> lab_csv.Rows:
    for name, answer in there:
        values = answer.arrays["values"]
        yield from lab_csv.side_by_side(name, np.linspace(0, 1, len(values)), values)
