"""Numbers: points, a line that answers, and how far off it is."""

import numpy as np
import streamlit as st

from playground.charts.residuals import residuals_chart
from playground.locale.text import _
from playground.ui import lab_answers, lab_csv, lab_fields, metrics_table
from playground.ui.lab_answers import Answer

SLOPE, INTERCEPT, OUTLIER = "slope", "intercept", "outlier"
_SLOPE, _START = 0.5, 1.0
_OFF = (0.1, -0.2, 0.15, 0.0, -0.1, 0.2, -0.15, 0.05, 0.1, -0.1)
_AT, _FAR = 8.5, 12.0
_LOWEST, _HIGHEST = -5.0, 25.0
_PX = 340
_FIRST = ("MeanSquaredError", "RootMeanSquaredError", "MeanAbsoluteError", "R2Score")


def panel() -> Answer:
    """Draw the part; returns what the workbench says of its points."""
    columns = st.columns([1, 3], gap="medium")
    with columns[0]:
        slider = lab_fields.slider
        slope = slider(_("Slope of the line"), -1.0, 2.0, _SLOPE, SLOPE, step=0.05)
        start = slider(_("Its height at 0"), -2.0, 6.0, _START, INTERCEPT, step=0.1)
        height = slider(_("Height of the orange point"), 0.5, 20.0, _FAR, OUTLIER, step=0.5)
        st.caption(_("Without that point the line is y = {slope} x + {height}.").format(slope=_SLOPE, height=_START))
    x = (*(float(each) for each in range(len(_OFF))), _AT)
    y = (*(_START + _SLOPE * place + off for place, off in zip(x, _OFF, strict=False)), float(height))
    asked = {"view": "regression", "points": {"slope": slope, "intercept": start}}
    found = lab_answers.ask("metric_values", asked, x=x, y=y)
    if found.is_there:
        values = found.values["values"]
        with columns[1]:
            metrics_table.headline(values, _FIRST, 165)
            st.echarts_chart(
                residuals_chart(
                    np.asarray(x),
                    np.asarray(y),
                    found.arrays["answers"],
                    (_("line"), _("points"), _("moved")),
                    (_LOWEST, _HIGHEST),
                ),
                height=_PX,
                key="metric-line",
                alt=", ".join(f"{name} {float(values[name]['value']):.3f}" for name in _FIRST),
            )
            rows = zip(x, y, found.arrays["answers"].tolist(), strict=True)
            lab_csv.offer("metrics-line", ("x", "y", "line"), list(rows))
    return found
