"""One class against the rest: ROC, precision and recall, what a threshold gives, and whether shares can be trusted."""

import functools

import numpy as np
import streamlit as st

from playground.charts.unit_square import unit_chart
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.scores.calibration import reliability
from playground.scores.thresholds import AtThreshold, Steps, at_threshold, average_precision, roc_area, steps
from playground.ui import lab_fields, live_part, shell
from playground.ui.evaluate_choice import Chosen

_HEIGHT, _PHONE = 300, 240
_HALF = 0.5
_EQUAL = 1e-4


def panel(chosen: Chosen, found: Evaluation, names: tuple[str, ...]) -> float:
    """Draw the curves of one class, the threshold and its figures; returns the threshold, 0 to 1."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="threshold-title"):
        st.markdown(f"### {_('One class against the rest')}", width="stretch")
        curve = lab_fields.part(_("Curve"), {"roc": _("ROC"), "pr": _("Precision, recall")}, "curve")
    label = _hardest(found, len(names))
    columns = st.columns((1, 1.6), gap="small", vertical_alignment="bottom")
    with columns[0]:
        chosen_label = st.selectbox(
            _("Class"),
            range(len(names)),
            label,
            format_func=names.__getitem__,
            key=f"one-class-{chosen.view.run.id}",
            persist_state="session",
            disabled=len(names) == 2,
            help=_("Of two classes, the second is what is looked for.") if len(names) == 2 else None,
        )
    with columns[1]:
        threshold = float(lab_fields.slider(_("Threshold"), 0.0, 1.0, _HALF, "threshold", step=0.01))
    label = label if chosen_label is None else int(chosen_label)
    counted = _steps(found, label)
    positive, scores = found.arrays["true"] == label, found.arrays["shares"][:, label]
    at = at_threshold(positive, scores, threshold)
    with st.container(key="threshold-figures", gap="xsmall"):
        grid = st.grid(4, min_column_width=90, gap="small")
        for name, value in _figures(at).items():
            grid.metric(name, f"{value:.3f}")
        st.caption(_sentence(at, names[label]))
    _curve(chosen, counted, at, names, label, curve)
    return threshold


@functools.lru_cache(maxsize=32)
def _hardest(found: Evaluation, classes: int) -> int:
    """The class to begin with: of two the second, of several the one with the smallest area under its ROC curve."""
    if classes == 2:
        return 1
    areas = [roc_area(_steps(found, label)) for label in range(classes)]
    return int(np.nanargmin(areas)) if np.isfinite(areas).any() else 0


def calibration(chosen: Chosen, found: Evaluation, answered: np.ndarray) -> None:
    """Draw how sure the network is beside how often it is right."""
    st.markdown(f"### {_('Can its certainty be trusted?')}")
    shares, true = found.arrays["shares"], found.arrays["true"]
    given = shares[np.arange(len(true)), answered]
    bins = reliability(given, answered == true)
    there = bins.rows > 0
    said = _("It is {sure} % sure on average and right in {right} %. Expected calibration error {error}.").format(
        sure=f"{100 * given.mean():.1f}",
        right=f"{100 * np.mean(answered == true):.1f}",
        error=f"{bins.error:.3f}{_between(found, bins.error)}",
    )
    option = unit_chart(
        bins.confidence[there],
        bins.right[there],
        (_("share it gives its answer"), _("share that is right")),
        has_dots=True,
    )
    st.echarts_chart(option, height=_PHONE if shell.is_phone() else _HEIGHT, key="calibration", alt=said)
    words = said + " " + _("Below the line it is surer than it should be.")
    live_part.below(
        chosen.view,
        f"evaluate-calibration-{chosen.part}",
        words,
        lambda: {
            "confidence": bins.confidence[there].tolist(),
            "right": bins.right[there].tolist(),
            "rows": bins.rows[there].tolist(),
        },
    )


def _between(found: Evaluation, error: float) -> str:
    """The interval of the calibration error in brackets; empty where the threshold has made it another one."""
    value, low, high = map(float, found.values["scores"].get("calibration_error", (np.nan, np.nan, np.nan)))
    if not np.isfinite(low) or abs(value - error) > _EQUAL:
        return ""
    return _(" (95 % interval {low} to {high})").format(low=f"{low:.3f}", high=f"{high:.3f}")


def _figures(at: AtThreshold) -> dict[str, float]:
    return {_("Precision"): at.precision, _("Recall"): at.recall, _("F1"): at.f1, _("Accuracy"): at.accuracy}


def _sentence(at: AtThreshold, name: str) -> str:
    said = _("{found} of {positive} rows of {name} are found, and {wrong} others are taken for it.")
    return shell.plain(
        said.format(
            found=f"{at.found:,}", positive=f"{at.found + at.missed:,}", name=name, wrong=f"{at.false_alarms:,}"
        )
    )


@functools.lru_cache(maxsize=64)
def _steps(found: Evaluation, label: int) -> Steps:
    return steps(found.arrays["true"] == label, found.arrays["shares"][:, label])


def _curve(chosen: Chosen, counted: Steps, at: AtThreshold, names: tuple[str, ...], label: int, curve: str) -> None:
    if curve == "pr":
        share = counted.right[-1] / max(1.0, counted.right[-1] + counted.wrong[-1])
        x, y, point = counted.true_positive_rate, counted.precision, (at.recall, at.precision)
        axes, level = (_("recall"), _("precision")), (share, share)
        area = average_precision(counted)
        said = _("Average precision of {name}: {area}. Guessing would have {share}.").format(
            name=names[label], area=f"{area:.3f}", share=f"{share:.3f}"
        )
    else:
        x, y = counted.false_positive_rate, counted.true_positive_rate
        point, axes, level = (at.false_positive_rate, at.recall), (_("false positive rate"), _("recall")), (0.0, 1.0)
        said = _("Area under the ROC curve of {name}: {area}. Guessing would have 0.5.").format(
            name=names[label], area=f"{roc_area(counted):.3f}"
        )
    option = unit_chart(x, y, axes, point, level=level)
    height = _PHONE if shell.is_phone() else _HEIGHT
    st.echarts_chart(option, height=height, key=f"threshold-{curve}", alt=said)
    live_part.below(
        chosen.view,
        f"evaluate-{curve}-{chosen.part}",
        said,
        lambda: {
            "threshold": [float(each) if np.isfinite(each) else 1.0 for each in counted.thresholds],
            "false_positive_rate": counted.false_positive_rate.tolist(),
            "recall": counted.true_positive_rate.tolist(),
            "precision": counted.precision.tolist(),
        },
    )
