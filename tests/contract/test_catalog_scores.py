"""Losses and metrics tell right answers from wrong ones, for every task that the catalogue offers them for."""

from itertools import pairwise

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog import Entry
from playground.specs import LossSpec
from playground.specs.labels import reads_labels
from playground.specs.usual import usual_args
from playground.training.objects import made

N = 30
CLASSES = 3


def offered(kind: str) -> list[object]:
    """Entries with each of their tasks."""
    return [pytest.param(each, task, id=f"{each.id}-{task}") for each in catalog.entries(kind) for task in each.tasks]


def answers(task: str) -> dict[str, np.ndarray]:
    """Targets as rows, and predictions from right to wrong: (n, 1), or (n, classes) of probabilities."""
    labels = np.arange(N) % (2 if task == "binary" else CLASSES)
    if task in ("regression", "reconstruction"):
        low, high = (0.5, 2.5) if task == "regression" else (0.05, 0.95)
        right = np.linspace(low, high, N)[:, np.newaxis]
        found = {"nearly": right * 1.01, "half": (right + right.mean()) / 2, "wrong": right[::-1]}
    elif task == "binary":
        right = labels[:, np.newaxis].astype(float)
        found = {"nearly": 0.02 + 0.96 * right, "half": 0.4 + 0.2 * right, "wrong": 0.98 - 0.96 * right}
    else:
        right = np.eye(CLASSES)[labels]
        wrong = np.eye(CLASSES)[(labels + 1) % CLASSES]
        found = {"nearly": 0.01 + 0.97 * right, "half": 0.3 + 0.1 * right, "wrong": 0.01 + 0.97 * wrong}
    return {name: value.astype(np.float32) for name, value in {"right": right, **found}.items()}


CONSTANT = {"binary": (0.02, 0.98), "regression": (0.5, 1.5, 2.5), "reconstruction": (0.05, 0.5, 0.95)}


def always(task: str) -> list[np.ndarray]:
    """Predictions that do not look at the sample."""
    if task == "multiclass":
        return [np.tile(row, (N, 1)).astype(np.float32) for row in 0.01 + 0.97 * np.eye(CLASSES)]
    return [np.full((N, 1), value, np.float32) for value in CONSTANT[task]]


@pytest.mark.parametrize(("each", "task"), offered("losses"))
def test_every_loss_is_lower_the_nearer_to_the_targets(each: Entry, task: str):
    loss, found = made("losses", each.id, {}), answers(task)
    right = found.pop("right")
    y = right.argmax(axis=1) if reads_labels(LossSpec(kind=each.id)) else right
    values = [float(loss(y, prediction)) for prediction in found.values()]
    assert np.isfinite(values).all()
    assert all(nearer < further for nearer, further in pairwise(values)), dict(zip(found, values, strict=True))
    constant = [float(loss(y, prediction)) for prediction in always(task)]
    assert values[0] < min(constant), "an answer that does not look at the sample is better than a right one"


@pytest.mark.parametrize(("each", "task"), offered("metrics"))
def test_every_metric_tells_right_answers_from_wrong_ones(each: Entry, task: str):
    found = answers(task)
    right = found.pop("right")
    labels = right.argmax(axis=1) if each.id.startswith("Sparse") else right

    def measured(prediction: np.ndarray) -> float:
        if each.id == "accuracy":
            metric = keras.metrics.BinaryAccuracy() if task == "binary" else keras.metrics.CategoricalAccuracy()
        else:
            metric = made("metrics", each.id, usual_args("metrics", each.id) | ({"k": 1} if each.param("k") else {}))
        metric.update_state(labels, prediction)
        return float(metric.result())

    nearly, wrong = measured(found["nearly"]), measured(found["wrong"])
    constant = [measured(prediction) for prediction in always(task)]
    assert np.isfinite([nearly, wrong, *constant]).all()
    assert nearly != pytest.approx(wrong, abs=1e-3)
    assert any(value != pytest.approx(nearly, abs=1e-3) for value in constant)
