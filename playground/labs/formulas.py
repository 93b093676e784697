"""A formula over one of its variables, by Keras, with its slope found out in two ways."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from playground.catalog.formulas import ROLES
from playground.specs.formulas import Formula, parsed
from playground.training.formulas import value

_STEP = 1e-6
"""Of the difference quotient, as a share of the axis: in 64 bits its own error is then some 1e-9 of the values."""
_TYPE = "float64"
_UNITS = 3

MOVED = {"activations": "x", "losses": "y_pred", "schedules": "step"}
"""The variable that the axis is, by table."""


class Curve(NamedTuple):
    """A formula along an axis.

    Attributes:
        y: its values, float64 (n,).
        slope: their slope by automatic differentiation, float64 (n,).
        quotient: their slope as a central difference quotient, float64 (n,).
    """

    y: np.ndarray
    slope: np.ndarray
    quotient: np.ndarray

    def apart(self) -> tuple[float, int]:
        """How far the two slopes are from each other at most, and at which place; (nan, -1) if there is none."""
        gap = np.abs(self.slope - self.quotient)
        if not np.isfinite(gap).any():
            return float("nan"), -1
        at = int(np.nanargmax(np.where(np.isfinite(gap), gap, np.nan)))
        return float(gap[at]), at


def curve(text: str, table: str, x: np.ndarray, fixed: Mapping[str, float]) -> Curve:
    """The formula ``text`` at the places ``x`` of the variable that :data:`MOVED` names.

    Where it looks along the last axis, that has three values: one that moves, and two that are 0.

    Args:
        text: a formula.
        table: the catalogue's table that its role stands in.
        x: places, (n,).
        fixed: the role's other variables.

    Raises:
        FormulaError: it is no formula for that role.
        LookupError: there is no such role, or a variable is missing.
    """
    if table not in ROLES:
        raise LookupError(f"{table!r} takes no formula; expected one of {', '.join(ROLES)}.")
    missing = set(ROLES[table].variables) - {MOVED[table], *fixed}
    if missing:
        raise LookupError(f"A value is missing for {', '.join(sorted(missing))}.")
    function = _of_one(parsed(text, table), {name: float(number) for name, number in fixed.items()})
    at = tf.constant(np.asarray(x, np.float64))
    with tf.GradientTape() as tape:
        tape.watch(at)
        y = function(at)
    slope = tape.gradient(y, at, unconnected_gradients="zero")
    step = _STEP * float(np.ptp(x) or 1.0)
    before = tf.maximum(at - step, 0.0) if MOVED[table] == "step" else at - step  # there is no step before the first
    quotient = (function(at + step) - function(before)) / (at + step - before)
    return Curve(y.numpy(), slope.numpy(), quotient.numpy())


def _of_one(formula: Formula, fixed: Mapping[str, float]) -> Callable[[tf.Tensor], tf.Tensor]:
    """``formula`` as a function of float64 (n,) alone."""
    name = MOVED[formula.table]

    def function(at: tf.Tensor) -> tf.Tensor:
        rows = tf.stack([at, *[tf.zeros_like(at)] * (_UNITS - 1)], axis=-1) if name == "x" else at[:, None]
        others = {each: tf.fill(tf.shape(rows), tf.constant(number, _TYPE)) for each, number in fixed.items()}
        return tf.broadcast_to(value(formula, {name: rows, **others}, _TYPE), tf.shape(rows))[:, 0]

    return function
