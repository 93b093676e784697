"""What a formula comes to, worked out by NumPy: enough to warn of what is no number before anything is trained."""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.catalog.formulas import CONSTANTS
from playground.specs.formulas.tree import Apply, Formula, Name, Node, Number

_WORKED: Mapping[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "minus": operator.neg,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "relu": lambda a: np.maximum(a, 0),
    "softplus": lambda a: np.logaddexp(0, a),
    "softsign": lambda a: a / (1 + np.abs(a)),
    "erf": np.vectorize(math.erf, otypes=[float]),
    "sum": lambda a: np.sum(a, axis=-1, keepdims=True),
    "mean": lambda a: np.mean(a, axis=-1, keepdims=True),
}
"""What is not the function of NumPy of the same name."""


def values_of(formula: Formula, variables: Mapping[str, np.ndarray]) -> np.ndarray:
    """The value of ``formula`` where its variables are ``variables``, float64; not finite where it is no number."""
    known = {name: np.float64(value) for name, value in {**CONSTANTS, **formula.values}.items()}
    with np.errstate(all="ignore"):
        return np.asarray(_worked(formula.tree, {**known, **variables}), np.float64)


def _worked(node: Node, known: Mapping[str, Any]) -> Any:
    match node:
        case Number(value):
            return np.float64(value)
        case Name(name):
            return known[name]
        case Apply(what, to):
            return _WORKED.get(what, getattr(np, what, None))(*(_worked(each, known) for each in to))  # type: ignore[misc]
