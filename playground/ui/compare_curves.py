"""The curves of a comparison over each other: the loss and a metric, side by side."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from playground.charts import Line, downsample
from playground.charts.band import BandKind, mean_band
from playground.charts.overlay import Overlaid, overlay_chart
from playground.charts.smoothing import FACTOR, smoothed
from playground.locale.text import _
from playground.runs import Comparison, is_higher_better
from playground.ui import curves, draft, run_words, segments, shell
from playground.ui.compare_words import Shown
from playground.ui.reader import Series

_HEIGHT, _PHONE_HEIGHT = 300, 260
_LEFT_OUT = 10
_BANDS: Mapping[str, BandKind] = {"sd": "sd", "range": "range"}


class Look(NamedTuple):
    """How the curves are drawn.

    Attributes:
        part: ``"val"`` for validation, ``"train"`` for training, ``"both"``.
        band: of folds, what lies around their mean; ``None`` for every run by itself.
        is_smooth: whether as a moving average.
        first: epochs at the beginning that are left out.
    """

    part: str = "val"
    band: BandKind | None = None
    is_smooth: bool = False
    first: int = 0


def panel(comparison: Comparison, shown: tuple[Shown, ...]) -> None:
    """Draw the switches and the curves; nothing before a first epoch is complete."""
    if not any(each.view.epochs for each in shown):
        st.caption(_("The curves appear once a first epoch is complete."))
        return
    look = _look(comparison, shown)
    names = list(dict.fromkeys(name for each in shown for name in curves.metrics(each.view)))
    columns = st.columns(2, gap="medium") if names else [st.container()]
    with columns[0]:
        st.markdown(f"### {_('Loss')}")
        _chart(shown, "loss", look)
    if names:
        with columns[1]:
            labels = {name: run_words.first_upper(run_words.metric(name)) for name in names}
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"### {labels[names[0]] if len(names) == 1 else _('Metric')}", width="content")
                name = None
                if len(names) > 1:
                    name = segments.choose(_("Metric"), labels, names[0], _metric_key(comparison))
            _chart(shown, name or names[0], look)
    st.caption(_said(look, len(shown)))


def chosen(comparison: Comparison) -> str | None:
    """The metric that was chosen beside the loss, as Keras's History calls it; ``None`` while none was."""
    name: str | None = draft.widget(_metric_key(comparison))
    return name


def _metric_key(comparison: Comparison) -> str:
    return f"compare-metric-{comparison.id}"


def _look(comparison: Comparison, shown: tuple[Shown, ...]) -> Look:
    has_validation = any(name.startswith("val_") for each in shown for name in each.view.epochs)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compare-look"):
        part, band = "train", None
        if has_validation:
            parts = {"val": _("Validation"), "train": _("Training"), "both": _("Both")}
            part = segments.choose(_("Part"), parts, "val", "compare-part") or "val"
        if comparison.kind == "folds":
            bands = {"sd": _("Mean ± sd"), "range": _("Min to max"), "each": _("Each run")}
            chosen = segments.choose(_("Curves"), bands, "sd", "compare-band")
            band = _BANDS.get(chosen or "sd")
        is_smooth = st.toggle(
            _("Smooth"),
            key="compare-smooth",
            help=_("An exponential moving average with the factor {n}.").format(n=FACTOR),
        )
        first = 0
        if st.toggle(_("Leave out the first"), key="compare-later"):
            first = st.number_input(
                _("Epochs left out"),
                1,
                10_000,
                _LEFT_OUT,
                key="compare-first",
                label_visibility="collapsed",
                width=110,
            )
    return Look(part, band, is_smooth, int(first))


def _said(look: Look, n: int) -> str:
    """What is drawn, in words."""
    said = []
    if look.part == "both":
        said.append(_("Solid: training, first in the tooltip. Dashed: validation."))
    match look.band:
        case "sd":
            said.append(_("Line: the mean of {n} runs. Band: one standard deviation to either side.").format(n=n))
        case "range":
            said.append(_("Line: the mean of {n} runs. Band: from the lowest to the highest of them.").format(n=n))
    if look.band:
        said.append(_("Where fewer have come that far, these alone count."))
    if look.is_smooth:
        said.append(_("Smoothed by a moving average with the factor {factor}, which comes late.").format(factor=FACTOR))
    if look.first:
        said.append(_("Without the first {n} epochs.").format(n=look.first))
    return " ".join(said)


def _chart(shown: tuple[Shown, ...], name: str, look: Look) -> None:
    height = _PHONE_HEIGHT if shell.is_phone() else _HEIGHT
    key = f"compare-{'loss' if name == 'loss' else 'metric'}"
    st.echarts_chart(_option(shown, name, look), height=height, key=key, alt=described(shown, name))


def described(shown: Sequence[Shown], name: str) -> str:
    """What a chart shows, in words for those who do not see it."""
    said = []
    for label, view in shown:
        metric = view.run.metrics.get(f"val_{name}") or view.run.metrics.get(name)
        if metric is not None:
            said.append(f"{label} {run_words.value(metric.last)}")
    metric_words = run_words.first_upper(run_words.metric(name))
    return _("{metric} of {n} runs: {values}").format(metric=metric_words, n=len(shown), values=", ".join(said) or "–")


@functools.lru_cache(maxsize=64)  # views are the same objects while nothing happens, for all who look
def _option(shown: tuple[Shown, ...], name: str, look: Look) -> dict[str, Any]:
    parts = [("", False)] if look.part == "train" else [("val_", look.part == "both")]
    if look.part == "both":
        parts = [("", False), *parts]
    drawn = [one for prefix, is_dashed in parts for one in _overlaid(shown, prefix, name, is_dashed, look)]
    runs = [each.view.run for each in shown]
    reached = max((run.epoch for run in runs), default=0)
    planned = max((run.epochs for run in runs), default=1)
    return overlay_chart(
        drawn,
        first=look.first,
        epochs=max(1, look.first + 1, planned if any(not run.is_ended for run in runs) else reached),
        x_name=_("epoch"),
        is_best_high=is_higher_better(name),
    )


def _overlaid(shown: Sequence[Shown], prefix: str, name: str, is_dashed: bool, look: Look) -> list[Overlaid]:
    found = [(each.label, *_curve(each, f"{prefix}{name}", look)) for each in shown]
    found = [(label, x, y) for label, x, y in found if len(x)]
    if not look.band:
        return [Overlaid(_thinned(label, x, y), is_dashed) for label, x, y in found]
    if not found:
        return []
    x, mean, low, high = mean_band([(x, y) for _label, x, y in found], look.band)
    chosen = downsample(mean)
    line = Line(_("validation") if prefix else _("training"), x[chosen], mean[chosen])
    return [Overlaid(line, is_dashed, low[chosen], high[chosen])]


def _curve(each: Shown, name: str, look: Look) -> tuple[np.ndarray, np.ndarray]:
    series = each.view.epochs.get(name, Series())
    is_shown = series.x > look.first
    y = series.y[is_shown]
    return series.x[is_shown], smoothed(y) if look.is_smooth else y


def _thinned(label: str, x: np.ndarray, y: np.ndarray) -> Line:
    chosen = downsample(y)
    return Line(label, x[chosen], y[chosen])
