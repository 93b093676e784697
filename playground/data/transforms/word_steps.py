"""Steps that make numbers of the words of a text, and know what share of the words of other rows they do not know."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from playground.data.sets.word_numbers import multi_hot, padded
from playground.data.steps import Fitted
from playground.data.table import Column, Table
from playground.data.transforms.table_step import TableStep, changed, each

UNKNOWN, FIRST = 1, 2
"""As in ``keras.layers.TextVectorization``: 0 fills up, 1 is a word that is not in the list."""
_SIGNS = re.compile(r"[!\"#$%&()*+,\-./:;<=>?@\[\\\]^_`{|}~']")
"""What ``lower_and_strip_punctuation`` of ``keras.layers.TextVectorization`` takes out."""

STANDARDIZE: dict[str, Callable[[str], str]] = {
    "lower_and_strip_punctuation": lambda text: _SIGNS.sub("", text.lower()),
    "lower": str.lower,
    "strip_punctuation": lambda text: _SIGNS.sub("", text),
    "none": str,
}
"""What is done to a text before it is taken apart at its blanks, under the names that Keras has for it."""


def most_frequent(texts: Iterable[list[str]], n: int) -> list[str]:
    """The n most frequent words; the alphabet decides between equally frequent ones."""
    counts = Counter(word for words in texts for word in words)
    return sorted(counts, key=lambda word: (-counts[word], word))[:n]


def _fit(table: Table, args: Mapping[str, Any]) -> Fitted:
    clean = STANDARDIZE[args["standardize"]]
    texts = [
        most_frequent((clean(text).split() for text in table.arrays[at]), args["max_words"]) for at in table.of("text")
    ]
    return {"texts": texts, **args}


def _words(texts: np.ndarray, known: list[str], standardize: str) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of all words, int32 (n_words,), and how many each text has, int64 (n,)."""
    place = {word: number for number, word in enumerate(known, FIRST)}
    found = [STANDARDIZE[standardize](text).split() for text in texts]
    lengths = np.fromiter(map(len, found), np.int64, len(found))
    numbers = (place.get(word, UNKNOWN) for words in found for word in words)
    return np.fromiter(numbers, np.int32, int(lengths.sum())), lengths


def _sequence_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type != "text":
        return [column]
    names = tuple(f"{column.name} place {number}" for number in range(1, args["length"] + 1))
    return [Column(column.name, "ready", names=names, vocabulary=args["max_words"] + FIRST)]


def _sequences(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at, known in zip(table.of("text"), fitted["texts"], strict=True):
        words, lengths = _words(table.arrays[at], known, fitted["standardize"])
        x = padded(words, lengths, fitted["length"], fitted["padding"], fitted["truncating"])
        new[at] = _sequence_columns(table.columns[at], fitted), [x]
    return changed(table, new)


def _hot_columns(column: Column, args: Mapping[str, Any]) -> list[Column]:
    if column.type != "text":
        return [column]
    # Which words they are only the training part knows.
    names = tuple(f"{column.name} word {number}" for number in range(1, args["max_words"] + 1))
    return [Column(column.name, "ready", names=names)]


def _multi_hot(table: Table, fitted: Fitted) -> Table:
    new = {}
    for at, known in zip(table.of("text"), fitted["texts"], strict=True):
        words, lengths = _words(table.arrays[at], known, fitted["standardize"])
        x = multi_hot(words, lengths, FIRST + fitted["max_words"])[:, FIRST:].astype(np.float32)
        new[at] = _hot_columns(table.columns[at], fitted), [x]
    return changed(table, new)


def _unknown(table: Table, fitted: Fitted) -> tuple[int, int]:
    unknown = whole = 0
    for at, known in zip(table.of("text"), fitted["texts"], strict=True):
        words, _ = _words(table.arrays[at], known, fitted["standardize"])
        unknown, whole = unknown + int((words == UNKNOWN).sum()), whole + len(words)
    return unknown, whole


WORD_STEPS: dict[str, TableStep] = {
    "multi_hot": TableStep(_fit, _multi_hot, each(_hot_columns), _unknown),
    "sequences": TableStep(_fit, _sequences, each(_sequence_columns), _unknown),
}
"""By their ids in the catalogue."""
