"""The multiplications that make one number of the result, written out."""

import numpy as np
import streamlit as st

from playground.locale.text import _
from playground.ui.by_hand_latex import aligned
from playground.ui.lab_answers import Answer

_ACROSS = 3  # terms on a line


def panel(found: Answer, kernel: np.ndarray, output: float, place: tuple[int, int]) -> None:
    """Draw every product, a row of the kernel a line, and what they add up to; channels side by side.

    Args:
        found: the answer to the question of the window.
        kernel: its numbers, (height, width, channels).
        output: the number of the result.
        place: its row and column.
    """
    st.markdown(f"#### {_('Multiplied and added up')}")
    values, sums = found.arrays["values"], found.arrays["sums"]
    if kernel.shape[2] == 1:
        _drawn([*written(values[:, :, 0], kernel[:, :, 0]), rf"=\ {_short(found.values['total'])}"])
    else:
        names = (_("red"), _("green"), _("blue"))
        for channel, column in enumerate(st.columns(len(names), gap="small")):
            own = written(values[:, :, channel], kernel[:, :, channel])
            with column:
                _drawn([rf"\text{{{names[channel]}}}", *own, rf"=\ {_short(float(sums[channel]))}"])
        terms = " + ".join(_factor(float(each)) for each in sums)
        _drawn([rf"\text{{{_('together')}}}\quad {terms} = {_short(found.values['total'])}"])
    said = _("Picture times kernel. Row {row}, column {column} of the result: **{n}**.")
    st.caption(said.format(row=place[0] + 1, column=place[1] + 1, n=f"{output:.4f}".replace("-", "−")))


def _drawn(lines: list[str]) -> None:
    # The thin space at the end: without it KaTeX is two pixels wider than its frame, which then can be scrolled.
    st.latex(r"\footnotesize " + aligned([f"& {each}" for each in lines]) + r"\,")


def written(values: np.ndarray, kernel: np.ndarray) -> list[str]:
    """Lines of LaTeX: every value times its number of the kernel, with plus signs between them.

    Args:
        values, kernel: (rows, columns).
    """
    lines: list[str] = []
    for row, factors in zip(values, kernel, strict=True):
        terms = [
            rf"{_short(float(value))} \cdot {_factor(float(factor))}"
            for value, factor in zip(row, factors, strict=True)
        ]
        for at in range(0, len(terms), _ACROSS):
            lines.append((r"+\ " if lines else "") + " + ".join(terms[at : at + _ACROSS]))
    return lines


def _short(value: float) -> str:
    """With four decimals at most, and no more than it takes."""
    return f"{round(value, 4) + 0.0:g}"


def _factor(value: float) -> str:
    return f"({_short(value)})" if value < 0 else _short(value)
