"""IMDB and Reuters: texts as the numbers of their words, from the files that Keras provides or from flat arrays."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.data.downloads import published
from playground.data.downloads.published import Published, fetched
from playground.data.errors import DataError
from playground.data.sets.word_numbers import multi_hot, padded, renumbered
from playground.data.source import Loaded, Progress
from playground.settings import Settings, setting

if TYPE_CHECKING:
    from playground.loaders.word_numbers import Texts

_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
_START, UNKNOWN = 1, 2
_SHUFFLED_WITH = 113
"""The seed with which Keras shuffles the texts: rows have the same numbers as there."""
_TEST_SHARE = 0.2
FILES = {
    "imdb": Published(
        "IMDB",
        f"{_URL}imdb.npz",
        "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
        30_000_000,
        "imdb.npz",
    ),
    "reuters": Published(
        "Reuters",
        f"{_URL}reuters.npz",
        "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916",
        10_000_000,
        "reuters.npz",
    ),
}
"""What is downloaded: lists in pickles, read only where the SHA-256 is this one."""
WORD_FILES = {
    "imdb": Published(
        "IMDB's list of words",
        f"{_URL}imdb_word_index.json",
        "bfafd718b763782e994055a2d397834f",
        5_000_000,
        "imdb_word_index.json",
    ),
    "reuters": Published(
        "Reuters' list of words",
        f"{_URL}reuters_word_index.json",
        "4d44cc38712099c9e383dc6e5f11a921",
        5_000_000,
        "reuters_word_index.json",
    ),
}
"""Which word each number is: only to show texts, the numbers are enough to learn from."""
_NAMES = {
    "imdb": (("x_train", "offsets_train", "y_train"), ("x_test", "offsets_test", "y_test")),
    "reuters": (("x", "offsets", "y"),),
}
"""What the arrays of each part are called."""


@dataclass(frozen=True, slots=True)
class WordSet:
    """One of the two sets: loads it and says which file it is read from."""

    name: str
    n_classes: int

    def stamp(self, settings: Settings) -> str | None:
        """Size and time of the file, or ``None`` while there is none."""
        return published.stamp([FILES[self.name].path(settings)])

    def load(self, options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        """The training rows and then the test rows, in the order of ``keras.datasets``.

        x is int32 of shape (n, maxlen), or uint8 of shape (n, num_words) for ``multi_hot``; y int64 of shape (n,).

        Raises:
            OfflineError: there is no file and it cannot be downloaded.
            DataError: the file is damaged, or holds pickles and is not the published one.
        """
        (path,) = fetched([FILES[self.name]], settings, progress)
        self._fetch_words(settings, progress)
        from playground.loaders.pickled import LoadError

        progress(1.0, "Reading the texts")
        try:
            with path.open("rb") as file:
                parts = self._parts(path, file, settings.max_samples)
        except (LoadError, OSError) as error:
            raise DataError(f"{path} cannot be read ({error}). {_REMEDY}") from error
        y = np.concatenate([part.y for part in parts])
        if y.min() < 0 or y.max() >= self.n_classes:
            raise DataError(f"{path}: expected labels 0 to {self.n_classes - 1}, received others. {_REMEDY}")
        _limit(len(y), options, settings)
        made = [_numbers(part, options) for part in parts]
        words, lengths = (np.concatenate(each) for each in zip(*made, strict=True))
        if options["output_mode"] == "multi_hot":
            x = multi_hot(words, lengths, options["num_words"])
        else:
            x = padded(words, lengths, options["maxlen"], options["padding"], options["truncating"])
        return Loaded(x, y, n_test=len(parts[-1].y))

    def _fetch_words(self, settings: Settings, progress: Progress) -> None:
        """Bring the list of words as well, where it can be had."""
        try:
            fetched([WORD_FILES[self.name]], settings, progress)
        except DataError:
            progress(1.0, "The list of words could not be downloaded: words are shown as numbers")

    def _parts(self, path: Path, file: BufferedReader, max_texts: int) -> "list[Texts]":
        """The training and the test part, shuffled as Keras does."""
        from playground.loaders.word_numbers import Texts, has_pickles, texts

        if has_pickles(file, _NAMES[self.name][0]):
            _check(path, file, FILES[self.name])
        rng = np.random.RandomState(_SHUFFLED_WITH)
        parts = []
        for names in _NAMES[self.name]:
            found = texts(file, names, max_texts)
            order = np.arange(len(found.y))
            rng.shuffle(order)
            parts.append(_taken(found, order))
        if len(parts) == 1:
            (whole,) = parts
            n = int(len(whole.y) * (1 - _TEST_SHARE))
            cut = int(whole.lengths[:n].sum())
            parts = [
                Texts(whole.words[:cut], whole.lengths[:n], whole.y[:n]),
                Texts(whole.words[cut:], whole.lengths[n:], whole.y[n:]),
            ]
        return parts


_REMEDY = "Replace it by the file that Keras provides, or remove it to have that one downloaded."


def _check(path: Path, file: BufferedReader, expected: Published) -> None:
    """Refuse to unpickle anything but the published file."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected.checksum:
        raise DataError(
            f"{path} is not the published file: expected SHA-256 {expected.checksum}, received {found}. It holds "
            "pickles, which are read from that file only. Replace it, remove it to have that one downloaded, or "
            "write its words into one flat array, as docs/DATASETS.md says."
        )


def _taken(found: "Texts", order: np.ndarray) -> "Texts":
    """The texts in another order."""
    first = (np.cumsum(found.lengths) - found.lengths)[order]
    lengths = found.lengths[order]
    within = np.arange(len(found.words)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return found._replace(words=found.words[np.repeat(first, lengths) + within], lengths=lengths, y=found.y[order])


def _numbers(part: "Texts", options: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    given = {name: options[name] for name in ("num_words", "skip_top", "index_from")}
    return renumbered(part.words, part.lengths, **given, start=_START, unknown=UNKNOWN)


def _limit(n: int, options: Mapping[str, Any], settings: Settings) -> None:
    width = options["num_words"] if options["output_mode"] == "multi_hot" else options["maxlen"]
    size = 4 * n * width
    if size > settings.max_job_memory_mb * 10**6 / 4:
        limit = f"{settings.max_job_memory_mb // 4:,} MB (a quarter of {setting('max_job_memory_mb')})"
        words = f"{n:,} texts of {width:,} numbers each take {size / 1e6:,.0f} MB"
        raise DataError(f"{words}; expected at most {limit}. Use fewer words, or a smaller maxlen.")


def word_list(source: str, index_from: int, settings: Settings) -> dict[int, str] | None:
    """Which word each number of the inputs of ``source`` is; ``None`` where its list of words is not here."""
    path = WORD_FILES[source].path(settings)
    try:
        if path.stat().st_size > WORD_FILES[source].max_bytes:
            return None
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or not all(isinstance(number, int) for number in found.values()):
        return None
    return {0: "", _START: "", UNKNOWN: "…"} | {number + index_from: str(word) for word, number in found.items()}
