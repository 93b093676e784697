"""Grad-CAM: where in an image a network saw what speaks for a class."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.data import DataError
from playground.insight.explain_answer import before_bending, named, part_of, value_of
from playground.specs.facts import Facts

_LETTING_THROUGH = (
    *(keras.layers.Dropout, keras.layers.SpatialDropout2D),
    *(keras.layers.GaussianNoise, keras.layers.GaussianDropout),
)


def seeing_layers(model: keras.Model) -> list[str]:
    """The names of the layers of ``model`` whose output has places of an image, the first one first.

    Without those that only let through what the one before them gives, such as dropout.
    """
    found = []
    for layer in model.layers:
        output: Any = None if isinstance(layer, keras.layers.InputLayer) else layer.output
        if isinstance(layer, _LETTING_THROUGH):
            continue
        if hasattr(output, "shape") and len(output.shape) == 4 and min(output.shape[1:3]) > 1:
            found.append(layer.name)
    return found


def cam(
    model: keras.Model, facts: Facts, x: np.ndarray, layer: str | None = None, label: int | None = None
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What speaks for ``label`` at each place of a layer's output, as values and arrays.

    Each map of the layer counts as much as the score of the class rises with its mean; of their sum only what is
    above zero is left: R. Selvaraju and others, Grad-CAM, 2017, https://arxiv.org/abs/1610.02391. The score is that
    before the last activation function.

    Args:
        model: reads images.
        facts: of its data.
        x: one prepared image, without the batch axis.
        layer: whose output is looked at; the last convolution by default.
        label: the class; what was answered by default.

    Returns:
        Values ``label``, ``layer``, and ``layers``, those that could be looked at. Arrays ``map``, float32
        (height, width) of the layer's output, and ``weights``, how much each map counts, float32 (maps,).

    Raises:
        DataError: no layer has places, or the answer is not one class or number.
    """
    layers = seeing_layers(model)
    if not layers:
        raise DataError("No layer of this network keeps the places of an image: Grad-CAM needs a convolution.")
    convolutions = [each for each in layers if "Conv" in type(model.get_layer(each)).__name__]
    chosen = named(model, layer if layer in layers else (convolutions or layers)[-1])
    score = before_bending(model.layers[-1]) if model.output is model.layers[-1].output else model.output
    taps = keras.Model(model.inputs[0], [chosen.output, score, model.output])
    batch = tf.cast(tf.constant(np.asarray(x)[None]), model.inputs[0].dtype)
    with tf.GradientTape() as tape:
        tape.watch(batch)
        seen, scores, answers = taps(batch, training=False)
        part = part_of(np.asarray(answers[0], np.float32), facts, label)
        score_value = value_of(scores, part)
    slopes = tape.gradient(score_value, seen)
    maps = np.asarray(tf.cast(seen, tf.float32))[0]
    rises = np.zeros_like(maps) if slopes is None else np.asarray(tf.cast(slopes, tf.float32))[0]
    weights = rises.mean(axis=(0, 1))
    return (
        {"label": part.label, "layer": chosen.name, "layers": layers},
        {"map": np.maximum(maps @ weights, 0).astype(np.float32), "weights": weights},
    )
