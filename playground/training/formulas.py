"""Formulas that people write, as the activations, losses and schedules of Keras that they are.

Each is registered with Keras under its own text, ``formula>x * sigmoid(b * x) with b = 1``: a saved file says what it
needs, and the functions of an exported script, which register themselves under the same names, load it.
"""

import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any

import keras

from playground.catalog.formulas import COMPARISONS, CONSTANTS, FUNCTIONS
from playground.specs.formulas import Apply, Formula, Name, Node, Number, parsed
from playground.specs.formulas.tree import MINUS, SIGNS
from playground.specs.formulas.written import text_of

PACKAGE = "formula"
"""The package that formulas are registered in with Keras."""

_OPERATORS: Mapping[str, Callable[..., Any]] = dict(
    zip(
        (*SIGNS, *COMPARISONS, MINUS),
        (
            operator.add,
            operator.sub,
            operator.mul,
            operator.truediv,
            operator.pow,
            operator.lt,
            operator.le,
            operator.gt,
            operator.ge,
            operator.neg,
        ),
        strict=True,
    )
)


def value(formula: Formula, variables: Mapping[str, Any], dtype: str = "float32") -> Any:
    """The value of ``formula`` as a tensor, by ``keras.ops``.

    Args:
        formula: what somebody wrote.
        variables: tensors of type ``dtype``, by name.
        dtype: floating point type of the numbers in between.
    """
    return _value(formula.tree, {**CONSTANTS, **formula.values, **variables}, dtype)


def _value(node: Node, known: Mapping[str, Any], dtype: str) -> Any:
    match node:
        case Number(number):
            return number
        case Name(name):
            return known[name]
        case Apply(what, to):
            given = [_value(each, known, dtype) for each in to]
            if what in _OPERATORS:
                return _OPERATORS[what](*given)
            given = [keras.ops.convert_to_tensor(each, dtype) if isinstance(each, float) else each for each in given]
            across = {"axis": -1, "keepdims": True} if FUNCTIONS[what].is_across else {}
            return getattr(keras.ops, what)(*given, **across)


def activation(formula: str) -> Callable[[Any], Any]:
    """The function of a tensor that ``formula`` is, of any shape and in the type of what it is given.

    Raises:
        FormulaError: it is no formula for an activation.
    """
    return _activation(parsed(formula, "activations"))


def loss(formula: str, **how: Any) -> Any:
    """The loss that ``formula`` is, a ``keras.losses.Loss``: of one sample, its mean over the last axis.

    Args:
        formula: of ``y_true`` and ``y_pred``.
        how: what every loss of Keras takes, such as ``reduction``.

    Raises:
        FormulaError: it is no formula for a loss.
    """
    return _loss(parsed(formula, "losses"))(**how)


def schedule(formula: str, initial_learning_rate: float, decay_steps: int) -> Any:
    """The learning rate schedule that ``formula`` is, a ``LearningRateSchedule``.

    Args:
        formula: of ``step``, ``total`` and ``rate``.
        initial_learning_rate: what it calls ``rate``.
        decay_steps: what it calls ``total``.

    Raises:
        FormulaError: it is no formula for a schedule.
    """
    return _schedule(parsed(formula, "schedules"))(initial_learning_rate, decay_steps)


MADE: Mapping[str, Callable[..., Any]] = {"activations": activation, "losses": loss, "schedules": schedule}
"""What makes the Keras object of a formula from its arguments, by table."""


@functools.lru_cache(maxsize=256)
def _activation(of: Formula) -> Callable[[Any], Any]:
    def activation_formula(x: Any) -> Any:
        wide = keras.ops.cast(x, "float32")  # in 16 bits the numbers between could not meet those of the formula
        return keras.ops.cast(value(of, {"x": wide}), x.dtype)

    return _registered(of, activation_formula)


@functools.lru_cache(maxsize=256)
def _loss(of: Formula) -> Callable[..., Any]:
    class LossFormula(keras.losses.Loss):
        def call(self, y_true: Any, y_pred: Any) -> Any:
            return keras.ops.mean(value(of, {"y_true": y_true, "y_pred": y_pred}), axis=-1)

    return _registered(of, LossFormula)


@functools.lru_cache(maxsize=256)
def _schedule(of: Formula) -> Callable[..., Any]:
    class ScheduleFormula(keras.optimizers.schedules.LearningRateSchedule):
        def __init__(self, initial_learning_rate: float, decay_steps: int) -> None:
            self.initial_learning_rate = initial_learning_rate
            self.decay_steps = decay_steps

        def __call__(self, step: Any) -> Any:
            known = {"step": step, "total": self.decay_steps, "rate": self.initial_learning_rate}
            return value(of, {name: keras.ops.cast(each, "float32") for name, each in known.items()})

        def get_config(self) -> dict[str, Any]:
            return {"initial_learning_rate": self.initial_learning_rate, "decay_steps": self.decay_steps}

    return _registered(of, ScheduleFormula)


def _registered(of: Formula, found: Any) -> Any:
    return keras.saving.register_keras_serializable(PACKAGE, text_of(of))(found)
