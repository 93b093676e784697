"""The value of every metric of the catalogue on points, by Keras itself."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground import catalog
from playground.catalog import Entry
from playground.catalog.loss_domains import LOSS_DOMAINS
from playground.labs.metric_points import Points
from playground.specs.rules.training import LABEL_METRICS
from playground.specs.usual import usual_args
from playground.training.errors import first_sentences
from playground.training.objects import made

View = Literal["binary", "multiclass", "regression"]
_TOP = 2
"""Of how many likeliest classes the right one may be, where that is counted."""


class Value(NamedTuple):
    """What a metric says: its arguments that are no defaults, and a value, or why there is none."""

    args: dict[str, Any]
    value: float | None
    why: str


def values(view: View, points: Points, threshold: float | None) -> dict[str, Value]:
    """The value of metrics of the catalogue that fit ``view``, by id, in the catalogue's order.

    Args:
        view: the task.
        points: as one of the functions of :mod:`playground.labs.metric_points` makes them.
        threshold: from where on an answer counts as class 1, for those that have it as an argument; ``None`` for all
            others.
    """
    entries = [entry for entry in catalog.entries("metrics") if fits(entry, view)]
    return {
        entry.id: _value(entry, view, points, threshold)
        for entry in entries
        if (_threshold(entry, view) is None) == (threshold is None)
    }


def fits(entry: Entry, view: str) -> bool:
    """Whether a metric can have a value on points of ``view``; what reconstructs an image compares numbers."""
    return not entry.tasks or view in entry.tasks


def _threshold(entry: Entry, view: View) -> str | None:
    """What the argument of a metric is called from where on an answer counts as class 1; ``None`` for none."""
    names = [
        param.name for param in entry.params if param.name in ("threshold", "thresholds") and param.kind == "float"
    ]
    return names[0] if names and view == "binary" else None


def _value(entry: Entry, view: View, points: Points, threshold: float | None) -> Value:
    args = usual_args("metrics", entry.id) if entry.id != "accuracy" else {}
    if entry.param("k"):
        args["k"] = max(1, min(_TOP, points.answers.shape[-1] - 1))
    name = _threshold(entry, view)
    if name is not None:
        args[name] = threshold
    else:
        args.pop("threshold", None)  # of several classes the likeliest is the answer
    reads_scores = entry.id in LOSS_DOMAINS and LOSS_DOMAINS[entry.id].reads == "score"
    given = points.scores if reads_scores else points.answers
    try:
        metric = _metric(entry, view, args)
        metric.update_state(
            _targets(entry, view, points.targets, given.shape[-1]), given if given.ndim > 1 else given[:, None]
        )
        value = float(metric.result())
    except (tf.errors.OpError, ValueError, TypeError) as error:
        return Value(args, None, first_sentences(error))
    return Value(args, value, "")


def _metric(entry: Entry, view: View, args: Mapping[str, Any]) -> keras.Metric:
    if entry.id == "accuracy":  # what compile takes it for
        return keras.metrics.BinaryAccuracy() if view == "binary" else keras.metrics.SparseCategoricalAccuracy()
    metric: keras.Metric = made("metrics", entry.id, args)
    return metric


def _targets(entry: Entry, view: View, targets: np.ndarray, n_classes: int) -> np.ndarray:
    if view != "multiclass":
        return targets[:, None]
    labels = targets.astype(np.int32)
    if entry.id in LABEL_METRICS or entry.id == "accuracy":
        return labels[:, None]
    return np.eye(n_classes, dtype=np.float32)[labels]
