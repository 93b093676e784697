"""Steps that leave rows out, before the rest is divided and anything is measured."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from playground.data.errors import DataError
from playground.data.table import CLASSES, Columns, Table


@dataclass(frozen=True)
class RowStep:
    """A step that leaves rows out.

    Attributes:
        keep: which rows stay, bool (n,), from all inputs and targets.
        columns: the columns of a table after the step.
    """

    keep: Callable[[np.ndarray | Table, np.ndarray], np.ndarray]
    columns: Callable[[Columns], Columns]


def row_hashes(x: np.ndarray | Table, y: np.ndarray) -> np.ndarray:
    """A number for each row's inputs and target, uint64 (n,): equal rows share one, and hardly ever two others do."""
    import pandas as pd

    if isinstance(x, Table):
        frame = pd.DataFrame(dict(enumerate((*x.arrays, y))), copy=False)
        return pd.util.hash_pandas_object(frame, index=False).to_numpy()
    y = np.asarray(y)
    return pd.util.hash_array(_hashes(x) ^ pd.util.hash_array(_hashes(y) if y.ndim > 1 else y))


def _hashes(values: np.ndarray) -> np.ndarray:
    """A number for each row of an array of any shape, uint64 (n,)."""
    rows = np.ascontiguousarray(values).reshape(len(values), -1)
    return np.fromiter((hash(row.tobytes()) for row in rows), np.int64, len(rows)).view(np.uint64)


def repeated(hashes: np.ndarray, train: np.ndarray, part: np.ndarray) -> int:
    """How many rows of ``part`` are equal to a training row; both are row numbers."""
    import pandas as pd

    return int(pd.Series(hashes[part]).isin(hashes[train]).sum())  # np.isin sorts both, which takes much longer


def _first_of_equals(x: np.ndarray | Table, y: np.ndarray) -> np.ndarray:
    import pandas as pd

    return ~pd.Series(row_hashes(x, y)).duplicated().to_numpy()


def _without_gaps(x: np.ndarray | Table, y: np.ndarray) -> np.ndarray:
    kept = np.ones(len(y), bool)
    if isinstance(x, Table):
        for column, array in zip(x.columns, x.arrays, strict=True):
            if column.type in CLASSES:
                kept &= array >= 0
            elif column.type in ("number", "date"):
                kept &= ~np.isnan(array)
    if not kept.any():
        raise DataError("Every row has a missing value: dropping these leaves none. Choose the step fill instead.")
    return kept


ROW_STEPS: dict[str, RowStep] = {
    "drop_gaps": RowStep(_without_gaps, lambda columns: tuple(replace(column, has_gaps=False) for column in columns)),
    "drop_duplicates": RowStep(_first_of_equals, lambda columns: columns),
}
"""By their ids in the catalogue."""
