"""Targets in the form that the loss reads."""

import numpy as np

from playground.specs import TrainSpec
from playground.specs.facts import Facts
from playground.specs.labels import reads_labels


def targets(y: np.ndarray, facts: Facts, training: TrainSpec) -> np.ndarray:
    """``y`` as the loss of ``training`` reads it.

    Labels of several classes stay int32 of shape (n,) for losses that read them and become float32 (n, classes) of 0
    and 1 for the others; two classes and one number become float32 (n, 1), the shape of a one-unit output. Several
    numbers stay float32 (n, ...) as they are, a label a step stays int32 (n, steps) or becomes float32 (n, steps,
    classes). Inputs that are to be reconstructed stay as they are.
    """
    if facts.task == "reconstruction":
        return y
    if facts.task != "multiclass":
        numbers = np.asarray(y, np.float32)
        return numbers if facts.target_shape else numbers[:, np.newaxis]
    if reads_labels(training.loss):
        return np.asarray(y, np.int32)
    return np.eye(len(facts.classes), dtype=np.float32)[np.asarray(y, np.int64)]
