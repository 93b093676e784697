"""Takes in an .npz file of inputs and targets: headers are checked before anything of the size they claim is read."""

import math
import zipfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from playground.data.errors import DataError
from playground.data.npy import save
from playground.data.source import Progress
from playground.data.uploads.array_kind import kind_of
from playground.data.uploads.array_profile import ArrayProfile, Parts
from playground.data.uploads.array_targets import targets_of
from playground.data.uploads.image_names import shown
from playground.settings import Settings, setting

INPUTS, TARGETS = "inputs.npy", "targets.npy"
"""Inputs, uint8 or float32 of (n, *shape); targets, float64 of (n,), or int32 labels where they are names."""

NAMES = {
    "train": ("x_train", "y_train"),
    "validation": ("x_validation", "y_validation"),
    "test": ("x_test", "y_test"),
}
"""Names of inputs and targets in a file that is divided, by part."""

_WHOLE = ("x", "y")
_LAYOUT = "expected the arrays x and y, or x_train, y_train, x_test and y_test, as numpy.savez writes them"
_INPUTS, _TARGETS = "biuf", "biufUS"
_MOST_AXES = 4


class _Header(NamedTuple):
    """An array as its file describes it: nothing of it has been read."""

    member: zipfile.ZipInfo
    shape: tuple[int, ...]
    dtype: np.dtype[Any]


def take_in_arrays(
    path: Path, name: str, file: str, folder: Path, settings: Settings, progress: Progress
) -> ArrayProfile:
    """The profile of the arrays in the .npz file at ``path``; they are written into ``folder``.

    Args:
        path: the file.
        name: what it is called.
        file: its SHA-256.
        folder: an empty folder.
        settings: whose limits hold.
        progress: told how far it is.

    Raises:
        DataError: it is damaged, hostile, or holds no inputs and targets that go together.
        OSError: they cannot be written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            pairs = _pairs(archive, name, settings)
            x, y = [], []
            for number, (of_x, of_y) in enumerate(pairs.values()):
                progress(0.8 * number / len(pairs), "Reading the arrays")
                x.append(_inputs(_array(archive, of_x), of_x, name))
                y.append(_column(_array(archive, of_y), of_y, name))
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"{name} is no .npz file that can be read ({words}). Save it anew.") from error
    inputs = x[0] if len(x) == 1 else np.concatenate(x)
    targets = targets_of(np.concatenate(y), name)
    kind, reason = kind_of(inputs, name)
    save(folder / INPUTS, inputs)
    save(folder / TARGETS, targets.values)
    lengths = {part: len(each) for part, each in zip(pairs, x, strict=True)}
    return ArrayProfile(
        file=file,
        name=name,
        source="arrays",
        kind=kind,
        kind_reason=reason,
        shape=inputs.shape[1:],
        n_rows=len(inputs),
        parts=None if _WHOLE[0] in lengths else Parts(**lengths),
        task=targets.task,
        task_reason=targets.reason,
        classes=targets.classes,
        counts=targets.counts,
        has_names=targets.values.dtype == np.int32,
        lowest=float(inputs.min()),
        highest=float(inputs.max()),
    )


def _pairs(archive: zipfile.ZipFile, name: str, settings: Settings) -> dict[str, tuple[_Header, _Header]]:
    """Headers of inputs and targets by part; ``x`` is the only one of a file that is not divided."""
    members = {each.filename.removesuffix(".npy"): each for each in archive.infolist()}
    names = {part: pair for part, pair in NAMES.items() if pair[0] in members or pair[1] in members}
    if "train" not in names:
        names = {_WHOLE[0]: _WHOLE}
    for each in (each for pair in names.values() for each in pair):
        if each not in members:
            there = ", ".join(map(shown, sorted(members)[:8])) or "none"
            raise DataError(f"{name} has no array {each!r}, but {there}: {_LAYOUT}.")
    size = sum(members[each].file_size for pair in names.values() for each in pair)
    if size > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise DataError(f"The arrays of {name} take {size / 1e6:,.0f} MB: expected at most {limit}.")
    pairs = {}
    for part, (of_x, of_y) in names.items():
        x = _header(archive, members[of_x], of_x, name, _INPUTS)
        y = _header(archive, members[of_y], of_y, name, _TARGETS)
        if not 1 < len(x.shape) <= _MOST_AXES:
            shapes = "(n, features), (n, steps, features), (n, height, width) or (n, height, width, channels)"
            raise DataError(f"{name}: {of_x} has the shape {x.shape}: expected {shapes}.")
        if y.shape[:1] != x.shape[:1] or len(y.shape) > 2:
            raise DataError(f"{name}: {of_y} has the shape {y.shape}: expected ({x.shape[0]},), as {of_x} has rows.")
        pairs[part] = (x, y)
    first = next(iter(pairs.values()))[0]
    for part, (x, _) in pairs.items():
        if x.shape[1:] != first.shape[1:]:
            words = f"samples of shape {x.shape[1:]} for {part}, and {first.shape[1:]} before"
            raise DataError(f"{name} has {words}: expected the same shape in all parts.")
    n = sum(x.shape[0] for x, _ in pairs.values())
    if n > settings.max_samples:
        raise DataError(f"{name} has {n:,} rows: expected at most {settings.max_samples:,} ({setting('max_samples')}).")
    return pairs


def _header(archive: zipfile.ZipFile, member: zipfile.ZipInfo, what: str, name: str, kinds: str) -> _Header:
    said = f"{name}: {what}"
    if member.flag_bits & 1:
        raise DataError(f"{said} is encrypted: expected an array that opens without a password.")
    with archive.open(member) as file:
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, dtype = read(file)
        begins = file.tell()
    if dtype.hasobject:
        raise DataError(f"{said} holds Python objects, and reading these can run any code. Save it as numbers.")
    if dtype.kind not in kinds:
        raise DataError(f"{said} is {dtype}: expected numbers{' or texts' if 'U' in kinds else ''}. Change its type.")
    size = math.prod(shape) * dtype.itemsize
    if size != member.file_size - begins or min(shape, default=0) < 0:
        raise DataError(f"{said} claims the shape {shape}, {size:,} bytes, and has {member.file_size - begins:,}.")
    if not size:
        raise DataError(f"{said} has the shape {shape}: expected at least one row and one number.")
    return _Header(member, shape, dtype)


def _array(archive: zipfile.ZipFile, header: _Header) -> np.ndarray:
    with archive.open(header.member) as file:
        array: np.ndarray = np.lib.format.read_array(file, allow_pickle=False)
    return array


def _inputs(x: np.ndarray, header: _Header, name: str) -> np.ndarray:
    """``x`` as it is kept: bytes as they are, all other numbers as float32."""
    if x.dtype in (np.uint8, np.bool_):
        return x.astype(np.uint8, copy=False)
    what = f"{name}: {_name(header)}"
    if x.dtype.kind == "f" and not (finite := np.isfinite(x)).all():
        wrong, rows = int((~finite).sum()), int((~finite.reshape(len(x), -1).all(axis=1)).sum())
        words = f"{wrong:,} values that are no finite numbers, in {rows:,} rows"
        raise DataError(f"{what} has {words}: expected none. Put others there, or leave these rows out.")
    with np.errstate(over="ignore"):
        small = x.astype(np.float32)
    if not np.isfinite(small).all():
        raise DataError(f"{what} has numbers too large for float32. Divide them first.")
    return small


def _column(y: np.ndarray, header: _Header, name: str) -> np.ndarray:
    """``y`` of shape (n,), from that, (n, 1), or a column of 0 and 1 for each class."""
    if y.ndim == 1 or y.shape[1] == 1:
        return y.reshape(-1)
    if y.dtype.kind in "US" or not (np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all()):
        expected = f"({len(y)},), or one column of 0 and 1 for each class"
        raise DataError(f"{name}: {_name(header)} has the shape {y.shape}: expected {expected}.")
    return y.argmax(axis=1)


def _name(header: _Header) -> str:
    return header.member.filename.removesuffix(".npy")
