"""Inputs that are the numbers of words: how many there are, and how many words of new texts have none."""

from collections.abc import Sequence

import numpy as np

from playground.data.errors import DataError
from playground.data.part import AnyStep, Part
from playground.data.source import Source
from playground.data.steps import Fitted, Step
from playground.data.table import Columns, Table
from playground.data.transforms.table_step import TableStep


def vocabulary_of(source: Source, columns: Columns | None, steps: Sequence[object]) -> int | None:
    """How many numbers of words there are in the inputs, 0 among them; ``None`` where they are no words.

    Args:
        source: where the rows come from.
        columns: the columns of a table after all steps, or ``None``.
        steps: what is done to the rows.

    Raises:
        DataError: something would calculate with the numbers of words, or stands beside them.
    """
    if columns is None:
        if source.vocabulary is not None and any(isinstance(step, Step) for step in steps):
            raise DataError("The inputs are the numbers of words, which no step may change. Remove all such steps.")
        return source.vocabulary
    words = [column for column in columns if column.vocabulary is not None]
    if words and len(columns) > 1:
        others = ", ".join(repr(column.name) for column in columns if column is not words[0])
        raise DataError(
            f"The step sequences makes the numbers of words of {words[0].name!r}, which only an embedding can read: "
            f"expected no column beside it, received {others}. Leave them out, or use multi_hot or tfidf."
        )
    return words[0].vocabulary if words else None


def unknown_words(source: Source, taken: Part, steps: Sequence[AnyStep], fitted: Sequence[Fitted]) -> float | None:
    """What share of the words of some rows, 0 to 1, is not among those that were learned; ``None`` without words.

    Args:
        source: where the rows come from.
        taken: the rows before all steps.
        steps, fitted: what is done to them, and what it has found in the training part.
    """
    unknown = whole = 0
    if isinstance(taken.x, np.ndarray):
        if source.unknown is None:
            return None
        unknown, whole = int((taken.x == source.unknown).sum()), int((taken.x != 0).sum())
    for step, found in zip(steps, fitted, strict=True):
        if isinstance(step, TableStep) and isinstance(taken.x, Table):
            if step.unknown is not None:
                more, of = step.unknown(taken.x, found)
                unknown, whole = unknown + more, whole + of
            taken = taken.after(step, found)
    return unknown / whole if whole else None
