"""How the curves of a comparison are drawn: which part, over what, each run or the mean of seeds, how smooth."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from playground.charts.band import BandKind
from playground.charts.smoothing import FACTOR
from playground.locale.text import _
from playground.runs import Comparison
from playground.ui import compare_axis, compare_groups, lab_fields, segments
from playground.ui.compare_groups import Group
from playground.ui.compare_words import Shown

_LEFT_OUT = 10
_MOST_SMOOTH = 0.99
_BANDS: Mapping[str, BandKind] = {"sd": "sd", "range": "range"}


class Look(NamedTuple):
    """How the curves are drawn.

    Attributes:
        part: ``"val"`` for validation, ``"train"`` for training, ``"both"``.
        band: what lies around the mean of folds or seeds; ``None`` for every run by itself.
        smoothing: the factor of the moving average; 0 for none.
        first: epochs at the beginning that are left out.
        axis: ``"epoch"``, ``"step"`` or ``"time"``.
        is_log: whether the axis of the loss is logarithmic.
    """

    part: str = "val"
    band: BandKind | None = None
    smoothing: float = 0.0
    first: int = 0
    axis: str = "epoch"
    is_log: bool = False


def choose(comparison: Comparison, shown: Sequence[Shown], alike: Sequence[Group]) -> Look:
    """Draw the switches; returns what they say."""
    has_validation = any(name.startswith("val_") for each in shown for name in each.view.epochs)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compare-look"):
        part, band = "train", None
        if has_validation:
            parts = {"val": _("Validation"), "train": _("Training"), "both": _("Both")}
            part = segments.choose(_("Part"), parts, "val", "compare-part") or "val"
        axis = lab_fields.part(_("Over"), compare_axis.axes(), "over")
        if comparison.kind == "folds" or compare_groups.has_seeds(alike):
            bands = {"sd": _("Mean ± sd"), "range": _("Min to max"), "each": _("Each run")}
            chosen = segments.choose(_("Curves"), bands, "sd", "compare-band")
            band = _BANDS.get(chosen or "sd")
        is_log = st.toggle(_("Log"), key="compare-log", help=_("A logarithmic axis for the loss; no bands are drawn."))
        smoothing, first = _smoothing(), _first()
    return Look(part, band, smoothing, first, axis, is_log)


def said(look: Look, bands: Sequence[Group], n: int) -> str:
    """What is drawn, in words."""
    words = []
    if look.part == "both":
        words.append(_("Solid: training, first in the tooltip. Dashed: validation."))
    if len(bands) == 1:
        lines = _("Line: the mean of {n} runs.").format(n=n)
    else:
        lines = _("Lines: the mean of the runs that differ in nothing but the seed.")
    match look.band:
        case "sd":
            words.append(f"{lines} {_('Band: one standard deviation to either side.')}")
        case "range":
            words.append(f"{lines} {_('Band: from the lowest to the highest of them.')}")
    if look.band:
        words.append(_("Where fewer have come that far, these alone count."))
    if look.smoothing:
        factor = f"{look.smoothing:g}"
        words.append(
            _("Smoothed by a moving average with the factor {factor}, which comes late.").format(factor=factor)
        )
    if look.first:
        words.append(_("Without the first {n} epochs.").format(n=look.first))
    if look.axis == "time":
        words.append(_("Seconds of training alone, without pauses."))
    return " ".join(words)


def _smoothing() -> float:
    if not st.toggle(_("Smooth"), key="compare-smooth", help=_("An exponential moving average of the epochs.")):
        return 0.0
    factor: float = st.slider(
        _("How smooth"),
        0.5,
        _MOST_SMOOTH,
        FACTOR,
        0.01,
        key="compare-factor",
        label_visibility="collapsed",
        width=130,
    )
    return factor


def _first() -> int:
    if not st.toggle(_("Leave out the first"), key="compare-later"):
        return 0
    return int(
        st.number_input(
            _("Epochs left out"),
            1,
            10_000,
            _LEFT_OUT,
            key="compare-first",
            label_visibility="collapsed",
            width=110,
        )
    )
