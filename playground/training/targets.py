"""Targets in the form that the loss reads."""

import numpy as np

from playground.specs import TrainSpec
from playground.specs.facts import Facts


def targets(y: np.ndarray, facts: Facts, training: TrainSpec) -> np.ndarray:
    """``y`` as the loss of ``training`` reads it.

    Labels of several classes stay int32 of shape (n,) for the sparse losses and become float32 (n, classes) of 0 and 1
    for the others; two classes and regression become float32 (n, 1), the shape of a one-unit output.
    """
    if facts.task != "multiclass":
        return np.asarray(y, np.float32)[:, np.newaxis]
    if training.loss.kind.startswith("Sparse"):
        return np.asarray(y, np.int32)
    return np.eye(len(facts.classes), dtype=np.float32)[np.asarray(y, np.int64)]
