"""The numbers of an optimizer as variables: one compiled program then serves all optimizers of a class."""

from collections.abc import Mapping
from typing import Any

import keras
import tensorflow as tf

from playground import catalog

_RATE = "learning_rate"
ASKED = (
    "clipnorm",
    "clipvalue",
    "ema_overwrite_frequency",
    "global_clipnorm",
    "gradient_accumulation_steps",
    "momentum",
    "warmup_steps",
)
"""Numbers of which Keras asks in Python whether they are 0, and then takes another rule."""


def in_full(kind: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """``args`` of the optimizer ``kind`` with Keras's defaults for all that are not there.

    Raises:
        LookupError: there is no such optimizer.
    """
    entry = catalog.entry("optimizers", kind)
    if entry is None:
        raise LookupError(f"{kind!r} is not among the optimizers on offer.")
    return {param.name: param.default for param in entry.params} | dict(args)


def numbers_of(args: Mapping[str, Any]) -> dict[str, float]:
    """Those of ``args`` that are numbers, without the learning rate, which an optimizer keeps as a variable itself."""
    return {name: value for name, value in args.items() if _is_number(value) and name != _RATE}


def pattern(kind: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """``args`` with the same stand-in for every number: equal for all optimizers that one program can serve.

    What is no number stays: flags, schedules, ``None``. So does whether a number is 0 where Keras asks for it.
    """
    entry = catalog.entry("optimizers", kind)
    assert entry is not None
    defaults = {param.name: param.default for param in entry.params}
    return {name: _stand_in(name, value, defaults.get(name)) for name, value in args.items()}


class Number(keras.Variable):
    """A number that a compiled program reads anew with each call.

    Used as a Python number is: it takes the type of what it is combined with, and whether it is 0 is known while a
    program is traced.
    """

    def __init__(self, value: float) -> None:
        super().__init__(value, dtype="int64" if isinstance(value, int) else "float32", trainable=False)
        self._is_zero = not value

    def __bool__(self) -> bool:
        return not self._is_zero

    def __gt__(self, other: Any) -> Any:
        return super().__gt__(other) if other else bool(self)

    def __ne__(self, other: Any) -> Any:
        return super().__ne__(other) if other else bool(self)

    __hash__ = keras.Variable.__hash__

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Any:
        found = tf.convert_to_tensor(self.value, name=name)
        return found if dtype is None else tf.cast(found, dtype)


def as_variables(optimizer: keras.Optimizer, numbers: Mapping[str, float]) -> dict[str, Number]:
    """Has ``optimizer`` read ``numbers``, which are arguments of it, from variables; returns these by name."""
    made = {name: Number(value) for name, value in numbers.items()}
    for name, number in made.items():
        setattr(optimizer, name, number)
    return made


def _stand_in(name: str, value: Any, default: Any) -> Any:
    if not _is_number(value):
        return value
    if name in ASKED and not value:
        return value
    if _is_number(default) and default:
        return default
    return 2 if isinstance(value, int) else 0.5


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
