"""What is measured of a run, epoch by epoch: the last and the best value of each metric."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

_UP = (
    "acc",
    "auc",
    "precision",
    "recall",
    "sensitivity",
    "specificity",
    "f1",
    "fbeta",
    "iou",
    "io_u",  # how Keras spells it: MeanIoU is mean_io_u
    "r2",
    "similarity",
    "correlation",
    "positives",
    "negatives",
)


def is_higher_better(name: str) -> bool:
    """Whether a larger value of the metric ``name`` (a History name such as ``val_accuracy``) is better."""
    return "false_" not in name and any(part in name.lower() for part in _UP)


@dataclass(frozen=True, slots=True)
class Metric:
    """The last and the best value of one metric, and the epoch (from 1) of the best; NaN while there is none."""

    last: float
    best: float
    best_epoch: int | None


def metrics_of(values: Mapping[str, Any]) -> dict[str, Metric]:
    """The metrics that JSON ``values`` spell out by name, NaN and infinities as strings."""
    return {name: Metric(float(item["last"]), float(item["best"]), item["best_epoch"]) for name, item in values.items()}


def after_epochs(known: Mapping[str, Metric], columns: Mapping[str, np.ndarray]) -> dict[str, Metric]:
    """The metrics ``known`` so far after the epochs in ``columns``, an event's columns by name, one value an epoch."""
    epochs = columns["epoch/epoch"]
    result = dict(known)
    for column, values in columns.items():
        prefix, _, name = column.partition("/")
        if prefix != "epoch" or name in ("epoch", "step", "learning_rate") or not len(values):
            continue
        before = result.get(name)
        best, best_epoch = (before.best, before.best_epoch) if before else (math.nan, None)
        real = np.flatnonzero(~np.isnan(values))
        if len(real):
            pick = np.argmax if is_higher_better(name) else np.argmin
            at = real[pick(values[real])]
            value = float(values[at])
            if math.isnan(best) or (value > best if is_higher_better(name) else value < best):
                best, best_epoch = value, int(epochs[at])
        result[name] = Metric(float(values[-1]), best, best_epoch)
    return result
