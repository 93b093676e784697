"""Rows that were not in the data: prepared with what the steps found in the training part, nothing fitted anew."""

import numpy as np

from playground.data.errors import DataError
from playground.data.part import Part
from playground.data.plan import Plan
from playground.data.table import Table
from playground.data.transforms.row_steps import RowStep
from playground.data.transforms.target_steps import TargetStep
from playground.specs.facts import Facts


def inputs_of(made: Plan, facts: Facts, x: np.ndarray | Table) -> np.ndarray:
    """What a network reads for new rows, of shape (n, *made.input_shape) and the dtype of the prepared inputs.

    Args:
        made: the plan of the run's dataset.
        facts: those of its prepared arrays, with what each step found.
        x: the rows as they come from the source, (n, ...), without columns that are not learned from.

    Raises:
        DataError: a number is missing, or too large for float32.
    """
    if isinstance(x, np.ndarray):
        x = x.astype(made.input_dtype if made.source.columns is None else np.float32, copy=False)
    part = Part(x, np.zeros(len(x)))
    for (step, _), fitted in zip(made.steps, facts.fitted, strict=True):
        if not isinstance(step, TargetStep | RowStep):
            with np.errstate(all="ignore"):  # the check says it in words
                part = part.after(step, fitted)
    with np.errstate(over="ignore"):
        ready = part.matrix()
    if not np.isfinite(ready).all():
        raise DataError("A number is missing or too large for float32 once it is prepared. Correct it.")
    return ready.astype(made.input_dtype, copy=False)


def in_source_units(made: Plan, facts: Facts, answers: np.ndarray) -> np.ndarray:
    """Predicted numbers as the source has them, float64 of the shape of ``answers``: steps on the target undone."""
    found = np.asarray(answers, np.float64)
    if made.task != "regression":
        return found
    for (step, _), fitted in reversed(list(zip(made.steps, facts.fitted, strict=True))):
        if isinstance(step, TargetStep):
            with np.errstate(over="ignore"):
                found = step.undo(found, fitted)
    return found
