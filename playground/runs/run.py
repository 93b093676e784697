"""What a run has come to: :class:`Run`, the fold of its events."""

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.runs.event import ENDED, STATE_AFTER, Event, State
from playground.runs.metric import Metric, after_epochs, metrics_of
from playground.runs.outline import Outline, outlines_after, outlines_cut, outlines_of

_COPIED = (
    "phase",
    "epochs",
    "epoch",
    "step",
    "seconds",
    "parameters",
    "steps_per_epoch",
    "streamed",
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
    "validation_baseline",
    "baseline_answer",
    "error",
    "is_diverged",
    "signs",
    "reason",
    "saved",
    "from_run",
    "follows",
    "race",
    "fair_start",
    "speed",
    "until_epoch",
    "adjusted",
)
_SCORES = ("test", "baseline", "validation_baseline")
_OF_A_FILE = ("epoch", "step", "seconds")
"""What a checkpoint says of the weights in its file; training may stand further on."""
_TAKEN_BACK: Mapping[str, Any] = {
    "phase": None,
    "ended_at": None,
    "error": None,
    "reason": None,
    "is_diverged": False,
    "speed": None,
    "until_epoch": None,
}
"""What no longer holds when a run goes on."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run as its events tell it.

    Attributes:
        id, name, owner: what it is called, whose it is.
        digest: digest of its spec.
        epochs: epochs that were planned, and those that were added on the way.
        state: queued, running, paused, finished, stopped, failed or lost.
        seq: position of the last event.
        created_at, started_at, ended_at: seconds since the epoch.
        phase: what a running run is busy with: preparing, building, training, testing.
        epoch, step: completed epochs and steps.
        seconds: seconds of training so far.
        streamed: ``bytes`` of its data and ``room_bytes`` of its device, where they are read while training because
            there are more of the former; ``None`` where all lies on the device.
        metrics: by History name.
        outlines: the shape of the curves of its loss and of the metric that says most, by History name.
        test, baseline: values by metric name, on the test part.
        validation_baseline: what the same answer that has learned nothing scores on the validation part, by metric
            name, ``loss`` among them where it is known; empty for runs from before it was measured.
        baseline_answer: which answer that is: ``class`` (the most frequent), ``symbol`` (of each place), ``mean``,
            ``mean input`` or ``last value``; ``None`` for runs from before it was said.
        error: what went wrong, in words.
        is_diverged: whether it failed because a loss was no finite number any more.
        signs: what was seen inside the network when something looked wrong, as :mod:`playground.runs.diagnosis` reads
            it; empty where nothing did.
        reason: why it was stopped, in words.
        saved: ``epoch``, ``step`` and ``seconds`` of the newest state that it can go on from; empty without one.
        from_run: the run whose last state it began with, or ``None``.
        follows: the run whose changes of program it repeats at the same steps, or ``None``.
        race: what it shares with the runs that train in turn with it in one process, or ``None`` for a run by itself.
        fair_start: of such a run, digests of its first ``weights`` and of the ``order`` of its rows.
        speed: steps a second that it is held to, or ``None`` for as fast as it can.
        until_epoch: the number of completed epochs at which it pauses by itself, or ``None``.
        learning_rate: as it was set last, or as it was at the end of the last epoch, whichever came later.
        adjusted: what was changed on the way from one epoch to the next: ``values`` by path as they stand, and
            ``turns``, the epochs and steps that were complete each time; empty where nothing was.
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
    streamed: Mapping[str, int] | None = None
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
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    test: Mapping[str, float] = field(default_factory=dict)
    baseline: Mapping[str, float] = field(default_factory=dict)
    validation_baseline: Mapping[str, float] = field(default_factory=dict)
    baseline_answer: str | None = None
    error: str | None = None
    is_diverged: bool = False
    signs: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    saved: Mapping[str, Any] = field(default_factory=dict)
    from_run: str | None = None
    follows: str | None = None
    race: str | None = None
    fair_start: Mapping[str, str] = field(default_factory=dict)
    speed: float | None = None
    until_epoch: int | None = None
    learning_rate: float | None = None
    adjusted: Mapping[str, Any] = field(default_factory=dict)
    acknowledged: int | None = None

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED

    @property
    def can_resume(self) -> bool:
        """Whether it ended without anybody's will, and left a state from which it would not end so again."""
        return self.state in ("failed", "lost") and self.can_go_on

    @property
    def can_go_on(self) -> bool:
        """Whether it has ended, and left a state that is worth going on from."""
        return self.is_ended and not self.is_diverged and bool(self.saved)

    @property
    def progress(self) -> float:
        """The part of the planned steps that is done, 0 to 1."""
        if self.state == "finished":
            return 1.0
        if not self.steps_per_epoch or not self.epochs:
            return 0.0
        return min(1.0, self.epochs_at(self.step) / self.epochs)

    def epochs_at(self, step: int) -> float:
        """How many epochs are done after ``step`` batches, fractions among them; 0 while nobody knows.

        An epoch has as many batches as the batch size makes it, which may have been changed on the way.
        """
        if not step or not self.steps_per_epoch:
            return 0.0
        epoch, done, steps = self.epoch_of(step)
        return epoch + done / steps

    def epoch_of(self, step: int) -> tuple[int, int, int]:
        """Of the batch number ``step``, from 1: the epochs complete before it, its number in its epoch, and the
        batches of that epoch; only where ``steps_per_epoch`` is known.
        """
        epoch, first, steps = 0, 0, self.steps_per_epoch or 1
        for turn_epoch, turn_step in self.adjusted.get("turns", ()):
            if step <= turn_step:
                steps = (turn_step - first) // (turn_epoch - epoch)
                break
            epoch, first = turn_epoch, turn_step
        done = step - first - 1
        return epoch + done // steps, done % steps + 1, steps

    @property
    def steps_per_s(self) -> float | None:
        """Steps a second of training, or ``None`` before there is anything to divide."""
        return self.step / self.seconds if self.seconds > 0 and self.step else None

    @property
    def left_s(self) -> float | None:
        """Seconds of training left at the present speed, or ``None`` while unknown."""
        speed = self.speed or self.steps_per_s
        if speed is None or not self.steps_per_epoch:
            return None
        return max(0.0, (self.epochs - self.epochs_at(self.step)) * self.steps_per_epoch / speed)

    def to_dict(self) -> dict[str, Any]:
        """The run as JSON values; :meth:`from_dict` reads them back."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> "Run":
        """The run in ``value``, with NaN and infinities read back from their spelling."""
        known = {name: value[name] for name in _FIELDS if name in value}
        known["metrics"] = metrics_of(known.get("metrics", {}))
        known["outlines"] = outlines_of(known.get("outlines", {}))
        for name in _SCORES:
            known[name] = {metric: float(number) for metric, number in known.get(name, {}).items()}
        return cls(**known)


_FIELDS = frozenset(field.name for field in dataclasses.fields(Run))


def apply(run: Run, event: Event) -> Run:
    """``run`` after ``event``."""
    skipped = _OF_A_FILE if event.kind == "checkpoint" else ()
    changes: dict[str, Any] = {name: event.data[name] for name in _COPIED if name in event.data and name not in skipped}
    for name in _SCORES:
        if name in changes:
            changes[name] = {metric: float(number) for metric, number in changes[name].items()}
    changes["seq"] = event.seq
    if event.goes_on:
        changes |= {**_TAKEN_BACK, "metrics": metrics_of(event.data["metrics"])}
        changes["outlines"] = outlines_cut(run.outlines, event.data["epoch"])
        changes["adjusted"] = event.data.get("adjusted", {})
    state = STATE_AFTER.get(event.kind, run.state)
    changes["state"] = state
    if event.kind == "started":
        changes |= {"started_at": event.at, "speed": None, "until_epoch": None}  # a process that died held them
    if state in ENDED:
        changes["ended_at"] = event.at
    if event.data.get("request") is not None:
        changes["acknowledged"] = event.data["request"]
    if run.first_point_at is None and "batch/step" in event.columns and len(event.columns["batch/step"]):
        changes["first_point_at"] = event.at
    if "epoch/epoch" in event.columns:
        changes["metrics"] = after_epochs(run.metrics, event.columns)
        changes["outlines"] = outlines_after(run.outlines, event.columns)
    if len(event.columns.get("epoch/learning_rate", "")):
        changes["learning_rate"] = float(event.columns["epoch/learning_rate"][-1])
    if "learning_rate" in event.data.get("set", {}):
        changes["learning_rate"] = float(event.data["set"]["learning_rate"])
    return dataclasses.replace(run, **changes)


def adjusted_at(before: Mapping[str, Any], values: Mapping[str, Any], epoch: int, step: int) -> dict[str, Any]:
    """What :attr:`Run.adjusted` is once ``values`` count from here on, where so much is complete."""
    turns = [*before.get("turns", ()), *([[epoch, step]] if step else [])]
    return {"values": {**before.get("values", {}), **values}, "turns": turns}


def fold(run: Run, events: Iterable[Event]) -> Run:
    """``run``, as it was created, after all its ``events`` in order."""
    return functools.reduce(apply, events, run)
