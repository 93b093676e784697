"""The rows and columns of a source that are used, and those that two parts have in common."""

from dataclasses import replace

import numpy as np

from playground.data.plan import Plan
from playground.data.source import Loaded
from playground.data.split import Rows
from playground.data.table import Table
from playground.data.transforms.row_steps import RowStep, repeated, row_hashes


def kept(made: Plan, loaded: Loaded) -> tuple[Loaded, np.ndarray]:
    """The rows that no step leaves out, and their numbers in the source, int64 (n,)."""
    numbers = np.arange(len(loaded.x), dtype=np.int64)
    for step, _ in made.steps:
        if isinstance(step, RowStep):
            keep = step.keep(used(made, loaded.x), loaded.y)
            n = len(keep)
            numbers = numbers[keep]
            loaded = replace(
                loaded,
                x=loaded.x[keep],
                y=loaded.y[keep],
                n_test=int(keep[n - loaded.n_test :].sum()),
                n_validation=int(keep[n - loaded.n_test - loaded.n_validation : n - loaded.n_test].sum()),
                by=None if loaded.by is None else loaded.by[keep],
            )
    return loaded, numbers


def repeats(made: Plan, loaded: Loaded, rows: Rows) -> tuple[int, int]:
    """How many rows of the validation and of the test part are equal to a training row; 0 where nobody asks.

    Windows of a series overlap and generated points repeat by chance; without a split all rows are the same.
    """
    if made.is_series or made.split == "none":
        return 0, 0
    hashes = row_hashes(used(made, loaded.x), loaded.y)
    return repeated(hashes, rows.train, rows.validation), repeated(hashes, rows.train, rows.test)


def used(made: Plan, x: np.ndarray | Table) -> np.ndarray | Table:
    """The inputs without columns that are not learned from."""
    if made.columns is None:
        return x
    return x.only(made.columns) if isinstance(x, Table) else x[:, made.columns]
