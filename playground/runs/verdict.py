"""What a run's curves say: it underfits, fits, overfits, or is no better than an answer that has learned nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from playground.runs.judged import Judged, judged
from playground.runs.run import Run
from playground.runs.suspicion import rises
from playground.specs import RunSpec
from playground.specs.rules.wiring import Wiring

Kind = Literal["diverged", "too-little-data", "not-finished", "no-better", "overfits", "underfits", "fits"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_GAP = 0.05  # of a score from 0 to 1: five rows in a hundred, or a twentieth of what there is to explain
_GAVE_BACK = 0.1  # of what the validation loss had gained: less is the jitter of a run that has arrived
_FALLING = 0.05  # of the gain in the last quarter: a twentieth is still worth the epochs it takes
_SURE = 2.0  # standard errors of a slope, about 95 %
_HALF = 0.5  # of the way from knowing nothing to no error at all
_FEW_EPOCHS = 4  # fewer have no last quarter in which a slope could be told from a jump
_LEAST_SLOPE = 4  # points; through fewer any line fits
_WIDE = 0.15  # by which chance moves a share of forty rows: with fewer, a real difference may well hide in it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run says, with the numbers that say so.

    Attributes:
        kind: ``diverged``, ``too-little-data``, ``not-finished``, ``no-better`` (than an answer that has learned
            nothing), ``overfits``, ``underfits`` or ``fits``.
        judged: what was compared, or ``None`` where there was nothing to compare.
        gave_back: the share of what the validation loss had gained that it has lost again since its best epoch.
        falling: the share of that gain that came in the last quarter of the epochs; 0 where the slope is no clearer
            than chance.
        epochs: how many epochs were trained.
    """

    kind: Kind
    judged: Judged | None
    gave_back: float
    falling: float
    epochs: int

    @property
    def has_learned(self) -> bool:
        """Whether the training rows were learned: half of the way to no error, or clearly better than the others."""
        found = self.judged
        return found is not None and (found.skill >= _HALF or found.gap > max(_GAP, found.gap_noise))

    @property
    def has_risen(self) -> bool:
        """Whether the validation loss has lost more of its gain than jitter takes."""
        return is_risen(self.gave_back)


def verdict(spec: RunSpec, run: Run, curves: Mapping[str, np.ndarray]) -> Verdict | None:
    """What an ended run says; ``None`` for one that goes on, failed for another reason, or has no whole epoch.

    Only training and validation are looked at, never the test part. The first rule that applies decides:

    1. ``diverged``: a loss is no number, or the training loss ended at twice its first epoch's, or, without having
       halved, at ten times that of an answer that knows nothing (gradient descent with too large a step climbs;
       Goodfellow, Bengio and Courville 2016, section 4.3).
    2. ``too-little-data``: no rows are kept for validation, or they are the training rows; or the score is above the
       baseline, but not by more than chance moves it, and chance moves it by more than 0.15.
    3. ``not-finished``: fewer than four epochs; or the validation loss still falls: over the last quarter of the
       epochs a straight line falls by more than two standard errors, and by a twentieth of all that was gained.
    4. ``no-better``: neither at the best epoch of the validation loss nor at the end better than the baseline by more
       than chance: for shares Wilson's 95 % interval, for errors 1.96²/n of the baseline's, which is what unrelated
       numbers explain of each other in one case of twenty. Where the training rows were not learned either (see 6)
       and the network has no hidden layer it is ``underfits``: the network is the first suspect, and not the data.
    5. ``overfits``: the training score is better than the validation score by more than 0.05 and more than chance;
       or the validation loss has lost a tenth of its gain since its best epoch while the training loss fell on
       (Goodfellow, Bengio and Courville 2016, sections 5.2 and 7.8).
    6. ``underfits``: on the training rows themselves it has come less than half of the way from the baseline to no
       error. That may be the network or noise in the data: the remedies tell which.
    7. ``fits``.

    What is compared is the score at the epoch whose weights the run ends with, the best one where early stopping
    brings it back. Metrics of the training part are means over an epoch in which the network learned and dropout
    acted, so they are a little worse than the network at its end. Rows of a series depend on each other, and chance
    moves more there than is said here.

    Args:
        spec: what was trained.
        run: what it came to.
        curves: by History name, a value for every epoch, float64 (epochs,), as :func:`epoch_curves` gives them.
    """
    losses = curves.get("loss", np.empty(0))
    epochs = len(losses)
    if not run.is_ended or run.state == "lost":
        return None
    ends = [curves[name][-1] for name in ("loss", "val_loss") if name in curves and epochs]
    if run.is_diverged or not np.isfinite(ends).all() or rises(losses, run.validation_baseline.get("loss")):
        return Verdict("diverged", None, 0.0, 0.0, epochs)
    if run.state == "failed" or not epochs:
        return None
    found = judged(spec, run, curves)
    if found is None or spec.dataset.split.kind == "none":
        return Verdict("too-little-data", None, 0.0, 0.0, epochs)
    falling = _falling(curves["val_loss"], found.known_loss)
    lost = gave_back(losses, curves["val_loss"], found)

    def said(kind: Kind) -> Verdict:
        return Verdict(kind, found, lost, falling, epochs)

    if epochs < _FEW_EPOCHS:
        return said("not-finished")
    if found.baseline is not None and not found.is_better:
        if falling > _FALLING:
            return said("not-finished")
        if found.skill < _HALF and not _has_hidden(spec):
            return said("underfits")
        return said("too-little-data" if found.is_above and found.margin > _WIDE else "no-better")
    if found.gap > max(_GAP, found.gap_noise) or is_risen(lost):
        return said("overfits")
    if falling > _FALLING:
        return said("not-finished")
    return said("underfits" if found.skill < _HALF else "fits")


def _gain(values: np.ndarray, known_loss: float | None) -> float:
    """How far the loss has come from where one epoch, or an answer that knows nothing, leaves it."""
    start = float(values[np.isfinite(values)][0])
    return max(start, known_loss if known_loss is not None else start) - float(np.nanmin(values))


def _falling(values: np.ndarray, known_loss: float | None) -> float:
    """By how much of its whole gain the loss fell over the last quarter; 0 where that is not clear."""
    gain, n = _gain(values, known_loss), max(_LEAST_SLOPE, -(-len(values) // 4))
    late = values[-n:]
    if gain <= 0 or len(late) < n or not np.isfinite(late).all():
        return 0.0
    x = np.arange(n) - (n - 1) / 2
    slope = float(x @ late / (x @ x))
    rest = late - late.mean() - slope * x
    error = float(np.sqrt(rest @ rest / (n - 2) / (x @ x)))
    return -slope * (n - 1) / gain if -slope > _SURE * error else 0.0


def is_risen(share: float) -> bool:
    """Whether a validation loss that has lost such a ``share`` of its gain has lost more than jitter takes."""
    return share > _GAVE_BACK


def gave_back(losses: np.ndarray, values: np.ndarray, found: Judged) -> float:
    """What share of its gain the validation loss has lost since its best epoch, while the training loss fell.

    The median of the last quarter stands for the end, which one epoch's jump shall not decide.

    Args:
        losses: of the training part, after every epoch, float64 (epochs,).
        values: of the validation part.
        found: the best epoch among them, and the one whose weights the run has.
    """
    best, end = found.best_epoch - 1, found.epoch - 1
    gain = _gain(values, found.known_loss)
    if end <= best or gain <= 0 or not losses[end] < losses[best]:
        return 0.0
    late = values[max(best, end - len(values) // 4) : end + 1]
    return max(0.0, float(np.nanmedian(late) - values[best]) / gain)


def _has_hidden(spec: RunSpec) -> bool:
    """Whether anything that learns lies before the last layer that does."""
    return sum(wired.has_kernel for wired in Wiring(spec)) > 1
