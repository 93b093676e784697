"""What a source of data is: known facts about it and a function that loads its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.data.table import Columns, Table
from playground.settings import Settings
from playground.specs.facts import Task

if TYPE_CHECKING:
    from playground.specs import DatasetSpec

Progress = Callable[[float, str], None]
"""Told how far it is, 0 to 1, and what is being done; may raise to cancel."""


@dataclass(frozen=True, eq=False)
class Loaded:
    """All rows of a source, as they come.

    Attributes:
        x: inputs of shape (n, *input_shape), any real dtype; or a table of columns of different types.
        y: labels 0 to n_classes - 1 or regression targets, shape (n, *target_shape).
        n_test: how many rows at the end are the source's own test part; 0 where it has none.
        last: of a series, the last value before each target, shape (n,); otherwise ``None``.
        n_validation: how many rows before the test part are the source's own validation part; 0 where it has none.
        by: what a column says of each row to the split, shape (n,); ``None`` where the split goes by none.
    """

    x: np.ndarray | Table
    y: np.ndarray
    n_test: int = 0
    last: np.ndarray | None = None
    n_validation: int = 0
    by: np.ndarray | None = None


@dataclass(frozen=True)
class Source:
    """One place where data comes from, and what is known of it without looking.

    Attributes:
        load: gives the rows for ``(options, seed, settings, progress)``; options are complete and checked.
        task: what is to be learned.
        input_shape: one input, without the batch axis.
        n_samples: rows of the data, or ``None`` where an option or a file decides.
        classes: class names in label order; empty for regression.
        features: column names of a table; empty for images.
        largest: the size of the largest input value, or ``None`` where only the rows know.
        unit: unit of a regression target, or empty.
        has_test: whether it has a test part of its own.
        licence: under which licence the data is, or empty for generated data.
        origin: who made it, for citing.
        described: gives the source itself where the spec and a file that somebody brought decide what it is.
        columns: the columns of a table of different types; ``None`` where all inputs are numbers.
        target: the name of the target, or empty.
        is_series: whether inputs are windows of a series.
        chosen: gives this source with options that say more than how many features and classes there are.
        input_dtype: numpy dtype name of the inputs as they are prepared.
        vocabulary: how many words there are where the inputs are the numbers of words; otherwise ``None``.
        unknown: the number that stands for an unknown word where the inputs are the numbers of words.
        n_validation, n_test: rows of its own parts where they are known without looking; 0 otherwise.
        groups: of a public table the column that says which rows belong together, which is not learned from, and how
            many groups of one size there are; ``None`` where there is no such column.
        target_shape: one target, without the batch axis; ``()`` for a label or a number.
        symbols: what the numbers of an input stand for, such as letters; empty where they are words or quantities.
        stamp: text that changes with the file that the rows are read from; ``None`` where there is no file (any more).
    """

    load: Callable[[Mapping[str, Any], int, Settings, Progress], Loaded]
    task: Task
    input_shape: tuple[int, ...]
    n_samples: int | None = None
    classes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    unit: str = ""
    has_test: bool = False
    licence: str = ""
    origin: str = ""
    stamp: Callable[[Settings], str | None] | None = None
    largest: float | None = None
    described: "Callable[[DatasetSpec, Mapping[str, Any], Settings], Source] | None" = None
    columns: Columns | None = None
    target: str = ""
    is_series: bool = False
    chosen: "Callable[[Source, Mapping[str, Any]], Source] | None" = None
    input_dtype: str = "float32"
    vocabulary: int | None = None
    unknown: int | None = None
    n_validation: int = 0
    n_test: int = 0
    groups: tuple[str, int] | None = None
    target_shape: tuple[int, ...] = ()
    symbols: tuple[str, ...] = ()

    def given(self, options: Mapping[str, Any]) -> "Source":
        """This source with ``options``: they may say how many numbers an input has, or how many classes there are."""
        made = self if self.chosen is None else self.chosen(self, options)
        if (n := options.get("n_features")) is not None:
            made = replace(made, input_shape=(n,), features=tuple(f"x{number}" for number in range(1, n + 1)))
        if (n := options.get("n_classes")) is not None:
            task: Task = "binary" if n == 2 else "multiclass"
            made = replace(made, task=task, classes=tuple(str(number) for number in range(1, n + 1)))
        return made

    def rows(self, options: Mapping[str, Any]) -> int | None:
        """How many rows it has with ``options``; ``None`` where only the file knows."""
        return self.n_samples if self.n_samples is not None else options.get("n_samples")
