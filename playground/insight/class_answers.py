"""Answers that are classes: shares, scores with intervals, and what knows nothing beside them."""

from typing import Any

import keras
import numpy as np

from playground.data import Prepared
from playground.insight.predict import shares
from playground.insight.rows import Progress, answers, drawn
from playground.scores.bootstrap import Statistic, interval
from playground.scores.classes import accuracy, balanced_accuracy, confusion, divided, log_losses, macro_f1
from playground.scores.thresholds import roc_area, steps
from playground.scores.weighted import area, calibration_error, mean_area
from playground.specs import RunSpec

Found = tuple[dict[str, Any], dict[str, np.ndarray]]


def class_answers(model: keras.Model, spec: RunSpec, prepared: Prepared, part: str, progress: Progress) -> Found:
    """The shares of classes that ``model`` gives, as values and arrays.

    Where a row is answered by a sequence of symbols, every one of them counts as a sample, and ``per_row`` says how
    many a row has.

    Values: ``scores``, by name ``[value, low, high]``: ``accuracy``, ``balanced_accuracy``, ``f1_score`` (the mean of
    all classes), ``log_loss`` (the cross entropy), ``roc_auc`` (of several classes the mean of each against the rest)
    and ``calibration_error``; ``naive``: a list of simple answers, each with ``answer`` and ``scores``; ``is_exact``:
    whether the network gave probabilities.
    Arrays: ``true`` int32 (m,), ``shares`` float32 (m, classes).
    """
    facts = prepared.facts
    n_classes = len(facts.classes)
    per_row = int(np.prod(facts.target_shape, dtype=np.int64)) if facts.target_shape else 1
    at = drawn(prepared, part, n_classes * per_row)
    given = shares(answers(model, prepared, part, at, progress), spec.training, facts)
    values = given.values.reshape(-1, n_classes)
    true = np.asarray(prepared.array(f"y_{part}")[at]).astype(np.int32).ravel()
    progress(0.7, "Counting")
    scores = _scores(values, true, per_row, len(at), progress)
    found: dict[str, Any] = {"scores": scores, "is_exact": given.is_exact, "per_row": per_row}
    found["naive"] = [_most_frequent(prepared, true, per_row)]
    return found, {"at": at, "true": true, "shares": values}


def _scores(
    values: np.ndarray, true: np.ndarray, per_row: int, n: int, progress: Progress
) -> dict[str, tuple[float, float, float]]:
    answered = values.argmax(axis=1)
    classes = values.shape[1]
    right, losses = (answered == true).astype(np.float64), log_losses(values, true)
    cells = np.eye(classes)
    hit = cells[true] * right[:, None]
    of_class, said = cells[true], cells[answered]

    def recall(weights: np.ndarray) -> np.ndarray:
        there = weights @ of_class
        return divided(np.sum(divided(weights @ hit, there), axis=1), np.sum(there > 0, axis=1))

    def f1(weights: np.ndarray) -> np.ndarray:
        met = weights @ (of_class + said)
        return divided(np.sum(divided(2 * (weights @ hit), met), axis=1), np.sum(met > 0, axis=1))

    statistics: dict[str, Statistic] = {
        "accuracy": lambda weights: weights @ right / weights.sum(axis=1),
        "balanced_accuracy": recall,
        "f1_score": f1,
        "log_loss": lambda weights: weights @ losses / weights.sum(axis=1),
    }
    statistics["roc_auc"] = area(values[:, 1], true == 1) if classes == 2 else mean_area(values, true)
    statistics["calibration_error"] = calibration_error(values[np.arange(len(true)), answered], right > 0)
    found = {}
    for number, (name, statistic) in enumerate(statistics.items()):
        progress(0.7 + 0.2 * number / len(statistics), "Drawing rows anew")
        found[name] = tuple(interval(_by_row(statistic, per_row), n))
    return found  # type: ignore[return-value]


def _by_row(statistic: Statistic, per_row: int) -> Statistic:
    """``statistic`` of weights of whole rows: the symbols of one row are no independent samples."""
    if per_row == 1:
        return statistic
    return lambda weights: statistic(np.repeat(weights, per_row, axis=1))


def _most_frequent(prepared: Prepared, true: np.ndarray, per_row: int) -> dict[str, Any]:
    """The scores of always answering the most frequent class of the training part, at each place of its own."""
    classes = len(prepared.facts.classes)
    y_train = np.asarray(prepared.array("y_train")).astype(np.int64).reshape(-1, per_row)
    places = np.array([np.bincount(place, minlength=classes) for place in y_train.T])
    given = np.tile(divided(places, places.sum(axis=1, keepdims=True)), (len(true) // per_row, 1))
    answered = given.argmax(axis=1)
    counts = confusion(true, answered, classes)
    scores = {
        "accuracy": accuracy(counts),
        "balanced_accuracy": balanced_accuracy(counts),
        "f1_score": macro_f1(counts),
        "log_loss": float(np.mean(log_losses(given, true))),
    }
    if classes == 2:
        scores["roc_auc"] = roc_area(steps(true == 1, given[:, 1]))
    return {"answer": "symbol" if per_row > 1 else "class", "scores": scores}
