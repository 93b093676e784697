"""What the simplest answer scores: always the most frequent class, the mean, the mean input, or the last value."""

from collections.abc import Iterable, Iterator

import numpy as np

from playground.specs import LossSpec
from playground.specs.facts import Facts

_SQUARED, _ABSOLUTE = "mean_squared_error", "mean_absolute_error"
_SAME = {"MeanSquaredError": _SQUARED, "MeanAbsoluteError": _ABSOLUTE}
_ENTROPIES = {
    "multiclass": frozenset({"CategoricalCrossentropy", "SparseCategoricalCrossentropy"}),
    "binary": frozenset({"BinaryCrossentropy"}),
}
_LEAST = 1e-7  # keras.config.epsilon(), by which Keras keeps probabilities from 0


def answer(facts: Facts) -> str:
    """Which answer is scored: ``class``, ``symbol`` (of each place), ``mean``, ``mean input`` or ``last value``."""
    if facts.task in ("binary", "multiclass"):
        return "symbol" if facts.is_sequence_answered else "class"
    if facts.task == "reconstruction":
        return "mean input"
    return "last value" if facts.is_series else "mean"


def baseline(
    y_train: np.ndarray,
    y: np.ndarray,
    facts: Facts,
    names: Iterable[str],
    last: np.ndarray | None = None,
    loss: LossSpec | None = None,
) -> dict[str, float]:
    """The scores on targets ``y`` of an answer that only knows the training targets.

    Args:
        y_train: labels or numbers of the training part, (n,), or several a row, or inputs that are to be
            reconstructed, (n, ...): of these every place has an answer of its own.
        y: those of the part that is scored, (m,) or (m, ...).
        facts: the task.
        last: of a series, the last value before each of ``y``, (m,): the answer then is that one, at every place.
        names: the run's metrics by History name; those that apply are given.
        loss: the run's loss, to score it too where it is one of those known here; penalties on weights are left out.

    Returns:
        For classes ``accuracy`` (and its named kinds); for regression and reconstruction ``loss``-like errors of
        the training mean, value by value; for regression ``r2_score`` too. ``loss`` only where it was asked for: of
        cross entropy that of always answering each class's share of the training part.
    """
    if len(y) == 0 or len(y_train) == 0:
        return {}
    if facts.task in ("regression", "reconstruction"):
        guess = np.mean(y_train, axis=0, dtype=np.float64) if last is None else _continued(last, y)
        error = np.asarray(y, np.float64) - guess
        squared = float(np.mean(error**2))
        scores = {
            _SQUARED: squared,
            _ABSOLUTE: float(np.mean(np.abs(error))),
            "root_mean_squared_error": squared**0.5,
        }
        variances = np.var(y, axis=0, dtype=np.float64)
        if facts.task == "regression" and np.all(variances > 0):
            scores["r2_score"] = float(np.mean(1 - np.mean(error**2, axis=0) / variances))
        if loss is not None and loss.kind in _SAME:
            scores["loss"] = scores[_SAME[loss.kind]]
    else:
        share = float(np.mean(y == _most_frequent(y_train)))
        scores = dict.fromkeys(("accuracy", "categorical_accuracy", "sparse_categorical_accuracy"), share)
        # Over all outputs a wrong class has two of them wrong: the one that is missed, and the one that is given.
        scores["binary_accuracy"] = 1 - 2 * (1 - share) / len(facts.classes) if _is_many(facts) else share
        if loss is not None and loss.kind in _ENTROPIES[facts.task]:
            scores["loss"] = float(np.mean([_entropy(*place) for place in _places(y_train, y)]))
    wanted = set(names)
    return {name: value for name, value in scores.items() if name in wanted}


def _continued(last: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The last value before each of ``y``, for all places of a target that has several; float64."""
    return np.asarray(last, np.float64).reshape(*np.shape(last), *[1] * (y.ndim - np.ndim(last)))


def _is_many(facts: Facts) -> bool:
    return facts.task == "multiclass" and bool(facts.classes)


def _most_frequent(y_train: np.ndarray) -> np.ndarray:
    """The most frequent label, at each place of its own where a target is a sequence of them; a target's shape."""
    found = []
    for place in y_train.reshape(len(y_train), -1).T:
        labels, counts = np.unique(place, return_counts=True)
        found.append(labels[np.argmax(counts)])
    return np.reshape(found, y_train.shape[1:])


def _places(y_train: np.ndarray, y: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The labels of the training part and those that are scored, place by place."""
    return zip(y_train.reshape(len(y_train), -1).T, y.reshape(len(y), -1).T, strict=True)


def _entropy(y_train: np.ndarray, y: np.ndarray) -> float:
    """The cross entropy of labels ``y`` of always answering the shares of the training part."""
    labels, counts = np.unique(y_train, return_counts=True)
    known = dict(zip(labels.tolist(), (counts / counts.sum()).tolist(), strict=True))
    met, n = np.unique(y, return_counts=True)
    chances = np.array([known.get(label, 0.0) for label in met.tolist()])
    return float(-np.sum(n * np.log(np.maximum(chances, _LEAST))) / n.sum())
