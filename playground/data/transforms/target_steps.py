"""Steps on the numbers that are to be predicted, fitted on the training part."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.data.steps import Fitted


@dataclass(frozen=True)
class TargetStep:
    """A step on the numbers that are to be predicted.

    Attributes:
        fit: parameters as JSON, from the training targets, float64 (n, *target_shape).
        apply: targets of any part after the step.
        undo: the other way round: numbers as they were before the step, from those after it.
        unit: their unit after the step, from that before it.
    """

    fit: Callable[[np.ndarray], Fitted]
    apply: Callable[[np.ndarray, Fitted], np.ndarray]
    undo: Callable[[np.ndarray, Fitted], np.ndarray]
    unit: Callable[[str], str]


def _fit_standard_target(y: np.ndarray) -> Fitted:
    """One mean and one standard deviation of all numbers, so that a sequence keeps its form."""
    std = float(y.std())
    return {"mean": float(y.mean()), "std": std if std > 0 else 1.0}


TARGET_STEPS: dict[str, TargetStep] = {
    "standardise_target": TargetStep(
        _fit_standard_target,
        lambda y, fitted: (y - fitted["mean"]) / fitted["std"],
        lambda y, fitted: y * fitted["std"] + fitted["mean"],
        lambda unit: "standard deviations",
    ),
    "log_target": TargetStep(
        lambda y: {},
        lambda y, fitted: np.log1p(y),
        lambda y, fitted: np.expm1(y),
        lambda unit: f"log(1 + {unit})" if unit else "log(1 + target)",
    ),
}
"""Every step on the target, by its id in the catalogue."""
