"""The rows of one part of the data while the steps change them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from playground.data.steps import Fitted, Step
from playground.data.table import Table
from playground.data.transforms.row_steps import RowStep
from playground.data.transforms.table_step import TableStep
from playground.data.transforms.target_steps import TargetStep

AnyStep = Step | TableStep | TargetStep | RowStep
"""What changes inputs that are all numbers, columns of different types, the target, or which rows there are."""


@dataclass(frozen=True, eq=False)
class Part:
    """Inputs and targets of some rows.

    Attributes:
        x: inputs, float32 of shape (n, *input_shape), or a table.
        y: targets, shape (n, *target_shape).
        last: of a series, the last value before each target, shape (n,); otherwise ``None``.
    """

    x: np.ndarray | Table
    y: np.ndarray
    last: np.ndarray | None = None

    @property
    def is_finite(self) -> bool:
        """Whether all numbers are; a table's gaps are nobody's business before the last step."""
        return all(np.isfinite(each).all() for each in (self.x, self.y) if isinstance(each, np.ndarray))

    def matrix(self) -> np.ndarray:
        """The inputs as float32 of shape (n, *input_shape)."""
        return self.x.matrix() if isinstance(self.x, Table) else self.x

    def fitted(self, step: AnyStep, args: Mapping[str, Any]) -> Fitted:
        """The parameters of ``step``, from these rows."""
        if isinstance(step, TargetStep):
            return step.fit(self.y)
        if isinstance(step, RowStep):  # done before the rows were divided
            return {}
        x: Any = self.x
        return step.fit(x, args)

    def after(self, step: AnyStep, fitted: Fitted) -> "Part":
        """These rows after ``step``."""
        if isinstance(step, TargetStep):
            last = None if self.last is None else step.apply(self.last, fitted)
            return replace(self, y=step.apply(self.y, fitted), last=last)
        if isinstance(step, RowStep):
            return self
        x: Any = self.x
        return replace(self, x=step.apply(x, fitted))
