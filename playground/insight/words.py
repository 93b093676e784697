"""Which words made a network answer wrongly: what its answer becomes without each of them."""

import keras
import numpy as np

from playground.data import Prepared
from playground.insight.predict import predictions, shares
from playground.specs import RunSpec

_TEXTS = 12
MOST_WORDS = 300
"""So many of one text are left out in turn; beyond, the first ones."""


def words_that_mattered(
    model: keras.Model,
    spec: RunSpec,
    prepared: Prepared,
    part: str,
    at: np.ndarray,
    values: np.ndarray,
    true: np.ndarray,
) -> dict[str, np.ndarray]:
    """Of the most confident mistakes: how much less sure of its wrong answer the network is without each word.

    The word is taken out and the others move together, as in a text that never had it; zeros, which fill texts up,
    stay at the end where they are. This is leaving one feature out, the simplest form of occlusion (J. Li, W. Monroe,
    D. Jurafsky, "Understanding neural networks through representation erasure", 2016).

    Args:
        model: reads rows of numbers of words, 0 for none.
        spec: of its run.
        prepared: its data.
        part: whose rows were answered.
        at: their positions in the part, (n,).
        values: the shares of the classes, (n, classes).
        true: the labels, (n,).

    Returns:
        ``texts``: numbers of rows among ``at``, the most confident mistake first, int64 (m,); ``effects``: by word of
        each, how much smaller the share of the wrong class is without it, float32 (m, length), 0 where no word is.
    """
    answered = values.argmax(axis=1)
    texts = surest_mistakes(values, true)
    x = np.asarray(prepared.array(f"x_{part}")[at[texts]])
    effects = np.zeros(x.shape, np.float32)
    for number, (row, text) in enumerate(zip(x, texts, strict=True)):
        places = np.flatnonzero(row)[:MOST_WORDS]
        if not len(places):
            continue
        without = np.stack([_without(row, place) for place in places])
        given = shares(predictions(model, without), spec.training, prepared.facts).values
        effects[number, places] = values[text, answered[text]] - given[:, answered[text]]
    return {"texts": texts, "effects": effects}


def surest_mistakes(values: np.ndarray, true: np.ndarray) -> np.ndarray:
    """The rows that are answered wrongly with the largest shares, at most 12, the surest first; int64 (m,).

    Args:
        values: the shares of the classes, (n, classes).
        true: the labels, (n,).
    """
    answered = values.argmax(axis=1)
    wrong = np.flatnonzero(answered != true)
    return wrong[np.argsort(-values[wrong, answered[wrong]], kind="stable")][:_TEXTS].astype(np.int64)


def _without(row: np.ndarray, place: int) -> np.ndarray:
    """``row`` without the word at ``place``; what fills it up comes in where it is filled up already."""
    left = np.delete(row, place)
    return np.append(left, 0) if row[0] else np.insert(left, 0, 0)
