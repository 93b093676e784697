"""Points that metrics are tried on: drawn by chance, on a line, or what a network has answered."""

from collections.abc import Mapping
from typing import NamedTuple

import keras
import numpy as np

CLASSES = 3
_MOST = 1000
_MOST_NUMBERS = 20_000
_EDGE = 1e-6


class Points(NamedTuple):
    """Targets and what a model says of them.

    Attributes:
        targets: numbers, or the number of the class, float32 (n,).
        answers: numbers (n,), probabilities of class 1 (n,), or of each class (n, 3), float32.
        scores: the same before sigmoid or softmax; of numbers the same.
    """

    targets: np.ndarray
    answers: np.ndarray
    scores: np.ndarray


def two_classes(
    separation: float,
    share: float,
    n: int,
    seed: int,
    temperature: float = 1.0,
    moved: Mapping[int, tuple[float, bool]] | None = None,
) -> Points:
    """Samples from two bells, ``separation`` standard deviations apart, and the probability that each is of class 1.

    At temperature 1 the probabilities are those of Bayes's rule, so they are as often right as they say.

    Args:
        separation: at least 0.
        share: of class 1, between 0 and 1; there is at least one of each class.
        n: samples, 2 to 1000.
        seed: of the draw.
        temperature: the scores are divided by it.
        moved: by the number of a sample: what is added to its score, and whether its class is turned round.

    Raises:
        ValueError: a number lies outside.
    """
    if not (0 <= separation <= 10 and 0 < share < 1 and 2 <= n <= _MOST and 0.01 <= temperature <= 100):
        raise ValueError(
            "Expected a separation from 0 to 10, a share between 0 and 1, 2 to 1000 samples and a temperature from "
            f"0.01 to 100; received {separation}, {share}, {n} and {temperature}."
        )
    ones = min(max(round(n * share), 1), n - 1)
    labels = np.repeat(np.array([1.0, 0.0], np.float32), [ones, n - ones])
    noise = np.asarray(keras.ops.convert_to_numpy(keras.random.normal((n,), seed=seed)))
    scores = separation * (noise + (labels - 0.5) * separation) + np.log(ones / (n - ones))
    return _binary(labels, scores, temperature, moved or {})


def several_classes(separation: float, n: int, seed: int, temperature: float = 1.0) -> Points:
    """Scores of three classes, that of the right one ``separation`` higher on average, and their softmax.

    Raises:
        ValueError: a number lies outside.
    """
    if not (0 <= separation <= 10 and 3 <= n <= _MOST and 0.01 <= temperature <= 100):
        raise ValueError(f"Expected numbers within their bounds, received {separation}, {n} and {temperature}.")
    labels = np.arange(n) % CLASSES
    noise = np.asarray(keras.ops.convert_to_numpy(keras.random.normal((n, CLASSES), seed=seed)))
    return _several(labels, noise + separation * np.eye(CLASSES)[labels], temperature)


def answered(
    targets: np.ndarray,
    answers: np.ndarray,
    temperature: float = 1.0,
    moved: Mapping[int, tuple[float, bool]] | None = None,
) -> Points:
    """What a network has answered, as points; their scores are the logarithms of its probabilities.

    Args:
        targets: numbers of classes, (n,); at most 1000.
        answers: the probability of class 1, (n,), or of each class, (n, classes).
        temperature: the scores are divided by it.
        moved: as for :func:`two_classes`, of two classes.

    Raises:
        ValueError: the arrays do not fit together, or a number lies outside.
    """
    n, classes = len(targets), answers.shape[1] if answers.ndim > 1 else 2
    fits = targets.ndim == 1 and len(answers) == n and 2 <= n <= _MOST and answers.size <= _MOST_NUMBERS
    if not (fits and np.isfinite(answers).all() and np.isin(targets, np.arange(classes)).all()):
        raise ValueError(
            f"Expected 2 to 1,000 numbers of classes and an answer for each, received {answers.shape} of {n}."
        )
    if not 0.01 <= temperature <= 100:
        raise ValueError(f"Temperature: expected a number from 0.01 to 100, received {temperature}.")
    shares = np.clip(answers, _EDGE, 1 - _EDGE).astype(np.float64)
    if answers.ndim > 1:
        return _several(targets, np.log(shares), temperature)
    return _binary(targets.astype(np.float32), np.log(shares / (1 - shares)), temperature, moved or {})


def on_a_line(x: np.ndarray, y: np.ndarray, slope: float, intercept: float) -> Points:
    """Points (n,) and what the line says of them."""
    said = np.asarray(slope * x + intercept, np.float32)[:_MOST]
    return Points(np.asarray(y, np.float32)[:_MOST], said, said)


def _binary(
    labels: np.ndarray, scores: np.ndarray, temperature: float, moved: Mapping[int, tuple[float, bool]]
) -> Points:
    labels, scores = labels.copy(), scores.copy()
    for at, (shift, is_turned) in moved.items():
        if 0 <= at < len(labels):
            scores[at] += shift
            labels[at] = 1 - labels[at] if is_turned else labels[at]
    scores = np.asarray(scores / temperature, np.float32)
    answers = np.asarray(keras.ops.convert_to_numpy(keras.ops.sigmoid(scores)))
    return Points(labels, np.clip(answers, _EDGE, 1 - _EDGE), scores)


def _several(labels: np.ndarray, scores: np.ndarray, temperature: float) -> Points:
    scores = np.asarray(scores / temperature, np.float32)
    answers = np.asarray(keras.ops.convert_to_numpy(keras.ops.softmax(scores)))
    return Points(labels.astype(np.float32), answers, scores)
