"""Two classes over all thresholds: ROC, precision against recall, calibration, and the shares at each."""

import numpy as np
import streamlit as st

from playground.charts import Line
from playground.charts.answers import Curve, Square, squares_chart, squares_height
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.locale.text import _
from playground.ui import lab_fields, shell
from playground.ui.lab_answers import Answer

_SQUARE_PX, _OVER_PX = 310, 230


def squares(curves: Answer, found: Answer) -> None:
    """Draw ROC, precision against recall, and calibration, with the place of the threshold."""
    values, of = found.values, curves.arrays
    here = _("threshold")
    ones = float(np.mean(of["targets"]))
    is_some = values["true_positives"] + values["false_positives"] > 0
    pictures = (
        Square(
            _("ROC: area {n}").format(n=f"{curves.values['roc_area']:.3f}"),
            _("false alarms of class 0"),
            _("recall"),
            Curve(_("ROC"), of["false_alarms"], of["hits"]),
            (0.0, 1.0),
            (here, 1 - values["specificity"], values["recall"]),
        ),
        Square(
            _("Precision and recall: area {n}").format(n=f"{curves.values['pr_area']:.3f}"),
            _("recall"),
            _("precision"),
            Curve(_("PR"), of["recall"], of["precision"]),
            (ones, ones),
            (here, values["recall"], values["precision"]) if is_some else None,
        ),
        Square(
            _("Calibration: off by {n}").format(n=f"{curves.values['off']:.3f}"),
            _("mean probability of a tenth"),
            _("share of class 1"),
            Curve(_("Calibration"), of["said"], of["found"], has_marks=True),
            (0.0, 1.0),
        ),
    )
    is_stacked = shell.is_phone()
    st.echarts_chart(
        squares_chart(pictures, _SQUARE_PX, is_stacked=is_stacked),
        height=squares_height(len(pictures), _SQUARE_PX, is_stacked=is_stacked),
        key="metric-squares",
        alt="; ".join(each.title for each in pictures),
    )
    lab_fields.outcome(
        [
            _("log loss **{n}**").format(n=f"{curves.values['log_loss']:.4f}"),
            _("squared error of the probabilities (Brier) **{n}**").format(n=f"{curves.values['brier']:.4f}"),
            _("always saying the larger class is right for **{n}**").format(n=f"{max(ones, 1 - ones):.3f}"),
            _("dashed: answers at random, and probabilities that are as often right as they say"),
        ]
    )


def over_thresholds(threshold: float, curves: Answer) -> None:
    """Draw what every threshold would come to, and where the chosen one stands."""
    at = curves.arrays["thresholds"]
    lines = [Line(name, at, y) for name, y in zip(names().values(), curves.arrays["by_threshold"], strict=True)]
    best = {line.name: float(at[np.argmax(line.y)]) for line in lines}
    st.echarts_chart(
        panels_chart([Panel(_("At every threshold"), lines, 0, 1)], _("threshold"), _OVER_PX, marks=(threshold,)),
        height=panels_height(1, _OVER_PX, is_stacked=False),
        key="metric-thresholds",
        alt=", ".join(_("{name} highest at {at}").format(name=name, at=f"{x:.2f}") for name, x in best.items()),
    )


def names() -> dict[str, str]:
    """What the numbers are called, by their fields, in the order of ``by_threshold``."""
    return {
        "accuracy": _("Accuracy"),
        "precision": _("Precision"),
        "recall": _("Recall"),
        "f1": _("F1"),
        "specificity": _("Specificity"),
    }
