"""The score as it is, or through a sigmoid first: the same loss, and not the same in 32 bits."""

import numpy as np
import streamlit as st

from playground.charts import Line
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields, shell
from playground.ui.lab_answers import Answer
from playground.ui.losses_choice import Looked

_FAR = 30.0
_POINTS = 240
_HEIGHT, _STACKED = 240, 220


def panel(looked: Looked) -> list[Answer]:
    """Draw the first loss that takes logits both ways, far out."""
    of = next((each for each in looked.losses if each.entry.param("from_logits") is not None), None)
    if of is None:
        return []
    st.markdown(f"### {_('Logits or probabilities')}")
    x = tuple(np.linspace(-_FAR, _FAR, _POINTS).tolist())
    plain = {name: value for name, value in of.args.items() if name != "from_logits"}
    asked = {"kind": of.entry.id, "view": "binary", "axis": "score", "target": looked.target}
    ways = {_("sigmoid, then the loss"): plain, "from_logits=True": {**plain, "from_logits": True}}
    found = [lab_answers.ask("loss", {**asked, "args": args}, x=x) for args in ways.values()]
    there = [(name, answer) for name, answer in zip(ways, found, strict=True) if answer.is_there]
    if there:
        at = np.asarray(x)
        panels = [
            Panel(title, [Line(name, at, answer.arrays[key]) for name, answer in there], -2, _FAR)
            for title, key in ((_("Loss of {name}").format(name=of.label), "loss"), (_("Its gradient"), "gradient"))
        ]
        is_stacked = shell.is_phone()
        each = _STACKED if is_stacked else _HEIGHT
        st.echarts_chart(
            panels_chart(panels, _("score"), each, is_stacked=is_stacked),
            height=panels_height(2, each, is_stacked=is_stacked),
            key="logits-chart",
            alt=_("Far out the loss after a sigmoid stays level and has no gradient; from logits it goes on."),
        )
        ends = [f"**{name}** {_worst(answer, looked):.4g}" for name, answer in there]
        lab_fields.outcome(
            [
                _("Loss of the worst score here: {values}").format(values=" · ".join(ends)),
                _("Keras cuts probabilities off at 1e−7 from 0 and 1: beyond that there is nothing to learn from."),
            ]
        )
        rows = [
            row
            for name, answer in there
            for row in lab_csv.side_by_side(name, at, answer.arrays["loss"], answer.arrays["gradient"])
        ]
        lab_csv.offer("logits", ("way", "score", "loss", "gradient"), rows)
    return found


def _worst(answer: Answer, looked: Looked) -> float:
    return float(answer.arrays["loss"][0 if looked.target else -1])
