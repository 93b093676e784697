"""What a threshold does to answers of two classes: counts, rates, ROC and PR curves, honest probabilities."""

from typing import NamedTuple

import keras
import numpy as np

from playground.labs.metric_points import Points

_BINS = 10
_GRID = 101


class Answers(NamedTuple):
    """What comes of a threshold: counts and shares, each as Keras has it."""

    true_positives: int
    false_negatives: int
    false_positives: int
    true_negatives: int
    accuracy: float
    precision: float
    recall: float
    f1: float
    specificity: float


class Curves(NamedTuple):
    """What does not depend on a threshold, or shows all of them.

    Attributes:
        false_alarms, hits: the ROC curve, from (0, 0) to (1, 1), float32 (m,).
        recall, precision: the PR curve, float32 (m - 1,): nothing is precise where nothing is found.
        thresholds: 101 from 0 to 1.
        by_threshold: accuracy, precision, recall, F1 and specificity at each, float32 (5, 101).
        said, found: of each tenth of the probabilities that has samples, the mean probability and the share of class 1.
        counts: samples in each of them.
        roc_area, pr_area: the areas under the curves, by Keras's AUC with a threshold at every answer.
        log_loss, brier: binary cross entropy and mean squared error of the probabilities.
        off: the mean distance of ``said`` and ``found``, weighted by ``counts`` (expected calibration error).
    """

    false_alarms: np.ndarray
    hits: np.ndarray
    recall: np.ndarray
    precision: np.ndarray
    thresholds: np.ndarray
    by_threshold: np.ndarray
    said: np.ndarray
    found: np.ndarray
    counts: np.ndarray
    roc_area: float
    pr_area: float
    log_loss: float
    brier: float
    off: float


def answers(points: Points, threshold: float) -> Answers:
    """What comes of ``threshold``: an answer above it is class 1.

    Raises:
        ValueError: it does not lie from 0 to 1.
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"Threshold: expected a number from 0 to 1, received {threshold}.")
    found, missed, false, left = (round(float(each)) for each in _counts(points, [threshold])[:, 0])
    metrics = keras.metrics
    accuracy, precision, recall, f1 = (
        float(_result(metric, points))
        for metric in (
            metrics.BinaryAccuracy(threshold=threshold),
            metrics.Precision(thresholds=threshold),
            metrics.Recall(thresholds=threshold),
            metrics.F1Score(average="macro", threshold=max(threshold, 1e-7)),  # 0 itself it refuses
        )
    )
    specificity = float(_share(np.array(left), np.array(false)))
    return Answers(found, missed, false, left, accuracy, precision, recall, f1, specificity)


def curves(points: Points) -> Curves:
    """The curves of ``points`` over all thresholds, and how honest its probabilities are."""
    at = [0.0, *np.unique(points.answers).tolist()]
    true, missed, false, left = _counts(points, at)
    hits, alarms = _share(true, missed), _share(false, left)
    is_any = true + false > 0
    grid = np.linspace(0, 1, _GRID).tolist()
    over = _counts(points, grid)
    precision = np.asarray(_result(keras.metrics.Precision(thresholds=grid), points))
    recall = np.asarray(_result(keras.metrics.Recall(thresholds=grid), points))
    both = np.asarray(keras.ops.divide_no_nan(2 * precision * recall, precision + recall))
    right = (over[0] + over[3]) / len(points.targets)
    said, found, counts = _honesty(points)
    inner = np.unique(points.answers).tolist()
    metrics = keras.metrics
    return Curves(
        false_alarms=alarms[::-1],
        hits=hits[::-1],
        recall=hits[is_any][::-1],
        precision=_share(true, false)[is_any][::-1],
        thresholds=np.asarray(grid, np.float32),
        by_threshold=np.stack([right, precision, recall, both, _share(over[3], over[2])]).astype(np.float32),
        said=said,
        found=found,
        counts=counts,
        roc_area=float(_result(metrics.AUC(curve="ROC", thresholds=inner), points)),
        pr_area=float(_result(metrics.AUC(curve="PR", thresholds=inner), points)),
        log_loss=float(_result(metrics.BinaryCrossentropy(), points)),
        brier=float(_result(metrics.MeanSquaredError(), points)),
        off=float(np.sum(np.abs(said - found) * counts) / np.sum(counts)),
    )


def _counts(points: Points, thresholds: list[float]) -> np.ndarray:
    """Found, missed, false alarms and left alone, a row each, a column a threshold."""
    kinds = ("TruePositives", "FalseNegatives", "FalsePositives", "TrueNegatives")
    found = [_result(getattr(keras.metrics, kind)(thresholds=thresholds), points) for kind in kinds]
    return np.stack([np.atleast_1d(np.asarray(each)) for each in found])


def _result(metric: keras.Metric, points: Points) -> np.ndarray:
    metric.update_state(points.targets[:, None], points.answers[:, None])
    return np.asarray(keras.ops.convert_to_numpy(metric.result()))


def _share(part: np.ndarray, rest: np.ndarray) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(keras.ops.divide_no_nan(part, part + rest)))


def _honesty(points: Points) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    tenths = np.minimum((points.answers * _BINS).astype(np.int32), _BINS - 1)
    sums = [
        np.asarray(keras.ops.convert_to_numpy(keras.ops.segment_sum(each, tenths, num_segments=_BINS)))
        for each in (points.answers, points.targets, np.ones_like(points.answers))
    ]
    counts = sums[2]
    there = counts > 0
    return sums[0][there] / counts[there], sums[1][there] / counts[there], counts[there]
