"""Numbers as JSON has them, and which columns say most."""

import math
import warnings
from typing import Any

import numpy as np

from playground.data.statistics.sampled import Sampled

_CANDIDATES = 60
_ROWS = 1_000
_DIGITS = 6


def number(value: Any) -> float | None:
    """``value`` with six digits; ``None`` for what is no finite number."""
    found = float(value)
    return float(f"{found:.{_DIGITS}g}") if math.isfinite(found) else None


def listed(values: Any) -> list[float | None]:
    """All ``values``, one-dimensional, as :func:`number` gives them."""
    return [number(value) for value in np.asarray(values, np.float64).tolist()]


def most_telling(found: Sampled, names: list[str], n: int) -> list[str]:
    """The ``n`` of the columns called ``names`` that say most about the target, in the order of the table.

    By mutual information, as scikit-learn estimates it from at most a thousand rows; of the first sixty columns.
    """
    from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

    varied = [name for name in names if found.frame[name].nunique() > 1]
    if len(varied) <= n or found.target in found.frame.columns:
        return (varied or names)[:n]
    varied = varied[:_CANDIDATES]
    rows = slice(None, None, max(1, len(found.frame) // _ROWS))
    columns, discrete = [], []
    for name in varied:
        column = found.frame[name].iloc[rows]
        is_number = column.dtype.kind == "f"
        values = column.to_numpy(np.float64) if is_number else column.astype("category").cat.codes.to_numpy(np.float64)
        gaps = np.isnan(values)
        columns.append(np.where(gaps, np.median(values[~gaps]) if not gaps.all() else 0.0, values))
        discrete.append(not is_number)
    y = np.asarray(found.y)[rows]
    score = mutual_info_classif if found.classes else mutual_info_regression
    with warnings.catch_warnings():  # few rows of a class and the like: then the order says little, and harms nothing
        warnings.simplefilter("ignore")
        try:
            scores = score(np.column_stack(columns), y, discrete_features=np.array(discrete), random_state=0)
        except ValueError:
            scores = np.zeros(len(varied))
    best = set(np.argsort(-scores, kind="stable")[:n].tolist())
    return [name for at, name in enumerate(varied) if at in best]


def chosen_columns(found: Sampled, wanted: tuple[str, ...], names: list[str], n: int) -> list[str]:
    """Of ``names``, those that are ``wanted`` and there, at most ``n``; without, the ones that say most."""
    here = [name for name in wanted if name in names][:n]
    return here or most_telling(found, names, n)
