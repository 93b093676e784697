"""Texts as the numbers of their words: renumbered, cut and filled up to one length as Keras does it."""

from typing import Literal

import numpy as np

Side = Literal["pre", "post"]


def renumbered(
    words: np.ndarray, lengths: np.ndarray, *, num_words: int, skip_top: int, index_from: int, start: int, unknown: int
) -> tuple[np.ndarray, np.ndarray]:
    """Words and lengths as ``keras.datasets.imdb.load_data`` gives them, each text with ``start`` before it.

    Args:
        words: int32 (n_words,), 1 for the most frequent word.
        lengths: int64 (n,), words of each text.
        num_words: words whose new number is not smaller become ``unknown``.
        skip_top: so do those whose new number is smaller than this.
        index_from: what is added to the number of a word.
        start: the number that begins a text.
        unknown: the number of all words that are left out.

    Returns:
        int32 (n_words + n,) and int64 (n,).
    """
    first = np.cumsum(lengths) - lengths
    made = np.insert(words + np.int32(index_from), first, np.int32(start))
    return np.where((made >= skip_top) & (made < num_words), made, np.int32(unknown)), lengths + 1


def padded(words: np.ndarray, lengths: np.ndarray, length: int, padding: Side, truncating: Side) -> np.ndarray:
    """One row of ``length`` numbers a text, int32 (n, length), filled up with 0, as ``keras.utils.pad_sequences`` does.

    Args:
        words: int32 (n_words,).
        lengths: int64 (n,), words of each text.
        length: words beyond it are cut off.
        padding: on which side the zeros are.
        truncating: on which side words are cut off.
    """
    n = len(lengths)
    made = np.zeros((n, length), np.int32)
    row = np.repeat(np.arange(n), lengths)
    place = np.arange(len(words)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    kept = np.minimum(lengths, length)
    if truncating == "pre":
        place -= np.repeat(lengths - kept, lengths)
    is_kept = (place >= 0) & (place < length)
    if padding == "pre":
        place += np.repeat(length - kept, lengths)
    made[row[is_kept], place[is_kept]] = words[is_kept]
    return made


def multi_hot(words: np.ndarray, lengths: np.ndarray, n_words: int) -> np.ndarray:
    """Which words a text has: uint8 (n, n_words) of 0 and 1."""
    made = np.zeros((len(lengths), n_words), np.uint8)
    made[np.repeat(np.arange(len(lengths)), lengths), words] = 1
    return made
