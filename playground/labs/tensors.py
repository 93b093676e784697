"""Tensors as Keras makes and changes them, and the line of code for it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from playground.catalog import Param
from playground.catalog.tensor_ops import TensorOp, tensor_op
from playground.labs import tensor_words
from playground.training.errors import first_sentences

FILLS = ("count", "tens", "ones", "random")
_SEED = "seed"  # without one Keras draws other numbers every time


class TensorError(ValueError):
    """What Keras says of a tensor that it does not make."""


class Made(NamedTuple):
    """A tensor.

    Attributes:
        code: the expression that makes it.
        tensor: Keras's own.
    """

    code: str
    tensor: Any

    @property
    def values(self) -> np.ndarray:
        """Its numbers, in the same type; float32 for a type that NumPy does not have."""
        wide = keras.ops.cast(self.tensor, "float32") if self.dtype == "bfloat16" else self.tensor
        return np.asarray(keras.ops.convert_to_numpy(wide))

    @property
    def dtype(self) -> str:
        """The type of its numbers, in Keras's words."""
        return str(keras.backend.standardize_dtype(self.tensor.dtype))

    @property
    def n_bytes(self) -> int:
        """What its numbers take."""
        return int(self.tensor.dtype.size * np.prod(self.tensor.shape, dtype=np.int64))


def filled(shape: str, fill: str, seed: int = 0) -> Made:
    """A tensor to begin with: counted from 0, in tens from 10, ones, or random digits.

    Raises:
        ValueError: the shape or the filling is not one.
    """
    if fill not in FILLS:
        raise ValueError(f"Filling: expected one of {', '.join(FILLS)}, received {fill!r}.")
    sizes = tensor_words.shape_of(shape, low=1)
    count = tensor_words.cells_of(sizes)
    if fill == "ones":
        return _called("keras.ops.ones", keras.ops.ones, [sizes], {})
    if fill == "random":
        return _called("keras.random.randint", keras.random.randint, [sizes, 0, 10], {"seed": seed})
    ends = (count,) if fill == "count" else (10, 10 * count + 10, 10)
    line = _called("keras.ops.arange", keras.ops.arange, ends, {})
    if len(sizes) == 1:
        return line
    return Made(f"keras.ops.reshape({line.code}, {sizes!r})", keras.ops.reshape(line.tensor, sizes))


def applied(name: str, args: Mapping[str, Any], tensors: Mapping[str, Any]) -> Made:
    """What the operation ``name`` makes of ``tensors``.

    Args:
        name: one of the catalogue's tensor operations.
        args: its arguments: numbers, switches, and texts for shapes, numbers in brackets and parts of a tensor.
        tensors: by the name that the code calls each, in order.

    Raises:
        LookupError: there is no such operation or argument.
        TensorError: Keras does not take this.
        ValueError: an argument cannot be read, or the result is too large.
    """
    op = tensor_op(name)
    values = {param.name: _read(param, args.get(param.name, param.default)) for param in op.params}
    if unknown := set(args) - set(values):
        raise LookupError(f"{name} has no argument {min(unknown)!r} on offer.")
    used = list(tensors.items())[: op.reads]
    if name == "getitem":
        (called, tensor), index = used[0], values["index"]
        return Made(f"{called}[{tensor_words.spelled(index)}]", _tried(lambda: tensor[index]))
    _bound(op, values, [each for _name, each in used])
    placed = [values[param.name] for param in op.params if param.required]
    named = {
        param.name: values[param.name]
        for param in op.params
        if not param.required and (param.name == _SEED or values[param.name] != _read(param, param.default))
    }
    if name == "ops.arange" and all(float(each).is_integer() for each in [*placed, *named.values()] if _is_real(each)):
        placed, named = [int(each) for each in placed], {k: int(v) if _is_real(v) else v for k, v in named.items()}
    inputs = [[each for _name, each in used]] if op.is_list else [each for _name, each in used]
    words = [f"[{', '.join(name for name, _each in used)}]"] if op.is_list else [name for name, _each in used]
    return _called(f"keras.{name}", _function(name), placed, named, inputs, words)


def size(tensor: Any) -> int:
    """How many cells a tensor of Keras has."""
    return int(np.prod(tensor.shape, dtype=np.int64))


def _read(param: Param, value: Any) -> Any:
    """An argument as Keras takes it."""
    if value is None:
        return None
    if param.kind == "shape":
        low, high = int(param.minimum or 0), int(param.maximum or tensor_words.MOST_CELLS)
        found = tensor_words.shape_of(str(value), low, high)
        return None if param.optional and not found else found
    if param.kind == "list":
        return tensor_words.numbers_of(str(value))
    if param.kind == "text":
        return tensor_words.index_of(str(value))
    if not param.accepts(value):
        raise ValueError(f"{param.name}: expected {param.expected()}, received {value!r}.")
    return param.normalise(value)


def _bound(op: TensorOp, values: Mapping[str, Any], tensors: Sequence[Any]) -> None:
    """Refuse what would be large before it is made."""
    if op.group == "make" and "shape" in values:
        tensor_words.cells_of(values["shape"])
    if op.id == "ops.arange":
        step = values["step"]
        if step and abs(values["stop"] - values["start"]) / abs(step) > tensor_words.MOST_CELLS:
            raise ValueError(f"Expected at most {tensor_words.MOST_CELLS} numbers; make the step larger.")
    if sum(size(each) for each in tensors) > 2 * tensor_words.MOST_CELLS:
        raise ValueError(f"Expected tensors of at most {tensor_words.MOST_CELLS} cells.")


def _called(
    name: str,
    function: Any,
    placed: Sequence[Any],
    named: Mapping[str, Any],
    tensors: Sequence[Any] = (),
    words: Sequence[str] = (),
) -> Made:
    spelled = [*words, *map(_spelled, placed), *(f"{key}={_spelled(value)}" for key, value in named.items())]
    tensor = _tried(lambda: function(*tensors, *placed, **named))
    return Made(f"{name}({', '.join(spelled)})", tensor)


def _tried(make: Any) -> Any:
    try:
        tensor = make()
    except (tf.errors.OpError, ValueError, TypeError, IndexError, OverflowError) as error:
        raise TensorError(first_sentences(error)) from error
    tensor_words.cells_of(tensor.shape)
    return tensor


def _function(name: str) -> Any:
    module, _dot, last = name.partition(".")
    return getattr({"ops": keras.ops, "random": keras.random}[module], last)


def _is_real(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _spelled(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)
