"""Texts as the numbers of their words: ``imdb.npz`` and ``reuters.npz`` as Keras provides them, or without pickles."""

import itertools
import zipfile
import zlib
from typing import IO, Any, NamedTuple

import numpy as np

from playground.loaders.pickled import LoadError, unpickled

_MAX_WORDS = 100_000_000
_MAX_BYTES = 1_000_000_000


class Texts(NamedTuple):
    """Texts one after the other.

    Attributes:
        words: the numbers of all words, int32 of shape (n_words,); 1 is the most frequent word.
        lengths: how many of them each text has, int64 of shape (n,).
        y: labels, int64 of shape (n,).
    """

    words: np.ndarray
    lengths: np.ndarray
    y: np.ndarray


def has_pickles(file: IO[bytes], names: tuple[str, str, str]) -> bool:
    """Whether the texts in an ``.npz`` are Python lists, which only a pickle can hold.

    Args:
        file: the archive.
        names: of the arrays of words, of places where texts begin, and of labels.

    Raises:
        LoadError: it is no archive, or has no such array.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _header(archive, names[0])[1].hasobject
    except _ERRORS as error:
        raise LoadError(str(error)) from error


def texts(file: IO[bytes], names: tuple[str, str, str], max_texts: int) -> Texts:
    """The texts in an ``.npz`` of flat arrays, or of lists. Call it for lists only if its SHA-256 is the published one.

    Args:
        file: the archive.
        names: of the array of words, whole numbers of shape (n_words,) or lists of shape (n,); of the array of places
            where texts begin and the last one ends, whole numbers of shape (n + 1,); and of the labels, shape (n,).
        max_texts: more of them are refused.

    Raises:
        LoadError: it is damaged or holds something else.
    """
    words, offsets, labels = names
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MAX_BYTES:
                raise LoadError(f"it has more than {_MAX_BYTES:,} bytes when unpacked")
            y = _numbers(archive, labels, max_texts)
            if _header(archive, words)[1].hasobject:
                flat, lengths = _of_lists(archive, words)
            else:
                flat, lengths = _numbers(archive, words, _MAX_WORDS), _lengths(archive, offsets, max_texts)
    except _ERRORS as error:
        raise LoadError(str(error)) from error
    if len(lengths) != len(y) or not len(y):
        raise LoadError(f"expected as many labels as texts, received {len(y):,} and {len(lengths):,}")
    if len(flat) != lengths.sum() or (lengths < 0).any():
        raise LoadError(f"{offsets}: expected places that rise from 0 to {len(flat):,}, received others")
    if len(flat) and (flat.min() < 0 or flat.max() > np.iinfo(np.int32).max - 1_000_000):
        raise LoadError(f"{words}: expected numbers of words, received numbers from {flat.min()} to {flat.max()}")
    return Texts(flat.astype(np.int32), lengths, y)


_ERRORS = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError)  # runtime: encrypted


def _header(archive: zipfile.ZipFile, name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    with _member(archive, name) as member:
        return _head(member, name)


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return archive.open(f"{name}.npy")
    except KeyError:
        there = ", ".join(each.removesuffix(".npy") for each in archive.namelist()[:10]) or "nothing"
        raise LoadError(f"expected an array {name!r} in it, received {there}") from None


def _head(member: IO[bytes], name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    try:
        version = np.lib.format.read_magic(member)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, dtype = read(member)
    except ValueError as error:
        raise LoadError(f"{name} in it is no array ({error})") from error
    return shape, dtype


def _numbers(archive: zipfile.ZipFile, name: str, most: int) -> np.ndarray:
    shape, dtype = _header(archive, name)
    if len(shape) != 1 or dtype.kind not in "iu":
        raise LoadError(f"{name} in it is {dtype} of shape {shape}, expected whole numbers of shape (n,)")
    if shape[0] > most:
        raise LoadError(f"{name} in it has {shape[0]:,} numbers, expected at most {most:,}")
    with _member(archive, name) as member:
        array: np.ndarray = np.lib.format.read_array(member, allow_pickle=False)
    return array.astype(np.int64)


def _lengths(archive: zipfile.ZipFile, name: str, max_texts: int) -> np.ndarray:
    offsets = _numbers(archive, name, max_texts + 1)
    if not len(offsets) or offsets[0] != 0:
        raise LoadError(f"{name} in it: expected places that begin with 0")
    return np.diff(offsets)


def _of_lists(archive: zipfile.ZipFile, name: str) -> tuple[np.ndarray, np.ndarray]:
    with _member(archive, name) as member:
        _head(member, name)
        found = unpickled(member)
    if not isinstance(found, np.ndarray) or found.ndim != 1 or not all(isinstance(each, list) for each in found):
        raise LoadError(f"{name} in it holds no lists of whole numbers")
    lengths = np.fromiter(map(len, found), np.int64, len(found))
    try:
        flat = np.fromiter(itertools.chain.from_iterable(found), np.int64, int(lengths.sum()))
    except (TypeError, ValueError, OverflowError) as error:
        raise LoadError(f"{name} in it holds no lists of whole numbers ({error})") from error
    return flat, lengths
