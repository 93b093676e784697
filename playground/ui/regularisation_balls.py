"""The balls of L1 and L2: where a loss over two weights and what a penalty leaves them touch."""

import numpy as np
import streamlit as st

from playground.charts.balls import Ball, balls_figure
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields, shell
from playground.ui.lab_answers import Answer

STRENGTH, FIRST, SECOND, TILT = "strength", "w1", "w2", "together"
_HEIGHT, _STACKED = 470, 800
_ZERO = 1e-3
_KINDS = {"L1": "|w₁| + |w₂|", "L2": "w₁² + w₂²"}


def panel() -> None:
    """Draw both penalties beside each other, with sliders for their strength and for the loss."""
    with st.container(border=True, horizontal=True, gap="medium", key="balls-choice"):
        exponent = lab_fields.slider(_("Strength λ (decimal exponent)"), -2.0, 1.0, 0.0, STRENGTH, step=0.05, width=260)
        first = lab_fields.slider(_("Best w₁"), -2.0, 2.0, 1.5, FIRST, step=0.1, width=180)
        second = lab_fields.slider(_("Best w₂"), -2.0, 2.0, 0.6, SECOND, step=0.1, width=180)
        tilt = lab_fields.slider(
            _("Correlation of the inputs"),
            -0.7,
            0.7,
            0.3,
            TILT,
            step=0.1,
            width=180,
            help=_("How much both inputs go together: it tilts the lines of equal loss."),
        )
    asked = [{"kind": kind, "best": [round(first, 3), round(second, 3)], "tilt": round(tilt, 3)} for kind in _KINDS]
    answers = lab_answers.ask_all("touched", asked)
    if all(each.is_there for each in answers):
        _picture(answers, float(exponent), (first, second))
    lab_answers.missing(*answers)


def _picture(answers: list[Answer], exponent: float, best: tuple[float, float]) -> None:
    found = [each.arrays for each in answers]
    at = int(np.argmin(np.abs(np.log10(found[0]["strengths"]) - exponent)))
    balls = [
        Ball(
            f"{kind}: {_('loss')} + λ ({formula})",
            each["at"],
            each["losses"],
            each["reached"],
            float(each["penalties"][at]),
            each["weights"][at],
            each["weights"],
            best,
        )
        for (kind, formula), each in zip(_KINDS.items(), found, strict=True)
    ]
    words = {"best": _("without a penalty"), "found": _("with it"), "way": _("at every strength")}
    is_stacked = shell.is_phone()
    figure = balls_figure(balls, words, shell.theme(), is_stacked=is_stacked)
    said = [_said(kind, each.weights) for kind, each in zip(_KINDS, balls, strict=True)]
    height = _STACKED if is_stacked else _HEIGHT
    st.plotly_chart(figure, height=height, key="balls", config={"displayModeBar": False})
    lab_fields.outcome([f"λ = {found[0]['strengths'][at]:.3g}", *said])
    with st.container(horizontal=True, vertical_alignment="center", wrap=shell.is_phone()):
        words_below = _(
            "Grey: lines of equal loss. Blue: all weights whose penalty is no larger than that of the point found; the "
            "dotted line of loss only touches it. A square has corners on the axes, a circle has none."
        )
        st.caption(words_below, width="stretch")
        rows = (
            (kind, *(float(f"{value:.6g}") for value in (strength, *weights)))
            for kind, each in zip(_KINDS, found, strict=True)
            for strength, weights in zip(each["strengths"], each["weights"], strict=True)
        )
        lab_csv.offer("balls", ("penalty", "strength", "w1", "w2"), rows)


def _said(kind: str, weights: np.ndarray) -> str:
    first, second = (0.0 if abs(each) < _ZERO else float(each) for each in weights)
    point = f"**{kind}** w₁ = {first:.2f}, w₂ = {second:.2f}".replace("-", "−")
    zeros = [name for name, each in (("w₁", first), ("w₂", second)) if each == 0]
    return point + (f" ({_('{names} is 0').format(names=', '.join(zeros))})" if zeros else "")
