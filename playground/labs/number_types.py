"""Two numbers in every type of numbers: how they are kept, and what Keras makes of them."""

from typing import Any, NamedTuple

import keras
import ml_dtypes
import numpy as np
import tensorflow as tf

from playground.catalog.tensor_ops import DTYPES, INTS
from playground.training.errors import first_sentences

OPERATIONS = ("add", "subtract", "multiply", "divide", "floor_divide")
_FAR = 1e12


class Kept(NamedTuple):
    """One type of numbers.

    Attributes:
        dtype: its name.
        n_bytes: what a number takes.
        lowest, highest: its ends, as float64.
        gap: from 1 to the next larger number that it has; for whole numbers 1.
        x, y: the two numbers as it keeps them.
        result: what comes of them; ``None`` where Keras does not do it.
        result_dtype: the type of that.
        why: what Keras says where there is no result.
    """

    dtype: str
    n_bytes: int
    lowest: float
    highest: float
    gap: float
    x: float
    y: float
    result: float | None
    result_dtype: str
    why: str


def kept(x: float, y: float, operation: str) -> list[Kept]:
    """``x`` and ``y`` and what ``operation`` makes of them, in each type but ``bool``.

    Raises:
        ValueError: there is no such operation, or a number is larger than 1e12.
    """
    if operation not in OPERATIONS:
        raise ValueError(f"Operation: expected one of {', '.join(OPERATIONS)}, received {operation!r}.")
    if not (abs(x) <= _FAR and abs(y) <= _FAR):
        raise ValueError(f"Expected numbers of at most {_FAR:g}, received {x:g} and {y:g}.")
    return [_kept(dtype, x, y, operation) for dtype in DTYPES if dtype != "bool"]


def code_of(dtype: str, x: float, y: float, operation: str) -> str:
    """The line that does it in one type."""
    one, other = (f'keras.ops.convert_to_tensor({_whole(each)!r}, "{dtype}")' for each in (x, y))
    return f"keras.ops.{operation}({one}, {other})"


def _kept(dtype: str, x: float, y: float, operation: str) -> Kept:
    one, other = (keras.ops.convert_to_tensor(_whole(each), dtype) for each in (x, y))
    found, why, result_dtype = None, "", dtype
    try:
        result = getattr(keras.ops, operation)(one, other)
        found, result_dtype = _number(result), str(keras.backend.standardize_dtype(result.dtype))
    except tf.errors.OpError as error:
        why = first_sentences(error)
    info: Any = np.iinfo(dtype) if dtype in INTS else ml_dtypes.finfo(dtype)  # type: ignore[no-untyped-call]
    gap = 1.0 if dtype in INTS else float(info.eps)
    size = int(one.dtype.size)
    ends = float(info.min), float(info.max)
    return Kept(dtype, size, *ends, gap, _number(one), _number(other), found, result_dtype, why)


def _whole(value: float) -> float | int:
    """A whole number as ``int``: what does not fit then wraps round, where as ``float`` it is up to the processor."""
    return int(value) if float(value).is_integer() else value


def _number(tensor: Any) -> float:
    return float(keras.ops.convert_to_numpy(keras.ops.cast(tensor, "float64")))
