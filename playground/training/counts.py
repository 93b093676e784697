"""What one layer computes and keeps, read off the graph that TensorFlow makes of it and of its gradient.

No kind of layer is known here: products are counted from the operations they end in, and what the backward pass keeps
is what its operations read from the forward pass.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf
from keras.src.backend.common.stateless_scope import StatelessScope

from playground.training.products import LOOPS, function, products, rounds, size

_VIEWS = {"Reshape", "Identity", "Squeeze", "ExpandDims", "StopGradient", "PreventGradient", "Snapshot"}


@dataclass(frozen=True, slots=True)
class Count:
    """One layer on one sample.

    Attributes:
        multiply_adds: products that are summed in the forward pass.
        inside_bytes: what it keeps for the backward pass beside its inputs and its output.
        needs_inputs: positions of the inputs that its backward pass reads.
        needs_output: whether its backward pass reads its own output.
        is_view_of: the position of the input whose values the output merely shows in another shape, or ``None``.
    """

    multiply_adds: int
    inside_bytes: int
    needs_inputs: frozenset[int]
    needs_output: bool
    is_view_of: int | None


def count(layer: keras.Layer, call: Callable[[list[Any]], Any], read: Sequence[Any]) -> Count:
    """What ``layer``, which has been built, does with one sample of each of ``read``.

    Allocates nothing; call it inside ``shapes_only``.

    Args:
        layer: the layer.
        call: its output for a list of tensors, called as in training.
        read: the symbolic tensors that it reads; an axis of unknown size counts as one.
    """
    graph = tf.__internal__.FuncGraph("count")
    with graph.as_default():
        weights = [tf.compat.v1.placeholder(weight.dtype, weight.shape) for weight in layer.variables]
        inputs = [tf.compat.v1.placeholder(each.dtype, [axis or 1 for axis in each.shape]) for each in read]
        with StatelessScope(state_mapping=list(zip(layer.variables, weights, strict=True))):
            output = call(inputs)
        forward = set(graph.get_operations())
        multiply_adds = products(graph, [output])
        kept = list(_kept(graph, forward, output, [*inputs, *weights]))
    own = {id(tensor) for tensor in weights}
    place = {id(tensor): at for at, tensor in enumerate(inputs)}
    shown = id(_shown(output))
    inside = [each for each in kept if id(each) not in own and id(each) not in place and id(each) != shown]
    return Count(
        multiply_adds,
        sum(map(_bytes, inside)) + _pushed(graph),
        frozenset(place[id(each)] for each in kept if id(each) in place),
        any(id(each) == shown for each in kept),
        place.get(shown),
    )


def _kept(graph: Any, forward: set[Any], output: Any, sources: list[Any]) -> Iterator[Any]:
    """The tensors of the forward pass that the backward pass reads, each once, seen through views."""
    if not output.dtype.is_floating:
        return
    try:
        tf.gradients(output, [each for each in sources if each.dtype.is_floating], tf.ones_like(output))
    except LookupError:  # an operation without gradient ends the backward pass here
        return
    found = {}
    for operation in graph.get_operations():
        if operation not in forward:
            for each in map(_shown, operation.inputs):
                if each.op in forward and each.op.type != "Const":
                    found[id(each)] = each
    yield from found.values()


def _shown(tensor: Any) -> Any:
    """The tensor whose values ``tensor`` has, in another shape or after a loop that leaves them as they are."""
    while True:
        operation = tensor.op
        if operation.type in _VIEWS:
            tensor = operation.inputs[0]
        elif operation.type in LOOPS and _is_left_alone(operation, tensor.value_index):
            tensor = operation.inputs[tensor.value_index]
        else:
            return tensor


def _is_left_alone(loop: Any, at: int) -> bool:
    body = function(loop.graph, loop.get_attr("body").name)
    return _shown(body.outputs[at]) is body.inputs[at]


def _bytes(tensor: Any) -> int:
    if tensor.dtype.base_dtype in (tf.variant, tf.resource, tf.string) or tensor.shape.rank is None:
        return 0
    return size(tensor) * tensor.dtype.base_dtype.size


def _pushed(graph: Any) -> int:
    """Bytes that loops of the forward pass put aside for the backward pass, one tensor a round and list."""
    total = 0
    for operation in graph.get_operations():
        if operation.type in LOOPS:
            body = function(graph, operation.get_attr("body").name)
            pushed = sum(_bytes(each.inputs[1]) for each in body.get_operations() if each.type == "TensorListPushBack")
            total += rounds(operation) * (pushed + _pushed(body))
    return total
