"""Training against validation against a baseline: the numbers that a verdict rests on."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playground.runs.event import Event
from playground.runs.metric import is_higher_better
from playground.runs.noise import Z, error_noise, noise
from playground.runs.run import Run
from playground.specs import RunSpec

_ROOTS = frozenset({"mean_absolute_error", "root_mean_squared_error"})
_EXPLAINED = "r2_score"


def epoch_curves(events: Sequence[Event]) -> dict[str, np.ndarray]:
    """By History name, the value after every epoch, float64 (epochs,), from a run's events; NaN where none is."""
    parts = [event.columns for event in events if len(event.columns.get("epoch/epoch", ()))]
    names = dict.fromkeys(name for columns in parts for name in columns if name.startswith("epoch/"))
    return {
        name.removeprefix("epoch/"): np.concatenate(
            [np.asarray(part.get(name, np.full(len(part["epoch/epoch"]), np.nan)), np.float64) for part in parts]
        )
        for name in names
        if name != "epoch/epoch"
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """One metric on training and validation rows, and what chance and knowing nothing make of it.

    Attributes:
        name: the metric, as Keras's History calls it for training.
        is_share: whether it is a share of rows, such as an accuracy.
        answer: which answer the baseline is, as :class:`playground.runs.run.Run` has it.
        n_train, n: rows of the training and of the validation part.
        epoch: the epoch whose weights the run ends with, from 1.
        best_epoch: the one with the least validation loss, from 1.
        training, validation: the values at ``epoch``.
        best_training, best_validation: those at ``best_epoch``.
        baseline: what an answer that has learned nothing scores on the validation part; ``None`` where nobody knows.
        known_loss: its loss there, or ``None``.
        scale: what an error is divided by: the baseline's, or without one the largest value of the curves.
    """

    name: str
    is_share: bool
    answer: str | None
    n_train: int
    n: int
    epoch: int
    best_epoch: int
    training: float
    validation: float
    best_training: float
    best_validation: float
    baseline: float | None
    known_loss: float | None
    scale: float

    @property
    def gap(self) -> float:
        """By how much the score of training is better than that of validation."""
        return self._score(self.training) - self._score(self.validation)

    @property
    def gap_noise(self) -> float:
        """By how much chance moves :attr:`gap`, at 95 %."""
        return math.hypot(self.noise, self.training_noise)

    @property
    def noise(self) -> float:
        """By how much chance moves the score of validation, at 95 %."""
        return self._noise(self.validation, self.n)

    @property
    def training_noise(self) -> float:
        """By how much chance moves the score of training, at 95 %."""
        return self._noise(self.training, self.n_train)

    @property
    def skill(self) -> float:
        """How far the training score has come from knowing nothing, 0, to no error at all, 1."""
        if not self._is_score:
            return self._score(self.training)
        start = self.baseline or 0.0
        return (self.training - start) / (1 - start) if start < 1 else 1.0

    @property
    def is_above(self) -> bool:
        """Whether validation is better than the baseline at all, at the end."""
        return self.baseline is not None and self._score(self.validation) > self._score(self.baseline)

    @property
    def is_better(self) -> bool:
        """Whether validation is better than the baseline by more than chance, at the end or in the best epoch."""
        return any(self._beats(value) for value in (self.validation, self.best_validation))

    @property
    def margin(self) -> float:
        """By how much the score of validation has to be better than the baseline's for it to be no chance."""
        return self._margin(self.validation)

    @property
    def _is_score(self) -> bool:
        """Whether 1 is the best there is, and no error."""
        return self.is_share or self.name == _EXPLAINED

    def _score(self, value: float) -> float:
        """``value`` on a scale on which 1 is best: a share as it is, an error by what it is to the scale."""
        if math.isnan(value):
            return -math.inf
        return value if self._is_score else 1 - value / self.scale

    def _noise(self, value: float, n: int) -> float:
        if self.is_share:
            return noise(min(1.0, max(0.0, value)), n)
        rest = 1 - value if self._is_score else value / self.scale
        return abs(rest) * error_noise(n, self._power)

    @property
    def _power(self) -> float:
        return 0.5 if self.name in _ROOTS else 1.0

    def _beats(self, value: float) -> bool:
        if self.baseline is None:
            return True
        return self._score(value) - self._score(self.baseline) > self._margin(value)

    def _margin(self, value: float) -> float:
        return self._noise(value, self.n) if self.is_share else Z**2 / self.n * self._power


def judged(spec: RunSpec, run: Run, curves: Mapping[str, np.ndarray]) -> Judged | None:
    """The numbers of a run with whole epochs; ``None`` for one without validation."""
    values = curves.get("val_loss", np.empty(0))
    if not run.n_validation or not run.n_train or not np.isfinite(values).any():
        return None
    known = run.validation_baseline
    name = _metric(curves, known)
    training, validation = curves[name], curves[f"val_{name}"]
    best = int(np.nanargmin(values))
    end = _kept(spec, curves, len(values) - 1)
    base = known.get(name)
    drawn = np.abs(np.concatenate([training, validation]))
    largest = float(np.max(drawn[np.isfinite(drawn)], initial=0.0)) or 1.0
    return Judged(
        name,
        is_share(name),
        run.baseline_answer,
        run.n_train,
        run.n_validation,
        end + 1,
        best + 1,
        float(training[end]),
        float(validation[end]),
        float(training[best]),
        float(validation[best]),
        base,
        known.get("loss"),
        base if base is not None and base > 0 else largest,
    )


def _metric(curves: Mapping[str, np.ndarray], known: Mapping[str, float]) -> str:
    """What to judge by: an accuracy, else a metric whose baseline is known, else the loss."""
    names = [name for name in curves if name != "loss" and f"val_{name}" in curves]
    shares = [name for name in names if is_share(name) and (name in known or not known)]
    return next(iter([*shares, *(name for name in names if name in known), "loss"]))


def is_share(name: str) -> bool:
    """Whether the metric ``name`` is a share of rows, such as an accuracy."""
    return name.endswith("accuracy") and "top_k" not in name


def _kept(spec: RunSpec, curves: Mapping[str, np.ndarray], last: int) -> int:
    """The number of the epoch whose weights the run ends with: the last, or the best one that is brought back."""
    for callback in spec.training.callbacks:
        monitor = callback.args.get("monitor", "val_loss")
        values = curves.get(monitor) if isinstance(monitor, str) else None
        if callback.args.get("restore_best_weights") is True and values is not None and np.isfinite(values).any():
            return int(np.nanargmax(values) if is_higher_better(monitor) else np.nanargmin(values))
    return last
