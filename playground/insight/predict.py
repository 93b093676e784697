"""What a network answers, and its answers as the shares of classes."""

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground.specs import TrainSpec
from playground.specs.facts import Facts

_SUM_TOLERANCE = 1e-3


class Shares(NamedTuple):
    """How sure a network is of each class.

    Attributes:
        values: float32 (n, ..., classes), rows of numbers from 0 to 1 that add up to 1.
        is_exact: whether the network gave them so; otherwise they were made from scores that are no probabilities.
    """

    values: np.ndarray
    is_exact: bool


def predictions(
    model: keras.Model,
    x: np.ndarray,
    batch_size: int = 256,
    progress: Callable[[float], None] = lambda _share: None,
    answer: Callable[[np.ndarray], Any] | None = None,
) -> np.ndarray:
    """What ``model`` answers to ``x``, float32 (n, ...), batch by batch; layers act as they do after training.

    Args:
        model: a network with one output.
        x: prepared samples (n, ...); may be memory-mapped. None at all are answered by none.
        batch_size: samples at a time.
        progress: told the share that is done; may raise to cancel.
        answer: what :func:`compiled` has made of ``model``, where it is asked again and again.
    """
    if answer is None:
        answer = _called(model) if len(x) <= batch_size else compiled(model)
    parts = []
    for at in range(0, len(x), batch_size):
        parts.append(np.asarray(answer(np.asarray(x[at : at + batch_size])), np.float32))
        progress(min(1.0, (at + batch_size) / len(x)))
    return np.concatenate(parts) if parts else np.empty((0, *model.output_shape[1:]), np.float32)


def _called(model: keras.Model) -> Callable[[np.ndarray], Any]:
    return lambda batch: model(batch, training=False)


def compiled(model: keras.Model) -> Callable[[np.ndarray], Any]:
    """``model`` as one graph for batches of any size: recurrent layers go step by step through Python otherwise."""
    (source,) = model.inputs
    signature = tf.TensorSpec((None, *source.shape[1:]), source.dtype)
    traced = tf.function(_called(model), input_signature=[signature], autograph=False, jit_compile=False)
    return lambda batch: traced(tf.cast(batch, source.dtype))


def shares(answers: np.ndarray, training: TrainSpec, facts: Facts) -> Shares:
    """Answers of a network for ``facts.classes`` as shares that add up to 1.

    Logits, as the loss says that they are, go through sigmoid or softmax. Margins from -1 to 1 are stretched to 0 to
    1; other scores below zero go through softmax, and what does not add up to 1 is divided by its sum.

    Args:
        answers: as :func:`predictions` gives them, with a unit for each class or one unit for two classes.
        training: its loss says what the answers are.
        facts: the classes.
    """
    values = np.asarray(answers, np.float64)
    is_logits = training.loss.args.get("from_logits") is True
    if values.shape[-1] == 1 and len(facts.classes) == 2:
        second = _sigmoid(values) if is_logits else values
        is_exact = bool(np.all((second >= 0) & (second <= 1)))
        if not is_exact and "Hinge" in training.loss.kind:
            second = (second + 1) / 2
        second = np.clip(second, 0, 1)
        return Shares(np.concatenate([1 - second, second], axis=-1).astype(np.float32), is_exact)
    values = values[..., : len(facts.classes)]
    if is_logits:
        values = _sigmoid(values) if "Binary" in training.loss.kind else _softmax(values)
    sums = values.sum(axis=-1, keepdims=True)
    is_exact = bool(np.all(values >= 0) and np.all(np.abs(sums - 1) < _SUM_TOLERANCE))
    if np.any(values < 0):
        values = _softmax(values)
        sums = values.sum(axis=-1, keepdims=True)
    even = np.full_like(values, 1 / max(1, values.shape[-1]))
    return Shares(np.divide(values, sums, out=even, where=sums > 0).astype(np.float32), is_exact)


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return np.exp(-np.logaddexp(0, -values))


def _softmax(values: np.ndarray) -> np.ndarray:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
