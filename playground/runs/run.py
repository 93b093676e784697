"""What a run has come to: :class:`Run`, the fold of its events."""

import dataclasses
import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from playground.runs.event import ENDED, STATE_AFTER, Event, State

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
_COPIED = (
    "phase",
    "epoch",
    "step",
    "seconds",
    "parameters",
    "steps_per_epoch",
    "n_train",
    "n_validation",
    "n_test",
    "device",
    "slot",
    "machine",
    "pid",
    "pid_start",
    "versions",
    "test",
    "baseline",
    "error",
    "reason",
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


@dataclass(frozen=True, slots=True)
class Run:
    """One run as its events tell it.

    Attributes:
        id, name, owner: what it is called, whose it is.
        digest: digest of its spec.
        epochs: epochs that were planned.
        state: queued, running, paused, finished, stopped, failed or lost.
        seq: position of the last event.
        created_at, started_at, ended_at: seconds since the epoch.
        phase: what a running run is busy with: preparing, building, training, testing.
        epoch, step: completed epochs and steps.
        seconds: seconds of training so far.
        metrics: by History name.
        test, baseline: values by metric name, on the test part.
        error: what went wrong, in words.
        reason: why it was stopped, in words.
        acknowledged: the last request that an event answered.
    """

    id: str
    name: str
    owner: str
    digest: str
    epochs: int
    created_at: float
    state: State = "queued"
    seq: int = -1
    started_at: float | None = None
    ended_at: float | None = None
    first_point_at: float | None = None
    phase: str | None = None
    epoch: int = 0
    step: int = 0
    seconds: float = 0.0
    parameters: int | None = None
    steps_per_epoch: int | None = None
    n_train: int | None = None
    n_validation: int | None = None
    n_test: int | None = None
    device: str | None = None
    slot: str | None = None
    machine: str | None = None
    pid: int | None = None
    pid_start: float | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    test: Mapping[str, float] = field(default_factory=dict)
    baseline: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None
    reason: str | None = None
    acknowledged: int | None = None

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED

    @property
    def progress(self) -> float:
        """The part of the planned steps that is done, 0 to 1."""
        if self.state == "finished":
            return 1.0
        planned = self.epochs * (self.steps_per_epoch or 0)
        return min(1.0, self.step / planned) if planned else 0.0

    @property
    def steps_per_s(self) -> float | None:
        """Steps a second of training, or ``None`` before there is anything to divide."""
        return self.step / self.seconds if self.seconds > 0 and self.step else None

    @property
    def left_s(self) -> float | None:
        """Seconds of training left at the present speed, or ``None`` while unknown."""
        speed = self.steps_per_s
        if speed is None or not self.steps_per_epoch:
            return None
        return max(0.0, (self.epochs * self.steps_per_epoch - self.step) / speed)

    def to_dict(self) -> dict[str, Any]:
        """The run as JSON values; :meth:`from_dict` reads them back."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "Run":
        """The run in ``value``, with NaN and infinities read back from their spelling."""
        known = {name: value[name] for name in _FIELDS if name in value}
        known["metrics"] = {
            name: Metric(float(item["last"]), float(item["best"]), item["best_epoch"])
            for name, item in known.get("metrics", {}).items()
        }
        for name in ("test", "baseline"):
            known[name] = {metric: float(number) for metric, number in known.get(name, {}).items()}
        return cls(**known)


_FIELDS = frozenset(field.name for field in dataclasses.fields(Run))


def apply(run: Run, event: Event) -> Run:
    """``run`` after ``event``."""
    changes: dict[str, Any] = {name: event.data[name] for name in _COPIED if name in event.data}
    for name in ("test", "baseline"):
        if name in changes:
            changes[name] = {metric: float(number) for metric, number in changes[name].items()}
    changes["seq"] = event.seq
    state = STATE_AFTER.get(event.kind, run.state)
    changes["state"] = state
    if event.kind == "started":
        changes["started_at"] = event.at
    if state in ENDED:
        changes["ended_at"] = event.at
    if event.data.get("request") is not None:
        changes["acknowledged"] = event.data["request"]
    if run.first_point_at is None and "batch/step" in event.columns and len(event.columns["batch/step"]):
        changes["first_point_at"] = event.at
    if "epoch/epoch" in event.columns:
        changes["metrics"] = _metrics(run.metrics, event.columns)
    return dataclasses.replace(run, **changes)


def fold(run: Run, events: Iterable[Event]) -> Run:
    """``run``, as it was created, after all its ``events`` in order."""
    return functools.reduce(apply, events, run)


def _metrics(known: Mapping[str, Metric], columns: Mapping[str, np.ndarray]) -> dict[str, Metric]:
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
