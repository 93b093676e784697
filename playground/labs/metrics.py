"""Points that metrics are tried on, and the value of every metric of the catalogue on them, by Keras itself."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground import catalog
from playground.catalog import Entry
from playground.catalog.loss_domains import LOSS_DOMAINS
from playground.specs.rules.training import LABEL_METRICS
from playground.specs.usual import usual_args
from playground.training.errors import first_sentences
from playground.training.objects import made

View = Literal["binary", "multiclass", "regression"]
CLASSES = 3
_MOST = 1000
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


class Value(NamedTuple):
    """What a metric says: its arguments that are no defaults, and a value, or why there is none."""

    args: dict[str, Any]
    value: float | None
    why: str


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
    labels = labels.copy()
    for at, (shift, is_turned) in (moved or {}).items():
        if 0 <= at < n:
            scores[at] += shift
            labels[at] = 1 - labels[at] if is_turned else labels[at]
    scores = np.asarray(scores / temperature, np.float32)
    answers = np.asarray(keras.ops.convert_to_numpy(keras.ops.sigmoid(scores)))
    return Points(labels, np.clip(answers, _EDGE, 1 - _EDGE), scores)


def several_classes(separation: float, n: int, seed: int, temperature: float = 1.0) -> Points:
    """Scores of three classes, that of the right one ``separation`` higher on average, and their softmax.

    Raises:
        ValueError: a number lies outside.
    """
    if not (0 <= separation <= 10 and 3 <= n <= _MOST and 0.01 <= temperature <= 100):
        raise ValueError(f"Expected numbers within their bounds, received {separation}, {n} and {temperature}.")
    labels = np.arange(n) % CLASSES
    noise = np.asarray(keras.ops.convert_to_numpy(keras.random.normal((n, CLASSES), seed=seed)))
    scores = np.asarray((noise + separation * np.eye(CLASSES)[labels]) / temperature, np.float32)
    answers = np.asarray(keras.ops.convert_to_numpy(keras.ops.softmax(scores)))
    return Points(labels.astype(np.float32), answers, scores)


def on_a_line(x: np.ndarray, y: np.ndarray, slope: float, intercept: float) -> Points:
    """Points (n,) and what the line says of them."""
    said = np.asarray(slope * x + intercept, np.float32)[:_MOST]
    return Points(np.asarray(y, np.float32)[:_MOST], said, said)


def values(view: View, points: Points, threshold: float | None) -> dict[str, Value]:
    """The value of metrics of the catalogue that fit ``view``, by id, in the catalogue's order.

    Args:
        view: the task.
        points: as one of the functions above makes them.
        threshold: from where on an answer counts as class 1, for those that have it as an argument; ``None`` for all
            others.
    """
    entries = [entry for entry in catalog.entries("metrics") if fits(entry, view)]
    return {
        entry.id: _value(entry, view, points, threshold)
        for entry in entries
        if (_threshold(entry, view) is None) == (threshold is None)
    }


def fits(entry: Entry, view: str) -> bool:
    """Whether a metric can have a value on points of ``view``; what reconstructs an image compares numbers."""
    return not entry.tasks or view in entry.tasks


def _threshold(entry: Entry, view: View) -> str | None:
    """What the argument of a metric is called from where on an answer counts as class 1; ``None`` for none."""
    names = [
        param.name for param in entry.params if param.name in ("threshold", "thresholds") and param.kind == "float"
    ]
    return names[0] if names and view == "binary" else None


def _value(entry: Entry, view: View, points: Points, threshold: float | None) -> Value:
    args = usual_args("metrics", entry.id) if entry.id != "accuracy" else {}
    if entry.param("k"):
        args["k"] = CLASSES - 1
    name = _threshold(entry, view)
    if name is not None:
        args[name] = threshold
    else:
        args.pop("threshold", None)  # of several classes the likeliest is the answer
    reads_scores = entry.id in LOSS_DOMAINS and LOSS_DOMAINS[entry.id].reads == "score"
    given = points.scores if reads_scores else points.answers
    try:
        metric = _metric(entry, view, args)
        metric.update_state(_targets(entry, view, points.targets), given if given.ndim > 1 else given[:, None])
        value = float(metric.result())
    except (tf.errors.OpError, ValueError, TypeError) as error:
        return Value(args, None, first_sentences(error))
    return Value(args, value, "")


def _metric(entry: Entry, view: View, args: Mapping[str, Any]) -> keras.Metric:
    if entry.id == "accuracy":  # what compile takes it for
        return keras.metrics.BinaryAccuracy() if view == "binary" else keras.metrics.SparseCategoricalAccuracy()
    metric: keras.Metric = made("metrics", entry.id, args)
    return metric


def _targets(entry: Entry, view: View, targets: np.ndarray) -> np.ndarray:
    if view != "multiclass":
        return targets[:, None]
    labels = targets.astype(np.int32)
    if entry.id in LABEL_METRICS or entry.id == "accuracy":
        return labels[:, None]
    return np.eye(CLASSES, dtype=np.float32)[labels]
