"""How far back the gradient reaches: SimpleRNN, LSTM and GRU side by side."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.catalog.gates import CELLS
from playground.charts import Line
from playground.charts.depth import depth_chart
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields, sequences_choice, sequences_take
from playground.ui.lab_answers import Answer

_HEIGHT = 340


def panel(row: DeltaGenerator) -> list[Answer]:
    """Draw the choice and the sizes of the gradient by step; returns what was asked.

    Args:
        row: of the heading, for the button into the draft.
    """
    with st.container(border=True, key="reach-choice"):
        choice = sequences_choice.choose(CELLS)
    with row:
        sequences_take.layer_button([each.id for each in CELLS], choice.units)
    found = lab_answers.ask_all("reach", [choice.asked(each.id) for each in CELLS])
    there = [(of.id, each.arrays["size"]) for of, each in zip(CELLS, found, strict=True) if each.is_there]
    if there:
        st.markdown(f"### {_('How much the last output depends on each step')}")
        n = len(there[0][1])
        lines = [Line(name, np.arange(n), size[::-1]) for name, size in there]
        st.echarts_chart(
            depth_chart(lines, n - 1, _("steps back from the last one")),
            height=_HEIGHT,
            key="reach-lines",
            alt="; ".join(_words(name, size) for name, size in there),
        )
        with st.container(key="reach-outcome"):
            lab_fields.outcome([_words(f"**{name}**", size) for name, size in there])
        st.caption(
            _(
                "The size of the gradient of the last hidden state with respect to the input of a step, all units "
                "together, on a logarithmic axis. Where it has vanished, training cannot learn from that step."
            )
        )
        rows = [(name, step, f"{value:.6g}") for name, size in there for step, value in enumerate(size, 1)]
        lab_csv.offer("reach", ("layer", "step", "gradient"), rows)
    return found


def _words(name: str, size: np.ndarray) -> str:
    """By what factor the gradient changes, a step."""
    first, last = float(size[0]), float(size[-1])
    if not first or not last or not np.isfinite(first):
        return _("{name}: nothing arrives at the first step").format(name=name)
    factor = (first / last) ** (1 / max(1, len(size) - 1))
    return _("{name} × {factor} a step back, × {whole} at the first").format(
        name=name, factor=f"{factor:.2f}", whole=f"{first / last:.1g}"
    )
