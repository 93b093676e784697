"""What a model costs to train: multiply-adds and memory, without allocating anything or training a step."""

import functools
import math
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from playground.specs import LayerSpec, OptimizerSpec, RunSpec
from playground.specs.cost import Cost, LayerCost
from playground.specs.facts import Facts
from playground.training.build import INPUT, called, connect, in_words
from playground.training.counts import Count, count
from playground.training.objects import made
from playground.training.shapes import shapes_only

_MOST_COUNTS = 4096
_AT_ONCE = 2  # values of a weight's size that its update computes before it writes one; measured with Adam
_counts: dict[tuple[Any, ...], Count] = {}
"""Counts by layer and what it reads: an edit changes one layer, and counting one takes 5 to 100 ms."""


def cost(spec: RunSpec, facts: Facts) -> Cost:
    """What training ``spec`` takes, layer by layer.

    Args:
        spec: a run whose model has been found to fit, within the server's limits.
        facts: the shapes of its data; counts of rows where they are known.

    Raises:
        BuildError: a layer does not fit.
    """
    built_layers: list[keras.Layer] = []
    counted: list[tuple[LayerSpec, Count, list[int], int]] = []
    place: dict[int, int] = {}  # which output a tensor is: 0 for the input, 1 for the first layer's
    sizes: list[int] = []

    def seen(layer: LayerSpec, built: keras.Layer, read: list[Any], output: Any) -> None:
        counted.append((layer, _count(layer, built, read), [place[id(each)] for each in read], len(sizes)))
        place[id(output)] = len(sizes)
        sizes.append(_bytes(output))
        built_layers.append(built)

    with shapes_only():
        source = keras.Input(facts.input_shape, dtype=facts.input_dtype, name=INPUT)
        place[id(source)] = 0
        sizes.append(_bytes(source))
        connect(spec.model, source, seen)
    shown = list(range(len(sizes)))  # whose values an output shows: its own, or those of what it gives a new shape
    needed = set()
    for _, each, read, output in counted:
        if each.is_view_of is not None:
            shown[output] = shown[read[each.is_view_of % len(read)]]
        needed |= {shown[read[at % len(read)]] for at in each.needs_inputs}
        needed |= {shown[output]} if each.needs_output else set()
    layers = [
        LayerCost(
            name=layer.name,
            multiply_adds=each.multiply_adds,
            output_bytes=sizes[output],
            kept_bytes=each.inside_bytes + (sizes[output] if output in needed else 0),
        )
        for layer, each, _, output in counted
    ]
    weights = {id(weight): weight for built in built_layers for weight in built.weights}
    trained = {id(weight): weight for built in built_layers for weight in built.trainable_weights}
    shapes = [tuple(weight.shape) for weight in trained.values()]
    target = math.prod(facts.target_shape) * np.dtype(facts.target_dtype).itemsize
    rows = sum(n or 0 for n in (facts.n_train, facts.n_validation, facts.n_test))
    return Cost(
        layers=tuple(layers),
        weights_bytes=sum(map(_bytes, weights.values())),
        gradients_bytes=sum(map(_bytes, trained.values())),
        optimizer_bytes=_optimizer_bytes(spec.training.optimizer, shapes),
        update_bytes=_AT_ONCE * max(map(_bytes, trained.values()), default=0),
        batch_bytes=sizes[0] + target,
        data_bytes=rows * (sizes[0] + target),
        passing_bytes=max((sum(sizes[at] for at in read) + sizes[output] for _, _, read, output in counted), default=0),
    )


def _count(layer: LayerSpec, built: keras.Layer, read: list[Any]) -> Count:
    key = (layer.kind, layer.args, *((tuple(each.shape), each.dtype) for each in read))
    if key not in _counts:
        how = {"training": True} if built._call_has_training_arg else {}
        with in_words(layer, read):  # a few layers look at their input only when they are called with a tensor
            found = count(built, lambda tensors: called(built, layer, tensors, **how), read)
        if len(_counts) >= _MOST_COUNTS:
            del _counts[next(iter(_counts))]
        _counts[key] = found
    return _counts[key]


def _optimizer_bytes(optimizer: OptimizerSpec, shapes: list[tuple[int, ...]]) -> int:
    """The variables that ``optimizer`` makes for weights of these shapes, one by one: each has its own."""
    alone = _variables(optimizer, None)
    return alone + sum(_variables(optimizer, shape) - alone for shape in shapes)


@functools.lru_cache(maxsize=4096)
def _variables(optimizer: OptimizerSpec, shape: tuple[int, ...] | None) -> int:
    """Bytes of the variables that ``optimizer`` makes for one weight of that shape, or for none."""
    with tf.Graph().as_default():  # in a graph a variable is a name for memory that nobody has asked for yet
        made_optimizer = made("optimizers", optimizer.kind, optimizer.args)
        made_optimizer.build([] if shape is None else [keras.Variable("zeros", shape=shape, dtype="float32")])
        return sum(map(_bytes, made_optimizer.variables))


def _bytes(tensor: Any) -> int:
    return math.prod(size or 1 for size in tensor.shape) * tf.as_dtype(tensor.dtype).size
