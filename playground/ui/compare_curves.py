"""The curves of a comparison over each other: the loss and a metric, side by side."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from playground.charts import Line, downsample
from playground.charts.band import BandKind, mean_band
from playground.charts.overlay import Overlaid, overlay_chart
from playground.charts.pair import pair_chart
from playground.charts.smoothing import smoothed
from playground.locale.text import _
from playground.runs import Comparison, is_higher_better
from playground.ui import compare_axis, compare_colours, compare_look, curves, draft, near, run_words, segments, shell
from playground.ui.compare_groups import Group, groups
from playground.ui.compare_look import Look
from playground.ui.compare_words import Shown
from playground.ui.series import Series

_HEIGHT, _PHONE_HEIGHT = 320, 260
_MORE_PX, _ROW = 24, 6  # of the legend, which goes into pages where it does not fit


class Drawn(NamedTuple):
    """What the curves are made of.

    Attributes:
        shown: the runs.
        bands: the groups whose mean is drawn; empty for every run by itself.
        order: names in the order of their colours.
        look: how they are drawn.
    """

    shown: tuple[Shown, ...]
    bands: tuple[Group, ...]
    order: tuple[str, ...]
    look: Look


def panel(comparison: Comparison, shown: tuple[Shown, ...]) -> None:
    """Draw the switches and the curves; nothing before a first epoch is complete."""
    if not any(each.view.epochs for each in shown):
        st.caption(_("The curves appear once a first epoch is complete."))
        return
    alike = groups(comparison, shown)
    look = compare_look.choose(comparison, shown, alike)
    drawn = _drawn(shown, alike, look)
    names = list(dict.fromkeys(name for each in shown for name in curves.metrics(each.view)))
    if not names:
        st.markdown(f"### {_('Loss')}")
        _chart(drawn, ("loss",))
    elif shell.is_phone():
        st.markdown(f"### {_('Loss')}")
        _chart(drawn, ("loss",))
        _chart(drawn, (_metric(comparison, names),))
    else:
        left, right = st.columns(2, gap="medium")
        with left, st.container(horizontal=True, vertical_alignment="center", height=44, border=False):
            st.markdown(f"### {_('Loss')}", width="content")
        with right:
            name = _metric(comparison, names)
        _chart(drawn, ("loss", name))
    st.caption(compare_look.said(look, drawn.bands, len(shown)))


def chosen(comparison: Comparison) -> str | None:
    """The metric that was chosen beside the loss, as Keras's History calls it; ``None`` while none was."""
    name: str | None = draft.widget(_metric_key(comparison))
    return name


def described(shown: Sequence[Shown], name: str) -> str:
    """What a chart shows, in words for those who do not see it."""
    said = []
    for label, view in shown:
        metric = view.run.metrics.get(f"val_{name}") or view.run.metrics.get(name)
        if metric is not None:
            said.append(f"{label} {run_words.value(metric.last)}")
    metric_words = run_words.first_upper(run_words.metric(name))
    return _("{metric} of {n} runs: {values}").format(metric=metric_words, n=len(shown), values=", ".join(said) or "–")


def _metric_key(comparison: Comparison) -> str:
    return f"compare-metric-{comparison.id}"


def _metric(comparison: Comparison, names: Sequence[str]) -> str:
    """Draw the title of the second chart, with the choice of the metric where there are several."""
    labels: Mapping[str, str] = {name: run_words.first_upper(run_words.metric(name)) for name in names}
    with st.container(horizontal=True, vertical_alignment="center", height=44, border=False):
        st.markdown(f"### {labels[names[0]] if len(names) == 1 else _('Metric')}", width="content")
        if len(names) == 1:
            return names[0]
        return segments.choose(_("Metric"), labels, names[0], _metric_key(comparison)) or names[0]


def _drawn(shown: tuple[Shown, ...], alike: tuple[Group, ...], look: Look) -> Drawn:
    order = compare_colours.order(shown)
    if not look.band:
        return Drawn(shown, (), order, look)
    firsts = {group.members[0].label: group.label for group in alike}
    return Drawn(shown, alike, tuple(firsts.get(label, "") for label in order), look)


def _chart(drawn: Drawn, names: tuple[str, ...]) -> None:
    height = _PHONE_HEIGHT if shell.is_phone() else _HEIGHT
    key = "compare-curves" if len(names) > 1 else f"compare-{'loss' if names[0] == 'loss' else 'metric'}"
    said = ". ".join(described(drawn.shown, name) for name in names)
    st.echarts_chart(_option(drawn, names), height=height, key=key, alt=said)


@functools.lru_cache(maxsize=64)  # views are the same objects while nothing happens, for all who look
def _option(drawn: Drawn, names: tuple[str, ...]) -> dict[str, Any]:
    options = [_one(drawn, name) for name in names]
    return pair_chart(*options) if len(options) == 2 else options[0]


def _one(drawn: Drawn, name: str) -> dict[str, Any]:
    look = drawn.look
    parts = [("", False)] if look.part == "train" else [("val_", look.part == "both")]
    if look.part == "both":
        parts = [("", False), *parts]
    lines = [one for prefix, is_dashed in parts for one in _overlaid(drawn, prefix, name, is_dashed)]
    first, last = _reach(drawn, lines)
    return overlay_chart(
        lines,
        first=first,
        epochs=last,
        x_name=compare_axis.name(look.axis),
        is_best_high=is_higher_better(name),
        is_log=look.is_log and name == "loss",
        order=drawn.order,
    )


def _reach(drawn: Drawn, lines: Sequence[Overlaid]) -> tuple[float, float]:
    """Where the x axis begins and ends."""
    look, runs = drawn.look, [each.view.run for each in drawn.shown]
    if look.axis != "epoch":
        x = np.concatenate([one.line.x for one in lines]) if lines else np.zeros(1)
        return (float(x.min()) if look.first else 0.0), float(x.max(initial=0.0)) or 1.0
    reached = max((run.epoch for run in runs), default=0)
    planned = max((run.epochs for run in runs), default=1)
    last = near.end(reached, planned) if any(not run.is_ended for run in runs) else reached
    return look.first, max(1, look.first + 1, last)


def _overlaid(drawn: Drawn, prefix: str, name: str, is_dashed: bool) -> list[Overlaid]:
    look = drawn.look
    found = {each.label: _curve(each, f"{prefix}{name}", look) for each in drawn.shown}
    found = {label: curve for label, curve in found.items() if len(curve[0])}
    if look.axis != "epoch":
        found = dict(zip(found, compare_axis.on_common(list(found.values())), strict=True))
    if not drawn.bands or look.band is None:
        return [Overlaid(_thinned(label, x, y), is_dashed) for label, (x, y) in found.items()]
    made = []
    for group in drawn.bands:
        members = [found[label] for label, _view in group.members if label in found]
        if members:
            made.append(_banded(group.label, members, look.band, is_dashed))
    return made


def _banded(label: str, members: list[tuple[np.ndarray, np.ndarray]], kind: BandKind, is_dashed: bool) -> Overlaid:
    x, mean, low, high = mean_band(members, kind)
    at = downsample(mean)
    return Overlaid(Line(label, x[at], mean[at]), is_dashed, low[at], high[at])


def _curve(each: Shown, name: str, look: Look) -> tuple[np.ndarray, np.ndarray]:
    series = each.view.epochs.get(name, Series())
    is_shown = series.x > look.first
    y = series.y[is_shown]
    x = compare_axis.along(each.view, series.x[is_shown], look.axis)
    return x, smoothed(y, look.smoothing) if look.smoothing else y


def _thinned(label: str, x: np.ndarray, y: np.ndarray) -> Line:
    at = downsample(y)
    return Line(label, x[at], y[at])
