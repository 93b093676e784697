"""What becomes of values and of the gradient in a deep network, by activation."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from playground import catalog
from playground.charts import Line
from playground.charts.depth import depth_chart, heap_chart
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields, shell
from playground.ui.activations_choice import Chosen
from playground.ui.lab_answers import Answer

INITIALIZER, LAYERS = "init", "layers"
_HEIGHT = 280
_MOST = 50
_SEED = 0


def panel(chosen: Sequence[Chosen]) -> list[Answer]:
    """Draw spread, heap and gradient for the activations that are looked at; returns what was asked."""
    said, first, second = st.columns([2, 1, 1], gap="medium", vertical_alignment="bottom")
    said.caption(
        _("256 rows of 64 standard normal values go forward, a standard normal gradient comes back. No biases.")
    )
    with first:
        names = [entry.id for entry in catalog.entries("initializers")]
        kind = st.selectbox(_("Initializer"), names, key=INITIALIZER, bind="query-params", persist_state="session")
    with second:
        layers = lab_fields.slider(_("Layers"), 1, _MOST, 20, LAYERS)
    entry = catalog.entry("initializers", kind)
    args: dict[str, Any] = {}
    if entry is not None and lab_fields.movable(entry, "initializers"):
        with st.container(horizontal=True, gap="medium"):
            args = lab_fields.arguments(entry, "initializers")
    found = lab_answers.ask_all("passage", [passage(each, kind, args, layers) for each in chosen])
    there = [(each, answer) for each, answer in zip(chosen, found, strict=True) if answer.is_there]
    if there:
        _pictures([each.label for each, _answer in there], [answer for _each, answer in there], layers)
    return found


def passage(each: Chosen, initializer: str, args: dict[str, Any], layers: int) -> dict[str, Any]:
    """What is asked of the way of a standard normal through so many layers of the activation, and of the gradient."""
    asked = {"kind": each.entry.id, "args": each.args, "initializer": initializer, "initializer_args": args}
    return {**asked, "layers": layers, "seed": _SEED}


def _pictures(labels: Sequence[str], answers: Sequence[Answer], layers: int) -> None:
    at = np.arange(layers + 1)
    spreads = [np.sqrt(answer.arrays["variance"]) for answer in answers]
    columns = st.columns(3, gap="medium")
    with columns[0]:
        st.markdown(f"#### {_('Spread of the values')}")
        _chart("spread", [Line(label, at, y) for label, y in zip(labels, spreads, strict=True)], layers)
        lab_fields.outcome([spread_words(label, y) for label, y in zip(labels, spreads, strict=True)])
    with columns[1]:
        st.markdown(f"#### {_('Size of the gradient that comes back')}")
        gradients = [answer.arrays["gradient"] for answer in answers]
        _chart("gradient", [Line(label, at, y) for label, y in zip(labels, gradients, strict=True)], layers)
        with st.container(key="gradient-outcome"):
            lab_fields.outcome([_gradient(label, y) for label, y in zip(labels, gradients, strict=True)])
    with columns[2]:
        st.markdown(f"#### {_('Values after the last layer')}")
        heaps = [(label, answer.arrays["values"]) for label, answer in zip(labels, answers, strict=True)]
        st.echarts_chart(
            heap_chart(heaps), height=_HEIGHT, key="depth-heap", alt=_("How the values are spread after the last layer")
        )
        lab_fields.outcome([_dead(label, answer) for label, answer in zip(labels, answers, strict=True)])
    lab_csv.offer("depth", ("activation", "layer", "spread", "gradient", "dead units"), lambda: _rows(labels, answers))


def _rows(labels: Sequence[str], answers: Sequence[Answer]) -> lab_csv.Rows:
    """A row a layer; the input is layer 0, of which no unit can be dead."""
    for label, answer in zip(labels, answers, strict=True):
        of = answer.arrays
        layers = np.arange(len(of["variance"]))
        dead = np.concatenate([[0.0], of["dead"]])
        yield from lab_csv.side_by_side(label, layers, np.sqrt(of["variance"]), of["gradient"], dead)


def _chart(name: str, lines: Sequence[Line], layers: int) -> None:
    ends = ", ".join(f"{line.name} {line.y[0 if name == 'gradient' else -1]:.2g}" for line in lines)
    said = _("At layer 1: {values}") if name == "gradient" else _("After the last layer: {values}")
    st.echarts_chart(
        depth_chart(lines, layers, _("layer")), height=_HEIGHT, key=f"depth-{name}", alt=said.format(values=ends)
    )


def spread_words(label: str, spread: np.ndarray) -> str:
    """By what factor a layer changes the spread, on the way from the input to the last one."""
    name, last = shell.plain(label), float(spread[-1])
    if not np.isfinite(last):
        return _("**{name}** grows beyond all numbers").format(name=name)
    if last == 0:
        return _("**{name}** ends at one single value").format(name=name)
    factor = (last / float(spread[0])) ** (1 / (len(spread) - 1))
    return _("**{name}** × {factor} a layer").format(name=name, factor=f"{factor:.2f}")


def _gradient(label: str, gradient: np.ndarray) -> str:
    """How much of the gradient arrives at the input."""
    share = float(gradient[0] / gradient[-1]) if gradient[-1] else 0.0
    words = _("nothing") if share == 0 else _("no number") if not np.isfinite(share) else f"× {share:.1g}"
    return f"**{shell.plain(label)}** {words}"


def _dead(label: str, answer: Answer) -> str:
    """How many units of the last layer have no slope for any row."""
    dead = float(answer.arrays["dead"][-1])
    name = shell.plain(label)
    return _("**{name}**: {percent} % dead units").format(name=name, percent=f"{100 * dead:.0f}")
