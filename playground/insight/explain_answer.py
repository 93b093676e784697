"""The one number of an answer that is explained, and the network that gives it before its last activation function."""

from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground.data import DataError
from playground.specs.facts import Facts

_BENDING_LAST = (keras.layers.Activation, keras.layers.Softmax)
_WITH_ACTIVATION = frozenset(
    {
        *("Dense", "EinsumDense", "Conv1D", "Conv2D", "Conv3D", "SeparableConv1D", "SeparableConv2D"),
        *("DepthwiseConv1D", "DepthwiseConv2D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"),
    }
)
"""Layers whose activation function comes last and can be left out; that of a recurrent layer cannot."""


class Part(NamedTuple):
    """Which part of an answer is explained.

    Attributes:
        unit: the number of the output unit.
        sign: 1, or -1 where the unit speaks against what is explained: a single unit for two classes.
        label: the class; of an answer that is no class the number of the value.
    """

    unit: int
    sign: int
    label: int


def part_of(answer: np.ndarray, facts: Facts, label: int | None = None) -> Part:
    """The part of ``answer``, (units,), that is explained: that of ``label``, or of what was answered.

    Raises:
        DataError: an answer is a sequence or a whole input, or there is no such class.
    """
    if facts.is_sequence_answered or facts.task == "reconstruction" or np.ndim(answer) != 1:
        raise DataError("This network answers with many numbers at once; only one number or one class is explained.")
    count = len(facts.classes) or len(answer)
    if label is not None and not 0 <= label < count:
        raise DataError(f"Expected a class from 0 to {count - 1}, received {label}.")
    if facts.classes and len(answer) == 1:
        label = int(answer[0] > 0.5) if label is None else label
        return Part(0, 1 if label else -1, label)
    if label is None:
        label = int(np.argmax(answer[:count])) if facts.classes else 0
    return Part(label, 1, label)


def value_of(answers: Any, part: Part) -> Any:
    """What is explained of ``answers``, a tensor (n, units): one number a row, float32 (n,)."""
    return part.sign * tf.cast(answers[:, part.unit], tf.float32)


def before_bending(layer: keras.Layer) -> Any:
    """What ``layer`` of a network gives before its activation function, as a symbolic tensor of that network.

    Its output where it has none. A slope that an activation function has flattened away says nothing any more.
    """
    if isinstance(layer, _BENDING_LAST):
        return layer.input
    activation = getattr(getattr(layer, "activation", None), "__name__", "linear")
    if type(layer).__name__ not in _WITH_ACTIVATION or activation == "linear":
        return layer.output
    config = layer.get_config() | {"activation": "linear", "name": f"{layer.name}_before"}
    twin = type(layer).from_config(config)
    found = twin(layer.input)
    twin.set_weights(layer.get_weights())
    return found


def named(model: keras.Model, name: str) -> keras.Layer:
    """The layer of ``model`` called ``name``. Raises DataError where there is none, or where it has no one output."""
    for layer in model.layers:
        if layer.name == name and not isinstance(layer, keras.layers.InputLayer):
            if isinstance(layer.output, list | tuple):
                break
            return layer
    raise DataError(f"The network has no layer {name!r} with one output.")
