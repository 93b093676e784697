"""What ends a run that cannot succeed any more."""

import numpy as np

from playground.training.errors import DivergedError


def refuse_nan(losses: np.ndarray, epoch: int, first_batch: int, learning_rate: float) -> None:
    """End the run at the first loss that is no finite number.

    Args:
        losses: losses of consecutive batches, (steps,).
        epoch: their epoch, from 1.
        first_batch: number of the first of them in the epoch, from 1.
        learning_rate: the present one, for the message.

    Raises:
        DivergedError: one of them is NaN or infinite.
    """
    bad = np.flatnonzero(~np.isfinite(losses))
    if len(bad) == 0:
        return
    what = "NaN" if np.isnan(losses[bad[0]]) else "infinite"
    batch = first_batch + int(bad[0])
    words = f"Loss became {what} in epoch {epoch}, batch {batch}, at a learning rate of {learning_rate:g}."
    raise DivergedError(words, epoch, batch, learning_rate)
