"""Training and test images out of an ``.npz`` that Keras or somebody's own script has written."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.settings import setting

_Header = tuple[tuple[int, ...], np.dtype[Any]]


def image_parts(
    path: Path, shape: tuple[int, ...], n_classes: int, max_samples: int, remedy: str
) -> dict[str, np.ndarray]:
    """``x_train`` and ``x_test``, uint8 of shape (n, *shape); ``y_train`` and ``y_test``, whole numbers of shape (n,).

    Raises:
        DataError: one is missing, is something else, has a label of no class or more rows than ``max_samples``; the
            message ends with ``remedy``.
    """
    arrays: dict[str, np.ndarray] = {}
    try:
        with zipfile.ZipFile(path) as file:
            for part in ("train", "test"):
                names = (f"x_{part}", f"y_{part}")
                x, y = (header(path, file, name, remedy) for name in names)
                _check(path, part, shape, (x, y), max_samples, remedy)
                arrays |= {name: read(file, name) for name in names}
                arrays[f"y_{part}"] = arrays[f"y_{part}"].reshape(-1)
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:  # runtime: encrypted
        raise DataError(f"{path} cannot be read ({error}). {remedy}") from error
    for name in ("y_train", "y_test"):
        if arrays[name].min() < 0 or arrays[name].max() >= n_classes:
            raise DataError(f"{path}: expected labels 0 to {n_classes - 1} in {name}, received others. {remedy}")
    return arrays


def header(path: Path, file: zipfile.ZipFile, name: str, remedy: str) -> _Header:
    """Shape and dtype of an array as its header says: nothing of the size it claims is allocated for that.

    Raises:
        DataError: there is no such array.
    """
    try:
        member = file.open(f"{name}.npy")
    except KeyError:
        there = ", ".join(each.removesuffix(".npy") for each in file.namelist()[:10]) or "nothing"
        raise DataError(f"{path} has no array {name!r}, received {there}. {remedy}") from None
    with member:
        try:
            version = np.lib.format.read_magic(member)
            wanted = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, _, dtype = wanted(member)
        except ValueError as error:
            raise DataError(f"{path}: {name} is no array ({error}). {remedy}") from error
    return shape, dtype


def read(file: zipfile.ZipFile, name: str) -> np.ndarray:
    """The array called ``name``; one with Python objects in it raises ValueError."""
    with file.open(f"{name}.npy") as member:
        array: np.ndarray = np.lib.format.read_array(member, allow_pickle=False)
    return array


def _check(
    path: Path, part: str, shape: tuple[int, ...], found: tuple[_Header, _Header], max_samples: int, remedy: str
) -> None:
    (x_shape, x_dtype), (y_shape, y_dtype) = found
    if x_shape[1:] != shape or not x_shape[0] or x_dtype != np.uint8:
        expected = f"expected uint8 of (n, {', '.join(map(str, shape))})"
        raise DataError(f"{path}: x_{part} is {x_dtype} of shape {x_shape}, {expected}. {remedy}")
    if y_shape not in (x_shape[:1], (x_shape[0], 1)) or y_dtype.kind not in "iu":
        expected = f"whole numbers of shape {x_shape[:1]}"
        raise DataError(f"{path}: y_{part} is {y_dtype} of shape {y_shape}, expected {expected}. {remedy}")
    if x_shape[0] > max_samples:
        limit = f"at most {max_samples:,} ({setting('max_samples')})"
        raise DataError(f"{path}: {x_shape[0]:,} rows in x_{part}, expected {limit}.")
