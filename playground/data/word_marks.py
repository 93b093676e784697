"""Inputs that mark which words a text has, and which words these are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from playground.data.options import chosen
from playground.data.plan import Plan, plan
from playground.data.sets.word_sets import UNKNOWN, WORD_FILES, word_list
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import Facts

_OF_LENGTH_ONE = "tfidf"
_STEPS = (_OF_LENGTH_ONE, "multi_hot")


class Marks(NamedTuple):
    """Columns of the inputs, one a word.

    Attributes:
        first: the place of the first of these columns.
        words: the word of each; empty for one that nobody types, such as the number that begins every text.
        is_scaled: whether the columns of a text are scaled so that their squares add up to 1.
    """

    first: int
    words: Sequence[str]
    is_scaled: bool

    def without(self, row: np.ndarray, place: int) -> np.ndarray:
        """``row`` as it would be of the text that never had the word at the ``place`` among the words."""
        left = np.array(row)
        of = left[self.first : self.first + len(self.words)]
        before = float(np.sum(of.astype(np.float64) ** 2))
        of[place] = 0
        after = float(np.sum(of.astype(np.float64) ** 2))
        if self.is_scaled and after > 0:
            of *= (before / after) ** 0.5
        return left


def marks_of(dataset: DatasetSpec, facts: Facts, settings: Settings) -> list[Marks]:
    """The columns of ``dataset`` that mark words; none where its inputs are no such marks.

    Raises:
        DataError: the dataset is not here any more.
    """
    if len(facts.input_shape) != 1:
        return []
    if dataset.source in WORD_FILES:
        options = chosen("datasets", dataset.source, dataset.options)
        listed = word_list(dataset.source, options["index_from"], settings)
        if options["output_mode"] != "multi_hot" or listed is None:
            return []
        return [Marks(0, [listed.get(at, "") if at > UNKNOWN else "" for at in range(options["num_words"])], False)]
    steps = zip(dataset.steps, facts.fitted, strict=False)
    kind, fitted = next(((step.kind, found) for step, found in steps if step.kind in _STEPS), ("", {}))
    if not kind:
        return []
    made = plan(dataset, settings)
    found = []
    for at, known in zip(text_columns(made), fitted["texts"], strict=True):
        words = known["words"] if kind == _OF_LENGTH_ONE else known
        name = (made.source.columns or ())[at].name
        if words:
            found.append(Marks(facts.features.index(f"{name} word 1"), words, kind == _OF_LENGTH_ONE))
    return found


def places(row: np.ndarray, marks: Sequence[Marks]) -> list[tuple[Marks, int]]:
    """The words that ``row`` marks, as places in the columns that mark them, those that are marked most first."""
    found: list[tuple[float, Marks, int]] = []
    for of in marks:
        values = row[of.first : of.first + len(of.words)]
        found += [(float(values[at]), of, at) for at in np.flatnonzero(values).tolist() if of.words[at]]
    return [(of, at) for _value, of, at in sorted(found, key=lambda each: -each[0])]


def marked(row: np.ndarray, marks: Sequence[Marks]) -> list[str]:
    """The words that ``row`` marks, those that are marked most first."""
    return [of.words[at] for of, at in places(row, marks)]


def text_columns(made: Plan) -> list[int]:
    """The places of the texts among the columns of the source that a network learns from."""
    columns = made.source.columns or ()
    chosen_ones = range(len(columns)) if made.columns is None else made.columns
    return [at for at in chosen_ones if columns[at].type == "text"]
