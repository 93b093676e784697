"""How the rows of a source are divided into a training, a validation and a test part."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from playground.data.errors import DataError


class Rows(NamedTuple):
    """Row numbers in the source, one int64 array (n,) a part. A source's own test part is counted after the rest."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


class Sizes(NamedTuple):
    """Rows of each part."""

    train: int
    validation: int
    test: int


def sizes(kind: str, args: Mapping[str, Any], n: int, n_test: int) -> Sizes:
    """Rows of each part of ``n``, the last ``n_test`` of which are the source's own test part.

    Raises:
        DataError: nothing is left to train on, or the split asks for a part that comes out empty.
    """
    if kind == "none":
        return Sizes(n, 0, n)
    if kind == "given":
        wanted = {"validation": (args["validation"], n - n_test)}
        test = n_test
    else:
        wanted = {"validation": (args["validation"], n), "test": (args["test"], n)}
        test = round(n * args["test"])
    for part, (fraction, whole) in wanted.items():
        if fraction > 0 and round(fraction * whole) == 0:
            raise DataError(f"Too few rows: {fraction:.0%} of {whole:,} for the {part} part is not one row.")
    fraction, whole = wanted["validation"]
    validation = round(fraction * whole)
    train = n - validation - test
    if train < 1:
        raise DataError(
            f"Nothing is left to train on: {validation:,} rows for validation and {test:,} for the test of {n:,}. "
            "Make these parts smaller."
        )
    return Sizes(train, validation, test)


def divide(kind: str, args: Mapping[str, Any], labels: np.ndarray | None, n: int, n_test: int, seed: int) -> Rows:
    """The rows of each part, drawn with ``seed``.

    ``holdout`` draws the test part from all rows and then validation from the rest, both as fractions of the whole and,
    with ``stratify``, in the proportions of the ``labels`` (``None`` for regression). ``given`` keeps the source's own
    test part and draws validation from the rest. ``ordered`` takes the rows as they come, training first, then
    validation, then test. ``none`` trains on all rows and tests on the same.

    Raises:
        DataError: there are too few rows.
    """
    n_of = sizes(kind, args, n, n_test)
    rows = np.arange(n, dtype=np.int64)
    if kind == "none":
        return Rows(rows, rows[:0], rows)
    if kind == "ordered":
        return Rows(*np.split(rows, [n_of.train, n_of.train + n_of.validation]))
    if kind == "given":
        rest, validation = _draw(rows[: n - n_test], n_of.validation, None, seed, "validation")
        return Rows(rest, validation, rows[n - n_test :])
    stratified = labels if args["stratify"] else None
    rest, test = _draw(rows, n_of.test, stratified, seed, "test")
    rest, validation = _draw(rest, n_of.validation, stratified, seed, "validation")
    return Rows(rest, validation, test)


def _draw(
    rows: np.ndarray, size: int, labels: np.ndarray | None, seed: int, part: str
) -> tuple[np.ndarray, np.ndarray]:
    """The rows that stay and the ``size`` rows of the part."""
    if size == 0:
        return rows, rows[:0]
    from sklearn.model_selection import train_test_split  # a second

    if labels is not None:
        labels = labels[rows]
        counts = np.unique_counts(labels).counts
        if counts.min() < 2 or min(size, len(rows) - size) < len(counts):
            raise DataError(
                f"Too few rows for a stratified split: {len(rows):,} rows of {len(counts)} classes, {counts.min()} in "
                f"the smallest, and {size:,} wanted for the {part} part. Turn stratify off, or change that number."
            )
    rest, drawn = train_test_split(rows, test_size=size, random_state=seed, stratify=labels)
    return rest, drawn
