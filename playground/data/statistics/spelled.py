"""Texts that are kept as the numbers of their words, as words again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.sets.word_sets import UNKNOWN, word_list
from playground.settings import Settings


def spelled(name: str, x: np.ndarray, options: Mapping[str, Any], settings: Settings) -> list[str]:
    """The texts of the set called ``name``; where its list of words is not here, every word is ``word`` and its number.

    Args:
        name: of the set.
        x: numbers of words (n, length), or 0 and 1 for each word (n, num_words).
        options: those that the numbers were made with.
        settings: whose home has the list of words.
    """
    words = word_list(name, int(options["index_from"]), settings) or {}
    is_marked = options["output_mode"] == "multi_hot"
    texts = []
    for row in x:
        numbers = np.flatnonzero(row) if is_marked else row
        texts.append(" ".join(words.get(at, f"word{at}") for at in numbers.tolist() if at > UNKNOWN))
    return texts
