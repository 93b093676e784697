"""Samples of sequences: what comes in and what is to come out, as rows that can be read, numbers also as lines."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from playground.locale.text import _
from playground.specs.facts import Facts
from playground.ui.data_rows import Rows

_ROWS = 200


def panel(rows: Rows, facts: Facts, label: int | None, height: int) -> int:
    """Draw sequences of one class or of all, each with its answer; returns how many there are."""
    at = rows.drawn(_ROWS, label)
    x, y = rows.x(at), rows.y[at]
    inputs = [spelled(row, facts.symbols) for row in x]
    answers = [_answer(target, facts) for target in y]
    asked = _("input") if facts.symbols or len(facts.input_shape) == 1 else _("sequence")
    columns: dict[str, list[object]] = {asked: [*inputs], _("answer"): [*answers]}
    shown = {}
    if not facts.symbols:
        columns[_("as a line")] = [*(_line(row, target, facts) for row, target in zip(x, y, strict=True))]
        shown = {_("as a line"): st.column_config.LineChartColumn(width="small")}
    st.dataframe(pd.DataFrame(columns), height=height, hide_index=True, key="sequences", column_config=shown)
    return len(at)


def spelled(values: np.ndarray, symbols: Sequence[str] = ()) -> str:
    """One sequence as one reads it.

    Args:
        values: shape (steps,), (steps, numbers) or (numbers,).
        symbols: what whole numbers stand for; empty for numbers that are meant as such.
    """
    if symbols:
        return "".join(symbols[int(value)] for value in values)
    if values.ndim == 1:
        return ", ".join(f"{value:.5g}" for value in values)
    return " | ".join(spelled(of) for of in values.T)


def _answer(target: np.ndarray, facts: Facts) -> str:
    if facts.classes and facts.is_sequence_answered:
        return spelled(target, facts.classes)
    if facts.classes:
        return facts.classes[int(target)]
    return spelled(np.atleast_1d(target))


def _line(row: np.ndarray, target: np.ndarray, facts: Facts) -> list[float]:
    """The numbers that come in and those that answer, one after another; of several a step the last of them."""
    parts = [] if len(facts.input_shape) == 1 else [row[:, -1]]
    parts += [] if facts.classes else [np.ravel(target)]
    return [float(value) for value in np.concatenate(parts)]
