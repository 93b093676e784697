"""What the simplest answer scores: always the most frequent class, the mean, the mean input, or the last value."""

from collections.abc import Iterable

import numpy as np

from playground.specs.facts import Facts


def baseline(
    y_train: np.ndarray, y: np.ndarray, facts: Facts, names: Iterable[str], last: np.ndarray | None = None
) -> dict[str, float]:
    """The scores on targets ``y`` of an answer that only knows the training targets.

    Args:
        y_train: labels or numbers of the training part, (n,), or inputs that are to be reconstructed, (n, ...).
        y: those of the part that is scored, (m,) or (m, ...).
        facts: the task.
        last: of a series, the last value before each of ``y``, (m,): the answer then is that one.
        names: the run's metrics by History name; those that apply are given.

    Returns:
        For classes ``accuracy`` (and its named kinds); for regression and reconstruction ``loss``-like errors of
        the training mean, value by value; for regression ``r2_score`` too.
    """
    if len(y) == 0 or len(y_train) == 0:
        return {}
    if facts.task in ("regression", "reconstruction"):
        answer = np.mean(y_train, axis=0, dtype=np.float64) if last is None else np.asarray(last, np.float64)
        error = np.asarray(y, np.float64) - answer
        squared = float(np.mean(error**2))
        scores = {
            "mean_squared_error": squared,
            "mean_absolute_error": float(np.mean(np.abs(error))),
            "root_mean_squared_error": squared**0.5,
        }
        variance = float(np.var(y, dtype=np.float64)) if facts.task == "regression" else 0.0
        if variance > 0:
            scores["r2_score"] = 1 - squared / variance
    else:
        labels, counts = np.unique(y_train, return_counts=True)
        share = float(np.mean(y == labels[np.argmax(counts)]))
        kinds = ("accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy")
        scores = dict.fromkeys(kinds, share)
    wanted = set(names)
    return {name: value for name, value in scores.items() if name in wanted}
