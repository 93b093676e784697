"""What two columns have to do with each other."""

from typing import TYPE_CHECKING

import numpy as np

from playground.data.errors import DataError
from playground.data.statistics.asked import Asked
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import chosen_columns

if TYPE_CHECKING:
    import pandas as pd

PAIRS, PAIRS_AT_FIRST = 6, 4
"""Columns of a pair plot, at most and where nobody chose."""

CORRELATED, CORRELATED_AT_FIRST = 12, 12


def paired(found: Sampled, asked: Asked) -> "pd.DataFrame":
    """The columns of numbers that a pair plot shows, a regression's target last.

    Raises:
        DataError: there are fewer than two whose values differ.
    """
    return _related(found, asked, PAIRS, PAIRS_AT_FIRST)


def correlated(found: Sampled, asked: Asked) -> "pd.DataFrame":
    """Pearson's correlation of the columns of numbers, each with each; a target of two classes counts as 0 and 1.

    Raises:
        DataError: there are fewer than two whose values differ.
    """
    frame = _related(found, asked, CORRELATED, CORRELATED_AT_FIRST, has_classes=True)
    return frame.corr(min_periods=2)


def _related(found: Sampled, asked: Asked, most: int, first: int, *, has_classes: bool = False) -> "pd.DataFrame":
    names = [name for name in found.numbers() if found.frame[name].nunique() > 1]
    frame = found.with_target()
    target = found.target if found.target in frame.columns and found.target not in found.frame.columns else ""
    if has_classes and len(found.classes) == 2 and found.target not in frame.columns:
        frame = frame.assign(**{found.target: np.asarray(found.y, np.float64)})
        target = found.target
    room = first - bool(target)
    shown = chosen_columns(found, asked.columns, names, most - bool(target) if asked.columns else room)
    shown = [name for name in shown if name in names]
    if target and frame[target].nunique() > 1:
        shown.append(target)
    if len(shown) < 2 or len(frame) < 2:
        words = f"expected two columns of numbers with different values, there is {len(shown)}"
        raise DataError(f"There is nothing to compare: {words}.")
    return frame[shown]
