"""The four numbers above the curves."""

import math

import streamlit as st

from playground.locale.text import _, ngettext
from playground.runs import Run
from playground.ui import about, doing, run_words
from playground.ui.reader import View

_NONE = "–"


def panel(view: View) -> None:
    """Draw the main metric, the loss, the speed, and the learning rate or the number of parameters."""
    with st.container(horizontal=True, gap="medium", key="numbers"):
        for label, number, chip in (_main(view), _loss(view), _speed(view.run), _fourth(view)):
            # The grey chip is for the reference; red and green arrows that turn every epoch would be noise.
            st.metric(label, number, chip or None, delta_color="off", delta_arrow="off")


def _main(view: View) -> tuple[str, str, str]:
    name = doing.main_metric(view.run) or _planned(view)
    label = run_words.first_upper(run_words.metric(name))
    found = view.run.metrics.get(name)
    if found is None or found.best_epoch is None:
        return label, _NONE, _("after the first epoch") if not view.run.is_ended else ""
    best = _("best {value} in epoch {epoch}").format(value=run_words.value(found.best), epoch=found.best_epoch)
    return label, run_words.value(found.last), best


def _planned(view: View) -> str:
    """The main metric of a run that has measured nothing yet."""
    names = [name for name in view.batches if name != "loss"]
    names = names or [run_words.history_name(metric.kind) for metric in view.spec.training.metrics]
    return f"val_{names[0]}" if names else "val_loss"


def _loss(view: View) -> tuple[str, str, str]:
    metrics = view.run.metrics
    training = metrics["loss"].last if "loss" in metrics else _newest(view, "loss")
    said = "" if math.isnan(training) else run_words.value(training)
    if "val_loss" in metrics:
        label = run_words.first_upper(run_words.metric("val_loss"))
        return label, run_words.value(metrics["val_loss"].last), _("training {value}").format(value=said or "NaN")
    return _("Training loss"), said or _NONE, ""


def _newest(view: View, metric: str) -> float:
    series = view.batches.get(metric)
    return float(series.y[-1]) if series is not None and len(series.y) else math.nan


def _speed(run: Run) -> tuple[str, str, str]:
    per_s = run.steps_per_s
    if per_s is None:
        return _("Speed"), _NONE, ""
    if run.speed and not run.is_ended:
        return _("Speed"), run_words.batches_speed(run.speed), _("held")
    batches = run_words.batches_speed(per_s)
    if not run.steps_per_epoch:
        return _("Speed"), batches, ""
    return _("Speed"), batches, run_words.epochs_speed(per_s / run.steps_per_epoch)


def _fourth(view: View) -> tuple[str, str, str]:
    optimizer = view.spec.training.optimizer
    name = about.label("optimizers", optimizer.kind)
    if view.run.learning_rate is not None:
        return _("Learning rate"), f"{view.run.learning_rate:.3g}", name
    count = view.run.parameters
    n = len(view.spec.model.layers)
    layers = ngettext("{n} layer", "{n} layers", n).format(n=n)
    return _("Parameters"), f"{count:,}" if count is not None else _NONE, layers
