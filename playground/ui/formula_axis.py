"""The axis that a formula is drawn over, and the values of its other variables. They stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from playground.data import DataError, outline
from playground.locale.text import _
from playground.specs.planned_steps import planned_steps
from playground.ui import draft, lab_fields

_POINTS = 320  # even: no point lies at 0, where many formulas have a corner
_STEPS = 1000
_NUMBERS = 5.0


@dataclass(frozen=True)
class Axis:
    """Where a formula is drawn.

    Attributes:
        name: the variable that moves.
        places: its values.
        fixed: the other variables.
        marks: places that a thin line stands at.
    """

    name: str
    places: tuple[float, ...]
    fixed: Mapping[str, float] = field(default_factory=dict)
    marks: tuple[float, ...] = ()


def choose(table: str) -> Axis:
    """Draw what can be chosen of the axis of a role; returns it."""
    return {"activations": _of_values, "losses": _of_predictions, "schedules": _of_steps}[table]()


def _of_values() -> Axis:
    far = float(lab_fields.slider(_("x up to"), 1, 20, 5, "upto"))
    return Axis("x", _between(-far, far), marks=(0.0,))


def _of_predictions() -> Axis:
    ways = {"number": _("Numbers"), "probability": _("Probabilities")}
    if lab_fields.part(_("Predictions"), ways, "predictions") == "number":
        target = float(lab_fields.slider(_("Target"), -4.0, 4.0, 1.0, "target", step=0.1))
        return Axis("y_pred", _between(-_NUMBERS, _NUMBERS), {"y_true": target}, (target,))
    right = float(lab_fields.slider(_("Target"), 0.0, 1.0, 1.0, "share", step=0.1))
    return Axis("y_pred", _between(0.001, 0.999), {"y_true": right}, (right,))


def _of_steps() -> Axis:
    bound: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}
    rate = st.number_input(
        _("First learning rate"),
        1e-6,
        10.0,
        0.01,
        format="%g",
        help=_("What the formula calls rate."),
        key="rate",
        **bound,
    )
    total = st.number_input(
        _("Steps"),
        1,
        10**9,
        _planned(),
        help=_("What the formula calls total: the steps of the training."),
        key="total",
        **bound,
    )
    fixed = {"rate": float(rate), "total": float(total)}
    return Axis("step", _between(0.0, float(total)), fixed)


def _planned() -> int:
    """The steps that the draft would train, where that is known."""
    of = draft.current()
    try:
        return (planned_steps(of.spec, outline(of.spec.dataset)) if of is not None else None) or _STEPS
    except DataError:
        return _STEPS


def _between(low: float, high: float) -> tuple[float, ...]:
    return tuple(np.linspace(low, high, _POINTS).tolist())
