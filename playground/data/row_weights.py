"""How much each row counts in the training loss: by its class, by a column of the table, or both."""

from typing import Literal

import numpy as np

from playground.data.prepared import Prepared
from playground.data.weight_column import column_weights
from playground.settings import Settings
from playground.specs import RunSpec


def row_weights(spec: RunSpec, prepared: Prepared, settings: Settings) -> np.ndarray | None:
    """What ``fit`` calls ``sample_weight``: float32 (n_train,), or ``None`` where every row counts once.

    Raises:
        DataError: the column is no such one, or the table is not here any more.
    """
    training = spec.training
    found: list[np.ndarray] = []
    if training.class_weight is not None:
        places = np.asarray(prepared.array("y_train"), np.int64)
        found.append(class_weights(training.class_weight, places, len(prepared.facts.classes))[places])
    if training.sample_weight is not None:
        rows = prepared.array("rows_train")
        found.append(column_weights(spec.dataset, training.sample_weight, rows, settings))
    return np.prod(found, axis=0).astype(np.float32) if found else None


def class_weights(chosen: Literal["balanced"] | tuple[float, ...], y: np.ndarray, n_classes: int) -> np.ndarray:
    """How much a row of each class counts, float64 (n_classes,).

    Balanced weights give all classes that occur the same sum and the mean row the weight 1, as scikit-learn's
    ``compute_class_weight`` has them; a class that does not occur has 1.

    Args:
        chosen: the numbers themselves, or ``"balanced"``.
        y: labels of the training part, whole numbers (n,).
        n_classes: how many classes there are.
    """
    if chosen != "balanced":
        return np.asarray(chosen, np.float64)
    counts = np.bincount(y, minlength=n_classes)
    return np.where(counts > 0, len(y) / (np.count_nonzero(counts) * np.maximum(counts, 1)), 1.0)
