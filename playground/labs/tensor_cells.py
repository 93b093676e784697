"""Which cells of tensors a cell of a result is made of, by Keras itself."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from playground.catalog.tensor_ops import TensorOp
from playground.labs.tensors import applied, size


def met(op: TensorOp, args: Mapping[str, Any], a: Any, b: Any, cell: int) -> tuple[np.ndarray, np.ndarray]:
    """Which cells of ``a`` and of ``b`` make the cell ``cell`` of the result, in order; each int64 (n,).

    Cells are counted row by row. Keras itself says it: the operation is done on the numbers of the cells.
    """
    none = np.zeros(0, np.int64)
    places = [_numbered(each, start) for each, start in ((a, 0), (b, size(a)))]
    if op.group == "shape":
        pair = dict(zip("ab", places, strict=True))
        from_where = int(applied(op.id, args, pair).values.reshape(-1)[cell])
        return (np.array([from_where]), none) if from_where < size(a) else (none, np.array([from_where - size(a)]))
    if op.group == "broadcast":
        both = [keras.ops.add(place, keras.ops.zeros_like(keras.ops.add(*places))) for place in places]
        one, other = (int(np.asarray(each).reshape(-1)[cell]) for each in both)
        return np.array([one]), np.array([other - size(a)])
    if op.group == "reduce":
        axis = args.get("axis")
        small = keras.ops.sum(places[0], axis=axis, keepdims=True)
        goes_to = keras.ops.add(_numbered(small, 0), keras.ops.zeros_like(places[0]))
        return np.flatnonzero(np.asarray(goes_to) == cell), none
    rows, columns = (np.asarray(each) for each in places)
    rows, columns = np.atleast_2d(rows), columns if columns.ndim > 1 else columns[:, None]
    batch = np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2])
    at = np.unravel_index(cell, (*batch, rows.shape[-2], columns.shape[-1]))
    rows = np.broadcast_to(rows, batch + rows.shape[-2:])[at[:-2]]
    columns = np.broadcast_to(columns, batch + columns.shape[-2:])[at[:-2]]
    return rows[at[-2]], columns[:, at[-1]] - size(a)


def _numbered(tensor: Any, start: int) -> Any:
    """The numbers of its cells in its shape, int64."""
    return keras.ops.reshape(keras.ops.arange(start, start + size(tensor), dtype="int64"), tensor.shape)
