"""Which sequence goes through which cell, with which weights. The choice stands in the address."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from playground.catalog.gates import CELLS, SEQUENCES, Cell, cell
from playground.locale.text import _
from playground.ui import lab_fields

CELL, SEQUENCE, LENGTH, TEXT, UNITS, SEED, GAIN = "cell", "sequence", "length", "text", "units", "seed", "gain"
_UNITS = (2, 4, 8, 16, 32)
_FIRST_TEXT = "hello world"
_LONGEST = 60
_BOUND: Mapping[str, Any] = {"bind": "query-params", "persist_state": "session"}


class Choice(NamedTuple):
    """All that decides what fresh weights make of a sequence.

    Attributes:
        units: of the cells.
        sequence: its id.
        length: steps; a text has its own.
        text: the letters.
        seed: of weights and noise.
        biases: of the gate that keeps, by layer.
        gain: that the recurrent weights are multiplied with.
    """

    units: int
    sequence: str
    length: int
    text: str
    seed: int
    biases: Mapping[str, float]
    gain: float

    def asked(self, kind: str) -> dict[str, Any]:
        """What is asked of a layer of ``kind``."""
        return {**self._asdict(), "biases": dict(self.biases), "kind": kind}


def bias_key(of: Cell) -> str:
    """The key of the slider of a cell's bias."""
    return f"{of.id}.bias"


def choose_cell() -> Cell:
    """Draw the choice of the layer."""
    return cell(lab_fields.part(_("Layer"), {each.id: each.id for each in CELLS}, CELL))


def choose(cells: tuple[Cell, ...]) -> Choice:
    """Draw the choice of the sequence and, in a popover, of the weights that ``cells`` begin with."""
    names = {each: _(name) for each, name in SEQUENCES.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox(
            _("Sequence"), list(names), format_func=names.__getitem__, key=SEQUENCE, width=240, **_BOUND
        )
        # Both are always drawn: a field that is not would lose what the address says.
        length = st.slider(_("Steps"), 5, _LONGEST, 30, key=LENGTH, width=200, disabled=name == "text", **_BOUND)
        text = st.text_input(
            _("Text"), _FIRST_TEXT, max_chars=_LONGEST, key=TEXT, width=200, disabled=name != "text", **_BOUND
        )
        units = st.selectbox("`units`", _UNITS, 2, key=UNITS, width=90, **_BOUND)
        with st.popover(_("Weights"), icon=":material/tune:"):
            seed, biases, gain = _weights(cells)
    return Choice(int(units), name, int(length), text, seed, biases, gain)


def _weights(cells: tuple[Cell, ...]) -> tuple[int, dict[str, float], float]:
    seed = int(st.number_input(_("Seed"), 0, 9999, 0, key=SEED, **_BOUND))
    gain = float(lab_fields.slider(_("Recurrent weights ×"), 0.1, 3.0, 1.0, GAIN, step=0.1))
    biases = {}
    for each in cells:
        if each.bias is None:
            continue
        gate, first = each.bias
        label = next(_(inner.label) for inner in each.inner if inner.id == gate)
        words = _("{layer}, bias of the {gate}").format(layer=each.id, gate=label)
        told = _("Above zero the gate begins open: the old state is kept. Keras begins with {n}.")
        value = lab_fields.slider(words, -5.0, 5.0, first, bias_key(each), step=0.5, help=told.format(n=f"{first:g}"))
        biases[each.id] = float(value)
    return seed, biases, gain
