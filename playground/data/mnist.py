"""MNIST from ``mnist.npz``: a file that lies in the folder of datasets, or the official one, downloaded once."""

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.errors import DataError, OfflineError
from playground.data.source import Loaded, Progress
from playground.settings import Settings, setting

URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
MAX_BYTES = 20_000_000
_SHAPE = (28, 28)
_CLASSES = 10


def stamp(settings: Settings) -> str | None:
    """Size and time of the file, or ``None`` while there is none that can be reached."""
    try:
        found = _path(settings).stat()
    except OSError:
        return None
    return f"{found.st_size} bytes, {found.st_mtime_ns} ns"


def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """MNIST's training rows and then its test rows: x uint8 of shape (n, 28, 28), y integers 0 to 9.

    A file that was put there by hand may have fewer rows than the official one; it is read and never changed.

    Raises:
        OfflineError: there is no file and it cannot be downloaded.
        DataError: the file is damaged, holds something else or cannot be written.
    """
    path = _path(settings)
    if not path.exists():
        from playground.data.download import DownloadError, download  # brings an HTTP client

        try:
            download(URL, path, SHA256, MAX_BYTES, progress)
        except DownloadError as error:
            raise OfflineError(
                f"MNIST is not on this server and could not be downloaded ({error}). "
                f"Put {path.name} into {path.parent} and try again."
            ) from error
        except OSError as error:
            words = f"MNIST could not be written to {path.parent} ({error.strerror}). Mend that and try again."
            raise DataError(words) from error
    arrays = _read(path, settings.max_samples)
    return Loaded(
        np.concatenate([arrays["x_train"], arrays["x_test"]]),
        np.concatenate([arrays["y_train"], arrays["y_test"]]),
        n_test=len(arrays["x_test"]),
    )


def _path(settings: Settings) -> Path:
    return settings.datasets_dir / "mnist.npz"


def _read(path: Path, max_samples: int) -> dict[str, np.ndarray]:
    arrays: dict[str, np.ndarray] = {}
    try:
        with zipfile.ZipFile(path) as file:
            for part in ("train", "test"):
                names = (f"x_{part}", f"y_{part}")
                x, y = (_header(path, file, name) for name in names)
                _check(path, part, x, y, max_samples)
                arrays.update({name: _array(file, name) for name in names})
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:  # runtime: encrypted
        raise DataError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    for name in ("y_train", "y_test"):
        if arrays[name].min() < 0 or arrays[name].max() >= _CLASSES:
            raise DataError(f"{path}: expected labels 0 to {_CLASSES - 1} in {name}, received others. {_REMEDY}")
    return arrays


_REMEDY = "Replace it by the mnist.npz that Keras provides, or remove it to have that one downloaded."


def _header(path: Path, file: zipfile.ZipFile, name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Shape and dtype of an array as its header says: nothing of the size it claims is allocated for that."""
    try:
        member = file.open(f"{name}.npy")
    except KeyError:
        raise DataError(f"{path} has no array {name!r}: expected x_train, y_train, x_test, y_test. {_REMEDY}") from None
    with member:
        try:
            version = np.lib.format.read_magic(member)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, _, dtype = read(member)
        except ValueError as error:
            raise DataError(f"{path}: {name} is no array ({error}). {_REMEDY}") from error
    return shape, dtype


def _check(
    path: Path,
    part: str,
    x: tuple[tuple[int, ...], np.dtype[Any]],
    y: tuple[tuple[int, ...], np.dtype[Any]],
    max_samples: int,
) -> None:
    (x_shape, x_dtype), (y_shape, y_dtype) = x, y
    if x_shape[1:] != _SHAPE or not x_shape[0] or x_dtype != np.uint8:
        raise DataError(f"{path}: x_{part} is {x_dtype} of shape {x_shape}, expected uint8 of (n, 28, 28). {_REMEDY}")
    if y_shape != x_shape[:1] or y_dtype.kind not in "iu":
        expected = f"whole numbers of shape {x_shape[:1]}"
        raise DataError(f"{path}: y_{part} is {y_dtype} of shape {y_shape}, expected {expected}. {_REMEDY}")
    if x_shape[0] > max_samples:
        limit = f"at most {max_samples:,} ({setting('max_samples')})"
        raise DataError(f"{path}: {x_shape[0]:,} rows in x_{part}, expected {limit}.")


def _array(file: zipfile.ZipFile, name: str) -> np.ndarray:
    with file.open(f"{name}.npy") as member:
        array: np.ndarray = np.lib.format.read_array(member, allow_pickle=False)
    return array
