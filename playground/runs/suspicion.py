"""Whether a run that trains looks wrong, from its losses alone: cheap enough for every epoch."""

from typing import Literal

import numpy as np

Suspicion = Literal["", "rises", "flat"]

GROWN = 2.0
"""Times the first epoch's loss: descent that comes to so much more is none."""
FAR = 10.0
"""Times the loss of an answer that knows nothing."""
_STILL = 0.05  # of the first loss, or of what knowing nothing costs: less is no fall
_SETTLED = 0.03  # of the loss half of the epochs ago
_LEAST_EPOCHS = 4
_LEAST_STEPS = 100
_LEAST_SHARE = 0.2  # of the planned epochs: a plateau at the beginning is nothing unusual
_ENOUGH_EPOCHS = 100  # whatever is planned


def rises(losses: np.ndarray, known_loss: float | None = None) -> bool:
    """Whether the training loss has come to twice its first, or stands, not halved, at ten times knowing nothing.

    Gradient descent with too large a step climbs (Goodfellow, Bengio and Courville 2016, section 4.3).

    Args:
        losses: after every epoch, float64 (epochs,).
        known_loss: what an answer that has learned nothing comes to; ``None`` where nobody knows.
    """
    if len(losses) < 2 or not losses[0] > 0:
        return False
    first, last = float(losses[0]), float(losses[-1])
    is_far = known_loss is not None and known_loss > 0 and last > FAR * known_loss
    return last > GROWN * first or (is_far and last > first / 2)


def may_be_flat(losses: np.ndarray, planned: int, steps: int) -> bool:
    """Whether the loss hardly falls, after enough epochs and steps to tell; a good network's may, at its end.

    Args:
        losses: after every epoch, float64 (epochs,).
        planned: epochs in all.
        steps: batches so far.
    """
    n = len(losses)
    least = max(_LEAST_EPOCHS, min(_LEAST_SHARE * planned, _ENOUGH_EPOCHS))
    if n < least or steps < _LEAST_STEPS or not np.isfinite(losses).all():
        return False
    best = float(losses.min())
    before = float(losses[: n - n // 2].min())
    hardly = float(losses[0]) - best < _STILL * abs(float(losses[0]))
    return hardly or before - best < _SETTLED * abs(before)


def is_flat(losses: np.ndarray, known_loss: float | None, penalty: float = 0.0) -> bool:
    """Whether a loss that hardly falls is no better than knowing nothing; without that to compare, than its first.

    Args:
        losses: after every epoch, float64 (epochs,).
        known_loss: as in :func:`rises`.
        penalty: what penalties on weights add to the loss.
    """
    best = float(losses.min()) - penalty
    start = known_loss if known_loss is not None else float(losses[0]) - penalty
    return best > start - _STILL * abs(start)
