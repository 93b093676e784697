"""The lab of metrics: answers and a threshold to move, and what every metric says of them."""

from typing import Any

import streamlit as st

from playground.locale.text import _
from playground.ui import (
    draft,
    lab_answers,
    lab_experiments,
    lab_fields,
    metrics_classes,
    metrics_numbers,
    metrics_runs,
    metrics_table,
    metrics_take,
    metrics_try,
    shell,
)
from playground.ui.lab_answers import Answer

_OF_SEVERAL = ("SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "F1Score", "SparseCategoricalCrossentropy")


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    st.fragment(_panel)()


def _panel() -> None:
    row = shell.heading(
        _("Metrics"), _("What is right of a model's answers, told in one number: which number, and why")
    )
    lab_experiments.panel("metrics", metrics_try.look_for(), metrics_try.experiments())
    parts = {"classes": _("Two classes"), "several": _("Several classes"), "numbers": _("Numbers")}
    part = lab_fields.part(_("Part"), parts, "part")
    found = {"classes": _classes, "several": _several, "numbers": _numbers}[part]()
    values: dict[str, Any] = {}
    for answer in found:
        values |= answer.values.get("values", {})
    with row:
        metrics_take.button(values)
    if values:
        metrics_table.panel(values)
    lab_answers.missing(*found)


def _classes() -> list[Answer]:
    drawn = metrics_classes.panel()
    if drawn is None:
        return []
    shown, found = drawn
    asked = {"view": "binary", "points": shown.points}
    still = lab_answers.ask("metric_values", asked, **shown.arrays)
    moving = lab_answers.ask("metric_values", {**asked, "threshold": shown.threshold}, **shown.arrays)
    return [*found, still, moving]


def _several() -> list[Answer]:
    keys, n = metrics_classes, metrics_classes.SAMPLES
    run_id = metrics_runs.choose("multiclass")
    answered = metrics_runs.answers(run_id) if run_id else None
    if run_id and answered is None:
        return []
    arrays: dict[str, tuple[float, ...]] = {}
    with st.container(border=True, horizontal=True, gap="medium", key="metric-fields"):
        if answered is None:
            separation = lab_fields.slider(_("Separation"), 0.0, 4.0, 1.5, keys.SEPARATION, step=0.1, width=220)
            points: dict[str, Any] = {"separation": separation, "n": n, "seed": 0}
        else:
            points = {"classes": answered.shares.shape[1]}
            arrays = {"targets": keys.numbers_of(answered.targets), "answers": keys.numbers_of(answered.shares)}
        points["temperature"] = lab_fields.slider(
            _("Temperature"), 0.2, 5.0, 1.0, keys.TEMPERATURE, step=0.1, width=220
        )
    if answered is None:
        said = _("{n} samples of three classes; the score of the right one is higher by the separation, on average.")
        st.caption(said.format(n=n))
    found = lab_answers.ask("metric_values", {"view": "multiclass", "points": points}, **arrays)
    if found.is_there:
        metrics_table.headline(found.values["values"], _OF_SEVERAL, 240)
    return [found]


def _numbers() -> list[Answer]:
    return [metrics_numbers.panel()]
