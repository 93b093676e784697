"""The words behind inputs that are the numbers of words."""

import functools
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from playground.data.options import chosen
from playground.data.sets.word_sets import WORD_FILES, word_list
from playground.data.transforms.word_steps import FIRST, UNKNOWN
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import Facts

_DOTS = "…"


def words_of(dataset: DatasetSpec, facts: Facts, settings: Settings) -> Mapping[int, str]:
    """Which word each number of the inputs is; empty where nobody has kept that.

    Args:
        dataset: the set.
        facts: those of its prepared arrays.
        settings: whose home has the lists of words.
    """
    if dataset.source in WORD_FILES:
        options = chosen("datasets", dataset.source, dataset.options)
        path = WORD_FILES[dataset.source].path(settings)
        changed = path.stat().st_mtime_ns if path.exists() else 0
        return _listed(dataset.source, options["index_from"], settings, path, changed)
    texts: list[list[str]] = next((found["texts"] for found in facts.fitted if "texts" in found), [[]])
    return {UNKNOWN: _DOTS} | dict(enumerate(texts[0], FIRST))


def text_of(row: np.ndarray, words: Mapping[int, str]) -> str:
    """The text that a row of numbers of words stands for; a number whose word nobody knows stands for itself."""
    said = (words.get(int(number), str(int(number))) for number in row if number)
    return " ".join(word for word in said if word)


@functools.lru_cache(maxsize=4)
def _listed(source: str, index_from: int, settings: Settings, path: Path, changed: int) -> Mapping[int, str]:
    return word_list(source, index_from, settings) or {}
