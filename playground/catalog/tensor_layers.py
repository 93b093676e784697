"""Which layer of Keras does with every sample of a batch what a function of the lab of tensors does with one tensor."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from playground.catalog.tensor_ops import TensorOp

_MERGING: Mapping[str, str] = {
    "ops.add": "Add",
    "ops.subtract": "Subtract",
    "ops.multiply": "Multiply",
    "ops.maximum": "Maximum",
}
_POOLING: Mapping[str, str] = {"ops.mean": "GlobalAveragePooling1D", "ops.max": "GlobalMaxPooling1D"}
_TABLE = 2


class TensorLayer(NamedTuple):
    """A layer: its kind and its arguments."""

    kind: str
    args: dict[str, Any]


def tensor_layer(
    op: TensorOp, args: Mapping[str, Any], a: tuple[int, ...], b: tuple[int, ...], result: tuple[int, ...]
) -> TensorLayer | None:
    """The layer that does what ``op`` has done; ``None`` where there is none that needs nothing else.

    Args:
        op: what was done.
        args: its arguments, as the lab has them: texts for shapes.
        a, b: the shapes of what it was done to; of ``b`` none where it took one tensor.
        result: the shape that came of it.
    """
    axis: Any = args.get("axis")
    match op.id:
        case "ops.reshape" | "ops.expand_dims" | "ops.squeeze" if result:
            return TensorLayer("Reshape", {"target_shape": result})
        case "ops.transpose" if a:
            return TensorLayer("Permute", {"dims": tuple(each + 1 for each in _order(str(args.get("axes", "")), a))})
        case "ops.repeat" if len(a) == _TABLE and axis in (0, -_TABLE):
            return TensorLayer("UpSampling1D", {"size": args["repeats"]})
        case "ops.concatenate" if a:
            return TensorLayer("Concatenate", {"axis": axis + 1 if axis >= 0 else axis})
        case "ops.mean" | "ops.max" if len(a) == _TABLE and axis in (0, -_TABLE) and not args.get("keepdims"):
            return TensorLayer(_POOLING[op.id], {})
        case "ops.matmul" if a and len(b) == _TABLE:
            return TensorLayer("Dense", {"units": b[-1], "activation": "linear", "use_bias": False})
    return TensorLayer(_MERGING[op.id], {}) if op.id in _MERGING and a == b else None


def _order(axes: str, shape: tuple[int, ...]) -> list[int]:
    """The old axes in their new order, from 0."""
    named = [int(each) % len(shape) for each in re.findall(r"-?\d+", axes)]
    return named or list(range(len(shape)))[::-1]
