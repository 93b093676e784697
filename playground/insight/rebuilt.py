"""Answers that are to be the inputs again: how far off they are, where, and a few of them."""

from functools import partial
from typing import Any

import keras
import numpy as np

from playground.data import Prepared
from playground.insight.predict import predictions
from playground.insight.rows import Progress
from playground.scores.bootstrap import interval
from playground.specs import RunSpec

_SHOWN = 8  # each of the best, the usual and the worst
_BATCH = 256
Found = tuple[dict[str, Any], dict[str, np.ndarray]]


def rebuilt(model: keras.Model, spec: RunSpec, prepared: Prepared, part: str, progress: Progress) -> Found:
    """How well ``model`` gives its inputs back, as values and arrays.

    Values: ``scores``, by name ``[value, low, high]``: ``mean_squared_error`` and ``mean_absolute_error``; ``naive``:
    the scores of always giving the mean training input.
    Arrays: ``errors`` float32 (n,), the mean squared error of each row; ``error_map`` float32 (*input_shape), that of
    each place; ``picked`` int64 (m,), positions among ``at`` of the worst, usual and best rows, and ``answered``
    float32 (m, *input_shape), what the network made of them.
    """
    x = prepared.array(f"x_{part}")
    mean = np.mean(prepared.array("x_train"), axis=0, dtype=np.float64)
    squared, absolute, blind = np.empty(len(x)), np.empty(len(x)), np.zeros(2)
    places = np.zeros(prepared.facts.input_shape)
    for first in range(0, len(x), _BATCH):
        rows = np.asarray(x[first : first + _BATCH], np.float64)
        error = predictions(model, rows, _BATCH).reshape(rows.shape) - rows
        at = slice(first, first + len(rows))
        squared[at] = np.mean(error.reshape(len(rows), -1) ** 2, axis=1)
        absolute[at] = np.mean(np.abs(error.reshape(len(rows), -1)), axis=1)
        places += np.sum(error**2, axis=0)
        blind += [np.sum(np.mean((rows - mean).reshape(len(rows), -1) ** 2, axis=1)), _absolute(rows - mean)]
        progress(0.8 * (first + len(rows)) / len(x), "Asking the network")
    progress(0.8, "Drawing rows anew")
    scores = {
        name: tuple(interval(partial(_mean, of), len(x)))
        for name, of in (("mean_squared_error", squared), ("mean_absolute_error", absolute))
    }
    picked = _picked(squared)
    naive = dict(zip(scores, (blind / len(x)).tolist(), strict=True))
    return {"scores": scores, "naive": [{"answer": "mean input", "scores": naive}]}, {
        "at": np.arange(len(x)),
        "errors": squared.astype(np.float32),
        "error_map": (places / len(x)).astype(np.float32),
        "picked": picked,
        "answered": predictions(model, x[picked]).reshape(len(picked), *prepared.facts.input_shape),
    }


def _mean(of: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(weights @ of / weights.sum(axis=1))


def _absolute(error: np.ndarray) -> float:
    return float(np.sum(np.mean(np.abs(error.reshape(len(error), -1)), axis=1)))


def _picked(errors: np.ndarray) -> np.ndarray:
    """The worst rows, those around the median and the best, worst first, each once."""
    order = np.argsort(-errors, kind="stable")
    middle = max(0, len(order) // 2 - _SHOWN // 2)
    chosen = (*order[:_SHOWN], *order[middle : middle + _SHOWN], *order[::-1][:_SHOWN][::-1])
    return np.array(list(dict.fromkeys(int(each) for each in chosen)), np.int64)
