"""One step of one unit, with its numbers in the formulas."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from playground.catalog.gates import Cell
from playground.locale.text import _
from playground.ui import shell
from playground.ui.by_hand_latex import aligned, worded


def panel(of: Cell, parts: Mapping[str, np.ndarray], at: int, unit: int, name: str, functions: tuple[str, str]) -> None:
    """Draw the formulas of the cell, and beside them the numbers of a step.

    Args:
        of: the cell.
        parts: what it worked out, (steps, units) each.
        at: the step, from 0.
        unit: from 0.
        name: what the step is called.
        functions: the names of the cell's activation, and of that of its gates.
    """
    st.markdown(f"#### {_('Step {n} ({name}) in numbers').format(n=at + 1, name=shell.plain(name))}")
    left, right = st.columns(2, gap="medium")
    with left:
        _drawn([each.replace("=", "&=", 1) for each in of.formulas], functions)
    with right:
        _drawn(numbers(of.id, parts, at, unit), functions)


def _drawn(lines: list[str], functions: tuple[str, str]) -> None:
    """Formulas are written for Keras's defaults; a layer may have other functions."""
    text = aligned(lines)
    for usual, sign, name in zip(("tanh", "sigmoid"), (r"\tanh", r"\sigma"), functions, strict=True):
        if name != usual:
            text = text.replace(sign, rf"\operatorname{{{worded(name)}}}")
    st.latex(rf"\footnotesize {text}\,")


def numbers(kind: str, parts: Mapping[str, np.ndarray], at: int, unit: int) -> list[str]:
    """Lines of LaTeX: what each part of the cell is, and how the states come of the parts."""
    now = {name: float(values[at, unit]) for name, values in parts.items()}
    before = {name: float(values[at - 1, unit]) if at else 0.0 for name, values in parts.items()}
    told = {name: _short(value) for name, value in now.items()}
    if kind == "LSTM":
        return [
            rf"f &= {told['f']},\quad i = {told['i']},\quad o = {told['o']}",
            rf"g &= {told['g']}",
            rf"c &= {told['f']} \cdot {_factor(before['c'])} + {told['i']} \cdot {_factor(now['g'])} = {told['c']}",
            rf"h &= {told['o']} \cdot \tanh({told['c']}) = {told['h']}",
        ]
    if kind == "GRU":
        rest = f"(1 - {told['z']})"
        return [
            rf"z &= {told['z']},\quad r = {told['r']}",
            rf"g &= {told['g']}",
            rf"h &= {told['z']} \cdot {_factor(before['h'])} + {rest} \cdot {_factor(now['g'])} = {told['h']}",
        ]
    return [rf"h_{{t-1}} &= {_short(before['h'])}", rf"h_t &= {told['h']}"]


def _short(value: float) -> str:
    return f"{value:.3f}"


def _factor(value: float) -> str:
    return f"({_short(value)})" if value < 0 else _short(value)
