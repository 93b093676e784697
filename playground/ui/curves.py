"""The learning curves of a run: loss and a metric, side by side."""

import functools
import math
from typing import Any

import numpy as np
import streamlit as st

from playground.charts import curves_chart
from playground.locale.text import _
from playground.runs import is_higher_better
from playground.ui import near, run_words, segments, shell
from playground.ui.earlier import Earlier, Runs
from playground.ui.reader import View
from playground.ui.shown import Shown, control

_HEIGHT, _PHONE_HEIGHT = 400, 300
_LINE = 2  # points
_TITLE_HEIGHT = 44  # with and without a switch, so that the charts stand level


def panel(view: View, beside: Runs | None = None) -> None:
    """Draw the loss and, where the run has any, a metric; both over epochs, single batches behind.

    Nothing is drawn of a run that ended before there was a line to draw.

    Args:
        view: the run.
        beside: other runs of its draft, whose validation is drawn faintly behind.
    """
    if view.run.is_ended and not view.run.epoch and _measured(view, "loss") < _LINE:
        return
    behind, differs = beside or Runs()
    names = metrics(view)
    charts = st.container()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="curves-below"):
        said = st.empty()
        shown = shown_part(view, names)
    with charts:
        _both(view, names, behind, shown)
        if differs:
            st.markdown(differs)
    if words := _points(view, shown):
        said.caption(words, width="content")


def shown_part(view: View, names: list[str]) -> Shown:
    """Draw the choice of what is shown of the curves, once there are any; returns it."""
    if not view.epochs and not view.batches:
        return Shown()
    return control(view.run.id, max(1, math.ceil(_planned_epochs(view))), has_metric=bool(names))


def _both(view: View, names: list[str], behind: tuple[Earlier, ...], shown: Shown) -> None:
    left, right = st.columns(2, gap="medium") if names else (st.container(), None)
    with left:
        scales = {"linear": _("Linear"), "log": _("Log")}
        scale = _choice(_("Loss"), _("Scale"), scales, key=f"scale-{view.run.id}")
        _chart(view, "loss", behind, shown, is_log=scale == "log")
    if right is not None:
        with right:
            labels = {name: run_words.first_upper(run_words.metric(name)) for name in names}
            title = labels[names[0]] if len(names) == 1 else _("Metric")
            name = _choice(title, _("Metric"), labels if len(names) > 1 else {}, key=f"metric-{view.run.id}")
            _chart(view, name or names[0], behind, shown, is_log=shown.is_metric_log)


def small(view: View, height: int) -> None:
    """Draw the loss alone, without title and switches, ``height`` pixels high."""
    option = _option(view, "loss", False, (), Shown())
    st.echarts_chart(option, height=height, key=f"small-{view.run.id}", alt=described(view, "loss"))


def metrics(view: View) -> list[str]:
    """The metrics that the run has curves of, as Keras's History names them, without the loss."""
    names = dict.fromkeys([*view.batches, *(name.removeprefix("val_") for name in view.epochs)])
    found = [name for name in names if name not in ("loss", "learning_rate")]
    planned = [run_words.history_name(metric.kind) for metric in view.spec.training.metrics]
    return found or ([] if view.run.is_ended else planned)


def _measured(view: View, name: str) -> int:
    """In how many batches ``name`` was a number."""
    return int(np.isfinite(view.batches[name].y).sum()) if name in view.batches else 0


def described(view: View, name: str, behind: tuple[Earlier, ...] = ()) -> str:
    """What a chart shows, in words for those who do not see it."""
    run = view.run
    said = []
    for key, label in ((name, _("training")), (f"val_{name}", _("validation"))):
        if key in run.metrics:
            said.append(f"{label} {run_words.value(run.metrics[key].last)}")
    if not said:
        return _("{metric}: no epoch is complete yet").format(metric=run_words.first_upper(run_words.metric(name)))
    best = run.metrics.get(f"val_{name}")
    if best is not None and best.best_epoch is not None:
        said.append(_("best {value} in epoch {epoch}").format(value=run_words.value(best.best), epoch=best.best_epoch))
    if behind:
        said.append(_("behind it {runs}").format(runs=", ".join(each.name for each in behind)))
    metric = run_words.first_upper(run_words.metric(name))
    return _("{metric} after epoch {epoch}: {values}").format(metric=metric, epoch=run.epoch, values=", ".join(said))


def _choice(title: str, label: str, options: dict[str, str], key: str) -> str | None:
    """A chart's title and a switch, where the chart's own buttons do not cover it.

    Returns what is chosen, ``None`` without options.
    """
    with st.container(horizontal=True, vertical_alignment="center", height=_TITLE_HEIGHT, border=False):
        st.markdown(f"### {title}", width="content")
        if not options:
            return None
        return segments.choose(label, options, next(iter(options)), key)


def _chart(view: View, name: str, behind: tuple[Earlier, ...], shown: Shown, *, is_log: bool) -> None:
    height = _PHONE_HEIGHT if shell.is_phone() else _HEIGHT
    stamp = (view.run.id, view.run.seq, *((each.name, each.view.run.id, each.view.run.seq) for each in behind))
    draw = _kept if view.run.id else _draw
    draw(stamp, name, is_log, shown, height, view, behind)


def _draw(
    stamp: tuple[object, ...],
    name: str,
    is_log: bool,
    shown: Shown,
    height: int,
    _view: View,
    _behind: tuple[Earlier, ...],
) -> None:
    key = f"chart-{name if name == 'loss' else 'metric'}"
    option = _option(_view, name, is_log, _behind, shown)
    st.echarts_chart(option, height=height, key=key, alt=described(_view, name, _behind))


# A third of what a tick costs is turning the chart into text: of many viewers, one does it for all.
_kept = st.cache_data(max_entries=32, show_spinner=False)(_draw)


@functools.lru_cache(maxsize=64)  # made once for all viewers, and once while nothing happens
def _option(view: View, name: str, is_log: bool, behind: tuple[Earlier, ...], shown: Shown) -> dict[str, Any]:
    run = view.run
    best = run.metrics.get(f"val_{name}")
    best_epoch = best.best_epoch if best is not None else None
    lines = [
        view.epochs[key].line(label, best_epoch, shown)
        for key, label in ((name, _("training")), (f"val_{name}", _("validation")))
        if key in view.epochs
    ]
    mark = None
    if best is not None and best_epoch is not None and shown.has(best_epoch) and f"val_{name}" in view.epochs:
        words = _("best {value}, epoch {epoch}").format(value=run_words.value(best.best), epoch=best_epoch)
        mark = (best_epoch, best.best, words)
    batches = view.batches[name].line(_("by batch"), None, shown) if name in view.batches else None
    return curves_chart(
        lines,
        batches,
        epochs=_end(view, behind) if shown.last is None else shown.last,
        first=shown.first or 0,
        x_name=_("epoch"),
        is_log=is_log,
        best=mark,
        is_best_high=is_higher_better(name),
        behind=[
            other.view.epochs[f"val_{name}"].line(other.name, None, shown)
            for other in behind
            if f"val_{name}" in other.view.epochs
        ],
    )


def _planned_epochs(view: View) -> int:
    """Where the x axis ends: the plan while it may be reached, else what was reached."""
    run = view.run
    if not run.is_ended or not run.steps_per_epoch:
        return run.epochs
    return max(1, math.ceil(run.epochs_at(run.step)))


def _end(view: View, behind: tuple[Earlier, ...]) -> int:
    """Where the x axis of a whole curve ends: the plan until something was measured, what is near while it trains."""
    planned = _planned_epochs(view)
    if view.run.is_ended or not view.batches:
        return planned
    return near.end(max(each.run.epoch for each in (view, *(other.view for other in behind))), planned)


def _points(view: View, shown: Shown) -> str:
    loss = view.batches.get("loss")
    if loss is None:
        return ""
    drawn, total = len(loss.line("", None, shown).x), loss.total
    if shown.is_zoomed:
        total = len(shown.part(loss.x, loss.y)[0])
    if drawn == total:
        return _("Batch line: all {n} points.").format(n=f"{total:,}")
    return _("Batch line: {drawn} of {n} points, the lowest and highest of each stretch.").format(
        drawn=f"{drawn:,}", n=f"{total:,}"
    )
