"""Losses as functions of one prediction with their gradients, over all shares of three classes, and as fitted lines."""

from collections.abc import Mapping
from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf

from playground import catalog
from playground.catalog.loss_domains import LOSS_DOMAINS
from playground.specs import Args, LossSpec
from playground.specs.labels import reads_labels
from playground.training.objects import made

View = Literal["regression", "binary", "multiclass"]
Axis = Literal["probability", "score"]

CLASSES = 3
_SIDE = 41
_ROUNDS = 8
_FINER = 0.2


def curve(
    kind: str, args: Mapping[str, Any], view: View, axis: Axis, target: float, x: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The loss of a single sample and its derivative by the prediction, at the predictions ``x``; each float32 (n,).

    Args:
        kind: one of the catalogue's losses.
        args: its arguments; with ``from_logits`` it gets scores as they are.
        view: a prediction of a number, of one of two classes, or of one of three.
        axis: what ``x`` is for classes: a probability, or the score before the sigmoid or softmax. With three classes
            it belongs to the first; the other two have equal shares of the rest, or scores of 0.
        target: the number, or the number of the class.
        x: float32 (n,).

    Raises:
        LookupError, ValueError, TypeError: there is no such loss, or Keras does not take its arguments.
    """
    loss = _loss(kind, args)
    moving = tf.constant(x, tf.float32)
    is_raw = bool(args.get("from_logits")) or LOSS_DOMAINS[kind].reads == "score"
    with tf.GradientTape() as tape:
        tape.watch(moving)
        values = loss(_targets(kind, view, target, len(x)), _predictions(moving, view, axis, is_raw))
    return values.numpy(), tape.gradient(values, moving, unconnected_gradients="zero").numpy()


def over_shares(kind: str, args: Mapping[str, Any], target: int) -> tuple[np.ndarray, np.ndarray]:
    """All shares of three classes in steps of 1/40, float32 (861, 3), and the loss of each, float32 (861,).

    A loss that reads scores gets the shares as scores. Raises as :func:`curve`.
    """
    steps = _SIDE - 1
    grid = [(a, b, steps - a - b) for a in range(_SIDE) for b in range(_SIDE - a)]
    shares = np.asarray(grid, np.float32) / steps
    plain = {name: value for name, value in args.items() if name != "from_logits"}
    losses = _loss(kind, plain)(_targets(kind, "multiclass", target, len(shares)), tf.constant(shares))
    return shares, losses.numpy()


def fitted(kind: str, args: Mapping[str, Any], x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of the line through points (n,) that has the smallest loss.

    Found on a grid that closes in on the smallest value: Keras's own loss of 1,681 lines at once, eight times. Where a
    loss is not defined a line counts for nothing. Raises as :func:`curve`.
    """
    loss = _loss(kind, args)
    middle, reach = float(np.mean(x)), float(np.ptp(y))
    # Around the middle of the points slope and height have little to do with each other.
    centre, half = np.array([0.0, float(np.median(y))]), np.array([2 * reach / float(np.ptp(x)), reach])
    for _ in range(_ROUNDS):
        slopes, heights = (np.linspace(c - h, c + h, _SIDE) for c, h in zip(centre, half, strict=True))
        lines = np.stack(np.meshgrid(slopes, heights), axis=-1).reshape(-1, 2)
        predicted = lines[:, 1:] + lines[:, :1] * (x - middle)
        targets = np.broadcast_to(y, predicted.shape)
        found = loss(tf.constant(targets, tf.float32), tf.constant(predicted, tf.float32)).numpy()
        centre = lines[np.argmin(np.where(np.isfinite(found), found, np.inf))]
        half = half * _FINER
    return float(centre[0]), float(centre[1] - centre[0] * middle)


def _loss(kind: str, args: Mapping[str, Any]) -> keras.Loss:
    """The loss with a value a sample. One that adds up over the whole batch is told to keep to a sample."""
    entry = catalog.entry("losses", kind)
    axis = entry.param("axis") if entry else None
    own = {"axis": (1,)} if axis is not None and axis.default is None else {}
    return made("losses", kind, {**args, **own}, reduction=None)


def _targets(kind: str, view: View, target: float, n: int) -> tf.Tensor:
    if view != "multiclass":
        return tf.fill((n, 1), tf.constant(target, tf.float32))
    labels = np.full(n, int(target))
    if reads_labels(LossSpec(kind=kind, args=Args())):
        return tf.constant(labels, tf.int32)
    return tf.constant(np.eye(CLASSES, dtype=np.float32)[labels])


def _predictions(x: tf.Tensor, view: View, axis: Axis, is_raw: bool) -> tf.Tensor:
    """Predictions (n, 1), or (n, 3) of which the first moves."""
    if view == "regression":
        return x[:, None]
    if view == "binary":
        return x[:, None] if is_raw or axis == "probability" else keras.activations.sigmoid(x)[:, None]
    if axis == "probability":
        rest = (1 - x) / (CLASSES - 1)
        return tf.stack([x, *[rest] * (CLASSES - 1)], axis=-1)
    scores = tf.stack([x, *[tf.zeros_like(x)] * (CLASSES - 1)], axis=-1)
    return scores if is_raw else keras.activations.softmax(scores)
