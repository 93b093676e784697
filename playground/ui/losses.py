"""The lab of losses: each as a function of one prediction, with the gradient that a network learns from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from playground.catalog.loss_domains import LOSS_DOMAINS
from playground.charts import Line
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.locale.text import _
from playground.ui import (
    draft,
    lab_answers,
    lab_csv,
    lab_experiments,
    losses_choice,
    losses_logits,
    losses_outlier,
    losses_shares,
    losses_take,
    losses_try,
    shell,
)
from playground.ui.lab_answers import Answer
from playground.ui.losses_choice import Chosen, Looked

_POINTS = 240  # even: no point lies at 0, where some losses have a corner
_HEIGHT, _STACKED = 330, 250
_STEEPEST = 6.0
_HIGHEST = 12.0


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    st.fragment(_panel)()


def _panel() -> None:
    row = shell.heading(_("Losses"), _("What a wrong prediction costs, and which way the gradient then points"))
    lab_experiments.panel("losses", losses_try.look_for(), losses_try.experiments())
    looked = losses_choice.choose()
    with row:
        losses_take.button(looked)
    answers = _curves(looked)
    below = {"regression": losses_outlier.panel, "binary": losses_logits.panel, "multiclass": losses_shares.panel}
    answers += below[looked.view](looked)
    lab_answers.missing(*answers)


def _curves(looked: Looked) -> list[Answer]:
    if not looked.losses:
        st.caption(_("Choose one or more losses above."))
        return []
    low, high = losses_choice.reach(looked)
    x = tuple(np.linspace(low, high, _POINTS).tolist())
    found = lab_answers.ask_all("loss", [_question(each, looked) for each in looked.losses], x=x)
    there = [(each, answer) for each, answer in zip(looked.losses, found, strict=True) if answer.is_there]
    if there:
        _pictures(there, looked, np.asarray(x))
    with st.container(gap=None):
        for each in looked.losses:
            st.markdown(_facts(each))
    return found


def _question(each: Chosen, looked: Looked) -> dict[str, Any]:
    """What is asked of a loss and its gradient."""
    axis = looked.axis if looked.view != "regression" else "score"
    args = each.args if axis == "score" else {k: v for k, v in each.args.items() if k != "from_logits"}
    return {"kind": each.entry.id, "args": args, "view": looked.view, "axis": axis, "target": looked.target}


def _facts(each: Chosen) -> str:
    """What a loss is and what it takes, in one line of Markdown."""
    domain = LOSS_DOMAINS[each.entry.id]
    said = _("{summary} Predictions: {predictions}. Targets: {targets}.")
    words = said.format(summary=_(each.entry.summary), predictions=_(domain.predictions), targets=_(domain.targets))
    return f":small[**{shell.plain(each.label)}** :gray[{shell.plain(words)}] [{_('More')}]({each.entry.url})]"


def _pictures(there: Sequence[tuple[Chosen, Answer]], looked: Looked, at: np.ndarray) -> None:
    is_stacked = shell.is_phone()
    each = _STACKED if is_stacked else _HEIGHT
    lines = {
        name: [Line(each.label, at, answer.arrays[name]) for each, answer in there] for name in ("loss", "gradient")
    }
    words = {
        "number": _("prediction"),
        "score": _("score before sigmoid or softmax"),
        "probability": _("predicted probability"),
    }
    panels = (
        Panel(_("Loss"), lines["loss"], -2, _HIGHEST),
        Panel(_("Its gradient, by the prediction"), lines["gradient"], -_STEEPEST, _STEEPEST),
    )
    marks = (looked.target,) if looked.view == "regression" else ()
    ends = [f"{line.name} {line.y[0]:.3g} … {line.y[-1]:.3g}" for line in lines["loss"]]
    st.echarts_chart(
        panels_chart(panels, words[looked.axis], each, is_stacked=is_stacked, marks=marks),
        height=panels_height(2, each, is_stacked=is_stacked),
        key="loss-curves",
        alt=_("Loss from the lowest to the highest prediction: {values}").format(values="; ".join(ends)),
    )
    lab_csv.offer("losses", ("loss", words[looked.axis], "value", "gradient"), lambda: _rows(there, at))


def _rows(there: Sequence[tuple[Chosen, Answer]], at: np.ndarray) -> lab_csv.Rows:
    for each, answer in there:
        yield from lab_csv.side_by_side(each.label, at, answer.arrays["loss"], answer.arrays["gradient"])
