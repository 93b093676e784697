"""Products that are summed in a graph of TensorFlow's, operation by operation."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import tensorflow as tf

LOOPS = frozenset({"While", "StatelessWhile"})
"""The operations that run a function again and again."""

_BRANCHES = frozenset({"If", "StatelessIf", "Case", "StatelessCase"})


def products(graph: Any, outputs: Sequence[Any]) -> int:
    """Products that are summed on the way to ``outputs``; what nobody reads is not computed."""
    total = 0
    todo, seen = [tensor.op for tensor in outputs], set()
    while todo:
        operation = todo.pop()
        if operation in seen:
            continue
        seen.add(operation)
        todo += [tensor.op for tensor in operation.inputs]
        total += _PRODUCTS.get(operation.type, _nothing)(operation)
        called = [products(inner, inner.outputs) for inner in _functions(graph, operation)]
        if operation.type in _BRANCHES:
            total += max(called, default=0)
        else:
            total += sum(called) * (rounds(operation) if operation.type in LOOPS else 1)
    return total


def _functions(graph: Any, operation: Any) -> Iterator[Any]:
    for attribute in operation.node_def.attr.values():
        if attribute.WhichOneof("value") == "func":
            yield function(graph, attribute.func.name)
        for each in attribute.list.func:
            yield function(graph, each.name)


def function(graph: Any, name: str) -> Any:
    """The graph of the function ``name`` that an operation of ``graph`` calls."""
    while name not in graph._functions:  # a loop's functions belong to the graph around it
        graph = graph.outer_graph
    return graph._functions[name].graph


def rounds(operation: Any) -> int:
    """How often a loop goes round: Keras's loops over time say so beforehand."""
    limit = operation.inputs[1]
    if limit.op.type == "Max":  # of the lengths of all sequences, which are one here
        limit = limit.op.inputs[0]
    most = tf.get_static_value(limit)
    return int(most.max()) if most is not None and most.size and most.max() > 0 else 1


def size(tensor: Any) -> int:
    """The number of values of a tensor; an axis of unknown size counts as one, a tensor of unknown rank as none."""
    return 0 if tensor.shape.rank is None else _product(tensor.shape)


def _product(sizes: Any) -> int:
    return math.prod(each or 1 for each in sizes)


def _nothing(operation: Any) -> int:
    return 0


def _by_matrices(operation: Any) -> int:
    first = operation.inputs[0].shape
    is_transposed = "transpose_a" in operation.node_def.attr and operation.get_attr("transpose_a")
    is_adjoint = "adj_x" in operation.node_def.attr and operation.get_attr("adj_x")
    return size(operation.outputs[0]) * (first[-2] if is_transposed or is_adjoint else first[-1] or 1)


def _by_windows(operation: Any) -> int:
    """A convolution: every value of the output is a sum over the window and the channels of its group."""
    last = _uncropped(operation.outputs[0])
    return size(last) * _product(operation.inputs[1].shape[:-1])


def _by_depth(operation: Any) -> int:
    last = _uncropped(operation.outputs[0])
    return size(last) * _product(operation.inputs[1].shape[:-2])


def _by_spread(operation: Any) -> int:
    """A transposed convolution: every value of the input is spread over a window of all output channels."""
    return size(operation.inputs[2]) * _product(operation.inputs[1].shape[:-1])


def _uncropped(tensor: Any) -> Any:
    """Where a dilated convolution's result is put together again: its parts are padded beyond what counts."""
    while True:
        following = [each for each in tensor.consumers() if each.type in ("BatchToSpaceND", "Squeeze")]
        if not following:
            return tensor
        tensor = following[0].outputs[0]


def _by_letters(operation: Any) -> int:
    """An Einstein sum: one product for every combination of all its indices."""
    letters: dict[str, int] = {}
    terms = operation.get_attr("equation").decode().split("->")[0].split(",")
    dots = 1
    for term, tensor in zip(terms, operation.inputs, strict=True):
        sizes = [each or 1 for each in tensor.shape]
        before, _, after = term.partition("...")
        named = [*zip(before, sizes, strict=False), *zip(reversed(after), reversed(sizes), strict=False)]
        letters.update(named)
        dots = max(dots, math.prod(sizes) // math.prod(each for _, each in named))
    return dots * math.prod(letters.values())


_PRODUCTS: dict[str, Callable[[Any], int]] = {
    **dict.fromkeys(("MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3"), _by_matrices),
    **dict.fromkeys(("Conv2D", "Conv3D", "Conv"), _by_windows),
    "DepthwiseConv2dNative": _by_depth,
    **dict.fromkeys(("Conv2DBackpropInput", "Conv3DBackpropInputV2"), _by_spread),
    "Einsum": _by_letters,
}
"""The operations in which products are summed, and how many an operation has."""
