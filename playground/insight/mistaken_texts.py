"""Texts that were answered wrongly, with the words that mattered, whatever the inputs make of words."""

from typing import Any

import keras
import numpy as np

from playground.data import DataError, Prepared
from playground.data.plan import plan
from playground.data.table import Table
from playground.data.word_marks import Marks, marked, marks_of, places, text_columns
from playground.insight.predict import predictions, shares
from playground.insight.rows import Progress
from playground.insight.words import MOST_WORDS, surest_mistakes, words_that_mattered
from playground.settings import Settings
from playground.specs import RunSpec

_TOLD = 12  # words of one text
_LETTERS = 4_000
_WORDS = 80
_BETWEEN = " / "

Found = tuple[dict[str, Any], dict[str, np.ndarray]]


def mistaken_texts(
    model: keras.Model,
    spec: RunSpec,
    prepared: Prepared,
    part: str,
    answered: dict[str, np.ndarray],
    settings: Settings,
    progress: Progress,
) -> Found:
    """The most confident mistakes of a network that reads texts; nothing where it reads something else.

    Of numbers of words in order, the arrays of :func:`words_that_mattered`. Of marks for words, whose order is lost,
    the array ``texts``, and for each of them the values ``written``, the text, and ``mattered``, the words without
    which the network would be least sure, each with by how much smaller the share of the wrong class is then.

    Args:
        model: with the weights of a run.
        spec: of that run.
        prepared: its data.
        part: whose rows were answered.
        answered: ``at``, ``shares`` and ``true`` of :func:`class_answers`.
        settings: whose limits hold.
        progress: told how far it is; may raise to cancel.
    """
    at, given, true = (answered[name] for name in ("at", "shares", "true"))
    facts = prepared.facts
    if facts.vocabulary is not None and len(facts.input_shape) == 1:
        progress(0.9, "Leaving words out")
        return {}, words_that_mattered(model, spec, prepared, part, at, given, true)
    try:
        marks = marks_of(spec.dataset, facts, settings)
        if not marks:
            return {}, {}
        progress(0.9, "Leaving words out")
        texts = surest_mistakes(given, true)
        rows = np.asarray(prepared.array(f"x_{part}")[at[texts]])
        written = _written(spec, np.asarray(prepared.array(f"rows_{part}"))[at[texts]], rows, marks, settings)
    except DataError:  # its file is not here any more; all else is
        return {}, {}
    mattered = []
    for row, text in zip(rows, texts, strict=True):
        said = int(given[text].argmax())
        tried = places(row, marks)[:MOST_WORDS]
        left = np.stack([of.without(row, place) for of, place in tried]) if tried else rows[:0]
        without = shares(predictions(model, left), spec.training, facts).values if tried else np.empty((0, 1))
        effects = [float(given[text, said] - each[said]) for each in without]
        order = np.argsort(-np.array(effects), kind="stable")[:_TOLD]
        mattered.append([[tried[n][0].words[tried[n][1]], effects[n]] for n in order.tolist()])
    return {"mattered": mattered, "written": written}, {"texts": texts}


def _written(spec: RunSpec, numbers: np.ndarray, rows: np.ndarray, marks: list[Marks], settings: Settings) -> list[str]:
    """The texts as they were written; where nobody has kept that, their words, the most frequent ones first."""
    made = plan(spec.dataset, settings)
    columns = text_columns(made)
    if not columns:
        return [" ".join(marked(row, marks)[:_WORDS]) for row in rows]
    loaded = made.source.load(made.options, spec.seed, settings, lambda share, words: None)
    if not isinstance(loaded.x, Table):
        return [""] * len(rows)
    taken = loaded.x[numbers]
    texts = zip(*(taken.arrays[at] for at in columns), strict=True)
    return [_BETWEEN.join(map(str, each))[:_LETTERS] for each in texts]
