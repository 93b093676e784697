"""The tanh as a sigmoid that is stretched and shifted, checked in numbers."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from playground.charts import Line
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields
from playground.ui.activations_choice import Chosen, places
from playground.ui.lab_answers import Answer

_FAR = 5.0
_HEIGHT = 260
_EQUAL = 1e-6


def panel(chosen: Sequence[Chosen]) -> list[Answer]:
    """Draw both, and say by how much they differ."""
    columns = st.columns([1, 2.4], gap="medium")
    with columns[0]:
        st.markdown(_("Stretch and shift a sigmoid until it is the tanh."))
        height = lab_fields.slider(_("Height a"), 0.5, 3.0, 1.0, "height", step=0.1)
        pace = lab_fields.slider(_("Pace b"), 0.5, 4.0, 1.0, "pace", step=0.1)
        shift = lab_fields.slider(_("Shift c"), -2.0, 1.0, 0.0, "shift", step=0.1)
    x = places(_FAR)
    found = lab_answers.ask("rescaled", {"height": height, "pace": pace, "shift": shift}, x=x)
    if not found.is_there:
        return [found]
    difference = found.values["difference"]
    with columns[1]:
        at = np.asarray(x)
        name = f"{height:g} · sigmoid({pace:g} · x) {'−' if shift < 0 else '+'} {abs(shift):g}"
        lines = [Line("tanh(x)", at, found.arrays["tanh"]), Line(name, at, found.arrays["sigmoid"])]
        gap = [Line("tanh(x)", at, found.arrays["tanh"] - found.arrays["sigmoid"])]
        st.echarts_chart(
            panels_chart(
                [Panel("", lines, -3, 3), Panel(_("tanh less the other"), gap, -3, 3)], "x", _HEIGHT, marks=(0.0,)
            ),
            height=panels_height(1, _HEIGHT, is_stacked=False),
            key="tanh-curves",
            alt=_("Largest difference {n}").format(n=f"{difference:.2g}"),
        )
        said = _("Largest difference on −5 to 5: **{n}**").format(n=f"{difference:.2g}")
        if difference < _EQUAL:
            said += " · " + _("that is nothing but rounding of 32-bit numbers: they are the same function.")
        lab_fields.outcome([said])
        rows = [row for line in lines for row in lab_csv.side_by_side(line.name, at, line.y)]
        lab_csv.offer("tanh", ("function", "x", "value"), rows)
    with columns[0]:
        if difference < _EQUAL:
            st.latex(r"\tanh x = 2\,\sigma(2x) - 1")
    return [found]
