"""What a dataset looks like after each of its steps, before any data is touched."""

from dataclasses import dataclass, replace
from typing import Any

from playground.data.errors import DataError
from playground.data.part import AnyStep
from playground.data.source import Source
from playground.data.steps import STEPS
from playground.data.table import Columns
from playground.data.transforms.row_steps import ROW_STEPS, RowStep
from playground.data.transforms.table_step import TableStep
from playground.data.transforms.table_steps import TABLE_STEPS
from playground.data.transforms.target_steps import TARGET_STEPS, TargetStep
from playground.specs.facts import Task


@dataclass(frozen=True)
class State:
    """What the steps so far have made.

    Attributes:
        shape: one input, without the batch axis.
        columns: the columns of a table of different types; ``None`` where all inputs are numbers.
        unit: the target's.
        features: names of the columns where all inputs are numbers; empty for images.
    """

    shape: tuple[int, ...]
    columns: Columns | None
    unit: str
    features: tuple[str, ...] = ()

    def after(self, step: AnyStep, args: dict[str, Any]) -> "State":
        """The state after one more step. Raises DataError where it does not fit."""
        if isinstance(step, RowStep):
            return self if self.columns is None else replace(self, columns=step.columns(self.columns))
        if isinstance(step, TargetStep):
            return replace(self, unit=step.unit(self.unit))
        if isinstance(step, TableStep):
            return replace(self, columns=step.columns(self.columns or (), args))
        return replace(self, shape=step.shape(self.shape, args), features=step.names(self.features, args))


def step_of(kind: str, task: Task, source: Source) -> AnyStep:
    """The step called ``kind``. Raises DataError where it is not for that task or kind of data."""
    if kind in TARGET_STEPS:
        if task not in ("regression", "reconstruction"):  # which leaves the target of its own aside
            raise DataError(f"{kind} changes numbers that are to be predicted; here these are classes. Remove it.")
        return TARGET_STEPS[kind]
    if kind == "drop_gaps" and source.columns is None:
        raise DataError("drop_gaps is for tables with missing values; here there are none. Remove it.")
    if kind in ROW_STEPS:
        return ROW_STEPS[kind]
    known: dict[str, Any] = STEPS if source.columns is None else TABLE_STEPS
    if kind not in known:
        what = "inputs that are all numbers" if source.columns is None else "tables"
        raise DataError(f"The step {kind} is not for {what}. Remove it, or choose of {', '.join(known)}.")
    step: AnyStep = known[kind]
    return step
