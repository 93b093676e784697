"""Texts that somebody types, as the numbers of their words or letters."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.plan import Plan
from playground.data.sets.generated_sequences import BLANK
from playground.data.sets.word_numbers import multi_hot, padded
from playground.data.sets.word_sets import UNKNOWN, word_list
from playground.settings import Settings

_START = 1
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
MAX_LETTERS = 100_000


def words_row(made: Plan, source: str, text: str, settings: Settings) -> tuple[np.ndarray, list[str], int]:
    """``text`` as a row of a set of texts that comes as numbers.

    Args:
        made: the plan of the run's dataset.
        source: its name: ``imdb`` or ``reuters``.
        text: what was typed.
        settings: whose home has the list of words.

    Returns:
        The row of shape (1, ...) as the source has it, the words that are not known, and how many words there are.

    Raises:
        DataError: there is no list of words, the text is too long, has no word, or no word that is known.
    """
    options = made.options
    listed = word_list(source, options["index_from"], settings)
    if listed is None:
        raise DataError(f"The list of the words of {source} is not on this server, so no text can become numbers.")
    words = _words(text)
    numbers = {word: number for number, word in listed.items() if number > UNKNOWN}
    found = np.array([_number(numbers.get(word), options) for word in words], np.int32)
    unknown = [word for word, number in zip(words, found, strict=True) if number == UNKNOWN]
    if len(unknown) == len(words):
        raise DataError(_all_unknown(words))
    row, lengths = np.insert(found, 0, _START), np.array([len(found) + 1])
    if options["output_mode"] == "multi_hot":
        return multi_hot(row, lengths, options["num_words"]), unknown, len(words)
    made_row = padded(row, lengths, options["maxlen"], options["padding"], options["truncating"])
    return made_row, unknown, len(words)


def symbols_row(made: Plan, text: str) -> np.ndarray:
    """``text`` as the numbers of its letters, int32 (1, length), filled up with blanks where the set has blanks.

    Raises:
        DataError: it is too long or too short, or has a letter that is none of the set's.
    """
    symbols = made.source.symbols
    (length,) = made.source.input_shape
    if BLANK in symbols and len(text) <= length and text.strip():
        text = text.ljust(length)
    if len(text) != length:
        raise DataError(f"Expected {length} signs, received {len(text)}: {text[:40]!r}. Type exactly so many.")
    place = {symbol: number for number, symbol in enumerate(symbols)}
    strange = sorted({sign for sign in text if sign not in place})
    if strange:
        known = "".join(symbol for symbol in symbols if symbol != BLANK)
        raise DataError(f"Expected only signs of {known}, received {', '.join(map(repr, strange[:6]))}.")
    return np.array([[place[sign] for sign in text]], np.int32)


def _words(text: str) -> list[str]:
    if len(text) > MAX_LETTERS:
        raise DataError(f"The text has {len(text):,} letters: expected at most {MAX_LETTERS:,}.")
    words = _WORD.findall(text.lower())
    if not words:
        raise DataError("There is no word in this text. Type some.")
    return words


def _number(number: int | None, options: Mapping[str, Any]) -> int:
    is_kept = number is not None and options["skip_top"] <= number < options["num_words"]
    return number if is_kept and number is not None else UNKNOWN


def _all_unknown(words: list[str]) -> str:
    shown = ", ".join(dict.fromkeys(words[:6]))
    return f"The network knows none of these {len(words)} words: {shown}. It can only say what it says of any text."
