"""How the rows of a source are divided into a training, a validation and a test part."""

import itertools
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


_BY_VALUES = ("groups", "by_column")


def sizes(kind: str, args: Mapping[str, Any], n: int, n_test: int, n_validation: int = 0) -> Sizes | None:
    """Rows of each part of ``n``, the last ``n_test`` of which are the source's own test part.

    Before these come the ``n_validation`` rows of its own validation part. ``None`` where the values decide.

    Raises:
        DataError: nothing is left to train on, or the split asks for a part that comes out empty.
    """
    if kind == "none":
        return Sizes(n, 0, n)
    if kind == "own_parts":
        return Sizes(n - n_validation - n_test, n_validation, n_test)
    if kind in _BY_VALUES:
        return None
    if kind == "kfold":
        return _fold_sizes(args, n)
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


def divide(
    kind: str,
    args: Mapping[str, Any],
    labels: np.ndarray | None,
    n: int,
    n_test: int,
    seed: int,
    n_validation: int = 0,
    by: np.ndarray | None = None,
) -> Rows:
    """The rows of each part, drawn with ``seed``.

    ``holdout`` draws the test part from all rows and then validation from the rest, both as fractions of the whole and,
    with ``stratify``, in the proportions of the ``labels`` (``None`` for regression). ``repeated`` does the same, but
    the repeat decides about validation alone, and ``kfold`` cuts the rest into folds, one of which is validation, so
    that all runs of a series are tested on the same rows. ``groups`` draws whole groups, ``by_column`` does what a
    column says. ``given`` keeps the source's own test part and draws validation from the rest. ``ordered`` takes the
    rows as they come, or in the order of a column, training first, then validation, then test. ``own_parts`` keeps all
    parts of the source. ``none`` trains on all rows and tests on the same.

    Args:
        by: what a column says of each row, (n,); see :func:`playground.data.split_column.marks`.

    Raises:
        DataError: there are too few rows.
    """
    rows = np.arange(n, dtype=np.int64)
    if by is not None and kind in _BY_VALUES:
        return _of_groups(args, by, seed) if kind == "groups" else _of_marks(by)
    n_of = sizes(kind, args, n, n_test, n_validation)
    if kind == "kfold":
        return _fold(args, labels if args["stratify"] else None, rows, seed)
    if n_of is None:
        raise DataError(f"The split {kind!r} needs a column to go by. Choose another split.")
    if kind == "none":
        return Rows(rows, rows[:0], rows)
    if kind in ("ordered", "own_parts"):
        if by is not None:
            rows = np.argsort(by, kind="stable").astype(np.int64)
        return Rows(*np.split(rows, [n_of.train, n_of.train + n_of.validation]))
    if kind == "given":
        rest, validation = _draw(rows[: n - n_test], n_of.validation, None, seed, "validation")
        return Rows(rest, validation, rows[n - n_test :])
    stratified = labels if args["stratify"] else None
    rest, test = _draw(rows, n_of.test, stratified, seed, "test")
    again = repeat_seed(seed, args["repeat"]) if kind == "repeated" else seed
    rest, validation = _draw(rest, n_of.validation, stratified, again, "validation")
    return Rows(rest, validation, test)


def repeat_seed(seed: int, repeat: int) -> int:
    """The seed that draws the validation part of one repeat; no two repeats of any two seeds share one by design."""
    return int(np.random.SeedSequence([seed, repeat]).generate_state(1)[0])


def _fold_sizes(args: Mapping[str, Any], n: int) -> Sizes | None:
    """Rows of each part of a fold; ``None`` where classes decide which fold is one row larger."""
    folds, test = args["folds"], round(n * args["test"])
    if args["fold"] > folds:
        raise DataError(f"There is no fold {args['fold']}: expected 1 to {folds}. Choose another, or more folds.")
    if args["test"] > 0 and test == 0:
        raise DataError(f"Too few rows: {args['test']:.0%} of {n:,} for the test part is not one row.")
    if n - test < folds:
        raise DataError(f"Too few rows: {n - test:,} cannot be cut into {folds} folds. Choose fewer.")
    if args["stratify"]:
        return None
    validation = (n - test) // folds + (args["fold"] <= (n - test) % folds)
    return Sizes(n - test - validation, validation, test)


def _fold(args: Mapping[str, Any], labels: np.ndarray | None, rows: np.ndarray, seed: int) -> Rows:
    from sklearn.model_selection import KFold, StratifiedKFold

    rest, test = _draw(rows, round(len(rows) * args["test"]), labels, seed, "test")
    kind = KFold if labels is None else StratifiedKFold
    classes = None if labels is None else labels[rest]
    if classes is not None and np.unique_counts(classes).counts.min() < args["folds"]:
        least = np.unique_counts(classes).counts.min()
        raise DataError(
            f"Too few rows for {args['folds']} stratified folds: the smallest class has {least}. Turn stratify off, or "
            "choose fewer folds."
        )
    folds = kind(args["folds"], shuffle=True, random_state=seed).split(rest, classes)
    train, validation = next(itertools.islice(folds, args["fold"] - 1, None))
    return Rows(rest[train], rest[validation], test)


def _of_groups(args: Mapping[str, Any], groups: np.ndarray, seed: int) -> Rows:
    """Whole groups to each part, as many as the shares say of all groups."""
    from sklearn.model_selection import GroupShuffleSplit

    n = len(np.unique(groups))
    rest, drawn = np.arange(len(groups), dtype=np.int64), {}
    wanted = {part: round(n * args[part]) for part in ("test", "validation")}
    for part, size in wanted.items():
        if args[part] > 0 and size == 0:
            raise DataError(f"Too few groups: {args[part]:.0%} of {n:,} for the {part} part is not one group.")
    if n - sum(wanted.values()) < 1:
        raise DataError(f"Nothing is left to train on of {n:,} groups. Make the validation and test parts smaller.")
    for part, size in wanted.items():
        drawn[part] = rest[:0]
        if size:
            draw = GroupShuffleSplit(1, test_size=size, random_state=seed)
            stay, gone = next(draw.split(rest, groups=groups[rest]))
            rest, drawn[part] = rest[stay], rest[gone]
    return Rows(rest, drawn["validation"], drawn["test"])


def _of_marks(parts: np.ndarray) -> Rows:
    return Rows(*(np.flatnonzero(parts == part).astype(np.int64) for part in range(3)))


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
