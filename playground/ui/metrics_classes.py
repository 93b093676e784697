"""Two classes: the samples and a threshold, what comes of it, the curves, and how honest the probabilities are."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from playground.charts.answers import answers_chart
from playground.locale.text import _
from playground.ui import lab_answers, lab_fields, metrics_curves, metrics_runs
from playground.ui.data_look_csv import table_csv
from playground.ui.lab_answers import Answer
from playground.ui.tensors_fields import BOUND

SEPARATION, SHARE, TEMPERATURE, THRESHOLD = "separation", "positives", "temperature", "threshold"
POINT, SHIFT, TURNED = "point", "shift", "turned"
SAMPLES = 200
_ROWS_PX = 190


class Shown(NamedTuple):
    """What is looked at: the points as the workbench takes them, a run's answers as arrays, and the threshold."""

    points: dict[str, Any]
    threshold: float
    moved: int
    arrays: dict[str, tuple[float, ...]]


def panel() -> tuple[Shown, list[Answer]] | None:
    """Draw the part; returns what is looked at and what was answered, ``None`` while a run has not answered yet."""
    run_id = metrics_runs.choose("binary")
    answered = metrics_runs.answers(run_id) if run_id else None
    if run_id and answered is None:
        return None
    shown = _fields(answered)
    curves = lab_answers.ask("class_curves", {"points": shown.points}, **shown.arrays)
    asked = {"points": shown.points, "threshold": shown.threshold}
    found = lab_answers.ask("class_answers", asked, **shown.arrays)
    if curves.is_there and found.is_there:
        _numbers(found)
        _samples(shown, curves)
        metrics_curves.squares(curves, found)
        metrics_curves.over_thresholds(shown.threshold, curves)
        _download(curves)
    return shown, [curves, found]


def _fields(answered: metrics_runs.Answered | None) -> Shown:
    n = SAMPLES if answered is None else len(answered.targets)
    row: dict[str, Any] = {"horizontal": True, "vertical_alignment": "bottom", "gap": "medium"}
    with st.container(border=True, key="metric-fields", **row):
        slider, wide = lab_fields.slider, 140
        threshold = slider(_("Threshold"), 0.0, 1.0, 0.5, THRESHOLD, step=0.01, width=200)
        points: dict[str, Any] = {}
        if answered is None:
            told = _("How far the two bells lie apart that the samples are drawn from, in standard deviations.")
            how: dict[str, Any] = {"step": 0.1, "width": wide, "help": told}
            points["separation"] = slider(_("Separation"), 0.0, 4.0, 1.5, SEPARATION, **how)
            points["share"] = slider(_("Share of class 1"), 0.02, 0.98, 0.4, SHARE, step=0.01, width=wide)
        temperature = slider(
            _("Temperature"),
            0.2,
            5.0,
            1.0,
            TEMPERATURE,
            step=0.1,
            width=wide,
            help=_("Scores are divided by it before the sigmoid. Below 1 the model is too sure of itself."),
        )
        with st.popover(_("Move a sample"), icon=":material/open_with:"):
            point = st.number_input(_("Number of the sample"), 0, n - 1, 0, key=POINT, **BOUND)
            shift = slider(_("Added to its score"), -8.0, 8.0, 0.0, SHIFT, step=0.1)
            is_turned = st.toggle(_("It belongs to the other class"), key=TURNED, **BOUND)
            if answered is None:
                seed = int(st.number_input(_("Seed of all samples"), 0, 9999, 0, key="seed", **BOUND))
                points |= {"n": n, "seed": seed}
    is_moved = bool(shift or is_turned)
    points |= {"temperature": temperature, "moved": [[int(point), shift, is_turned]] if is_moved else []}
    arrays = {}
    if answered is not None:
        arrays = {"targets": numbers_of(answered.targets), "answers": numbers_of(answered.shares[:, 1])}
    return Shown(points, float(threshold), int(point) if is_moved else -1, arrays)


def numbers_of(values: np.ndarray) -> tuple[float, ...]:
    """``values`` as :func:`playground.ui.lab_answers.ask` takes them, one row after the other."""
    return tuple(values.astype(float).ravel().tolist())


def _numbers(found: Answer) -> None:
    told = {
        "accuracy": _("right answers of all"),
        "precision": _("right of all called 1"),
        "recall": _("found of class 1"),
        "f1": _("both in one number"),
        "specificity": _("left alone of class 0"),
    }
    with st.container(horizontal=True, gap="medium", key="metric-numbers"):
        for name, label in metrics_curves.names().items():
            with st.container(width=150, gap=None):
                st.metric(label, f"{found.values[name]:.3f}")
                st.caption(told[name])


def _samples(shown: Shown, curves: Answer) -> None:
    answers, targets = curves.arrays["answers"], curves.arrays["targets"]
    names = (_("found"), _("missed"), _("false alarm"), _("left alone"))
    st.echarts_chart(
        answers_chart(answers, targets, shown.threshold, names, _("probability of class 1"), shown.moved),
        height=_ROWS_PX,
        key="metric-samples",
        alt=_("{n} samples by their probability, class 1 above class 0, and the threshold at {threshold}").format(
            n=len(answers), threshold=f"{shown.threshold:.2f}"
        ),
    )


def _download(curves: Answer) -> None:
    of = curves.arrays
    tables = {
        _("Samples (CSV)"): {"class": of["targets"], "probability": of["answers"]},
        _("Curves (CSV)"): {
            "threshold": of["thresholds"],
            **dict(zip(metrics_curves.names(), of["by_threshold"], strict=True)),
        },
    }
    with st.container(horizontal=True, gap="small"):
        for label, table in tables.items():
            columns = {name: [float(f"{each:.7g}") for each in values.tolist()] for name, values in table.items()}
            st.download_button(
                label,
                table_csv(columns),
                "metrics.csv",
                "text/csv",
                key=f"classes-{next(iter(table))}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
            )
