"""The learning rate that a schedule plans, step by step, computed by Keras."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from playground.training.objects import made

MOST_POINTS = 160
MOST_STEPS = 10**12


def planned_rates(kind: str, args: Mapping[str, Any], steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Steps, int64 (n,), and the learning rate that the schedule has at each, float64 (n,); at most 160 of them.

    Args:
        kind: a schedule of the catalogue.
        args: its arguments.
        steps: how many steps training takes; the last one is among those given.

    Raises:
        LookupError: the schedule is not on offer, or has no such argument.
        ValueError, TypeError: what Keras says of a value; or ``steps`` is none.
    """
    if not 0 < steps <= MOST_STEPS:
        raise ValueError(f"steps: expected 1 to {MOST_STEPS:,}, received {steps:,}")
    schedule = made("schedules", kind, args)
    chosen = np.unique(np.linspace(0, steps - 1, MOST_POINTS).round().astype(np.int64))
    rates = [float(keras.ops.convert_to_numpy(schedule(np.float32(step)))) for step in chosen]
    return chosen, np.array(rates)
