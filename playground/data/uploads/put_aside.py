"""Which columns of a table should not be learned from with a target: those that alone tell it, and why."""

from typing import TYPE_CHECKING

import numpy as np

from playground.data.uploads.column_types import numbers
from playground.data.uploads.profile import ColumnProfile

if TYPE_CHECKING:
    import pandas as pd

_TELLS = "it alone predicts"
_FEW_VALUES = 20
_FEW_ANSWERS = 10
_FEW_OF_ALL = 0.05
_ENOUGH = 20
_ROWS_A_VALUE = 3
_EQUAL = 1 - 1e-9


def put_aside(frame: "pd.DataFrame", columns: list[ColumnProfile], target: str) -> list[ColumnProfile]:
    """``columns`` with the reason why those that should not be learned from are put aside."""
    goal = next(column for column in columns if column.name == target)
    answers = _codes(frame, goal)
    found = []
    for column in columns:
        aside = "" if column.aside.startswith(_TELLS) else column.aside
        if column.name != target and not aside and _tells(frame, column, goal, answers):
            aside = f"{_TELLS} {target}: every value of it goes with one value of the target"
        found.append(column.model_copy(update={"aside": aside}))
    return found


def _codes(frame: "pd.DataFrame", column: ColumnProfile) -> np.ndarray:
    """The values as places: int64 (n,), -1 where missing."""
    import pandas as pd

    return np.asarray(pd.factorize(frame[column.name])[0])


def _tells(frame: "pd.DataFrame", column: ColumnProfile, goal: ColumnProfile, answers: np.ndarray) -> bool:
    """Whether a column alone decides the target."""
    import pandas as pd

    if goal.type == column.type == "number" and goal.distinct > _FEW_ANSWERS:
        both = frame[[column.name, goal.name]].apply(numbers).dropna()
        if len(both) < _ENOUGH or not (both.std() > 0).all():
            return False
        return abs(float(np.corrcoef(both.to_numpy().T)[0, 1])) > _EQUAL
    if column.distinct > max(_FEW_VALUES, len(frame) * _FEW_OF_ALL) or goal.distinct < 2:
        return False
    places = _codes(frame, column)
    known = (places >= 0) & (answers >= 0)
    if known.sum() < max(_ENOUGH, len(frame) // 2, _ROWS_A_VALUE * column.distinct):
        return False  # a value that is there once goes with one answer, whatever it is
    pairs = pd.DataFrame({"place": places[known], "answer": answers[known]}).drop_duplicates()
    return len(pairs) > 1 and not pairs["place"].duplicated().any()
