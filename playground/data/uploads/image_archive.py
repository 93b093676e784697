"""Takes in a zip of images, one folder a class: each is decoded once, bounded, and kept as plain pixels."""

import statistics
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from playground.data.errors import DataError
from playground.data.npy import save, write_header
from playground.data.source import Progress
from playground.data.uploads.array_profile import ArrayProfile, Folder, Parts, Sides
from playground.data.uploads.image_names import Found, Left, found_in, shown
from playground.data.uploads.image_size import MAX_PIXELS, TooLargeError, size_of
from playground.data.uploads.picture import decoded
from playground.settings import Settings, setting

PIXELS, PLACES, TARGETS = "pixels.npy", "places.npy", "targets.npy"
"""Values of all images one after the other, uint8; (start, height, width, channels) of each, int64; labels, int32."""

SIDE = 64
"""Images are proposed to be learned from with at most so many pixels a side."""

_SIDES = (256, 128, 64, 32)
_MAX_KEPT = 10**9
_FEW_PIXELS = 2 * 10**9
_PIXELS_A_BYTE = 100
_MAX_RATIO = 100
_SMALL = 10**7


def take_in_images(
    path: Path, name: str, file: str, folder: Path, settings: Settings, progress: Progress
) -> ArrayProfile:
    """The profile of the images in the zip at ``path``; their pixels are written into ``folder``.

    Args:
        path: the archive.
        name: what it is called.
        file: its SHA-256.
        folder: an empty folder.
        settings: whose limits hold.
        progress: told how far it is.

    Raises:
        DataError: it is damaged, hostile, or holds no images of two classes or more.
        OSError: they cannot be written.
    """
    left = Left()
    try:
        with zipfile.ZipFile(path) as archive:
            found, classes, is_divided = found_in(archive, name, left)
            _limit(found, name, path.stat().st_size, settings)
            side = next((each for each in _SIDES if len(found) * each * each * 3 <= _MAX_KEPT), _SIDES[-1])
            with (folder / PIXELS).open("wb") as pixels, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Pillow's, of what it can read nevertheless
                kept, places, sizes = _decode(archive, found, name, side, pixels, left, progress)
    except (zipfile.BadZipFile, struct.error, NotImplementedError, UnicodeError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"{name} is no zip that can be read ({words}). Pack it anew.") from error
    missing = sorted(set(classes) - {each.label for each in kept})
    if missing:
        said = ", ".join(map(shown, missing[:3]))
        raise DataError(f"{name}: no image can be read in {said}, expected at least one in each class.{left.words()}")
    labels = np.array([classes.index(each.label) for each in kept], np.int32)
    save(folder / PLACES, np.array(places, np.int64))
    save(folder / TARGETS, labels)
    counts = np.bincount(labels, minlength=len(classes))
    of_part = np.bincount([each.part for each in kept], minlength=3)
    if not of_part[0]:
        raise DataError(f"{name}: expected images to learn from in a folder train, received none.{left.words()}")
    folders = dict.fromkeys((each.folder, each.part, each.label) for each in kept)
    channels = 3 if any(place[3] == 3 for place in places) else 1
    height, width = proposed_size(sizes)
    return ArrayProfile(
        file=file,
        name=name,
        source="images",
        kind="images",
        kind_reason=f"the archive has image files in {len(classes)} folders",
        shape=(height, width) if channels == 1 else (height, width, channels),
        n_rows=len(kept),
        parts=Parts(**dict(zip(Parts.model_fields, map(int, of_part), strict=True))) if is_divided else None,
        task="binary" if len(classes) == 2 else "multiclass",
        task_reason=f"there are {len(classes)} folders, each a class",
        classes=tuple(classes),
        counts=tuple(map(int, counts)),
        has_names=True,
        lowest=0,
        highest=255,
        smallest=min(sizes, key=lambda size: size[0] * size[1]),
        largest=max(sizes, key=lambda size: size[0] * size[1]),
        folders=tuple(Folder(path=at, part=part, label=classes.index(label)) for at, part, label in folders),
        kept_side=side,
        left_out=left.all(),
    )


def proposed_size(sizes: Sequence[Sides]) -> Sides:
    """A size for all: the median height and width, shrunk to at most :data:`SIDE` pixels a side."""
    height, width = (statistics.median(sides) for sides in zip(*sizes, strict=True))
    times = min(1.0, SIDE / max(height, width))
    return max(1, round(height * times)), max(1, round(width * times))


def _limit(found: list[Found], name: str, packed: int, settings: Settings) -> None:
    if len(found) > settings.max_samples:
        limit = f"{settings.max_samples:,} ({setting('max_samples')})"
        raise DataError(f"{name} has {len(found):,} images: expected at most {limit}.")
    unpacked = sum(each.entry.file_size for each in found)
    if unpacked > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise DataError(f"{name} unpacks to {unpacked / 1e6:,.0f} MB: expected at most {limit}.")
    if unpacked > max(_SMALL, packed * _MAX_RATIO):
        times = f"{unpacked / packed:,.0f} times its size: expected at most {_MAX_RATIO} times, as images have"
        raise DataError(f"{name} unpacks to {times}. Pack the images anew.")


def _decode(
    archive: zipfile.ZipFile,
    found: list[Found],
    name: str,
    side: int,
    pixels: BinaryIO,
    left: Left,
    progress: Progress,
) -> tuple[list[Found], list[tuple[int, int, int, int]], list[Sides]]:
    """The images that can be read, where their pixels are in the file, and their sizes as they came."""
    kept: list[Found] = []
    places: list[tuple[int, int, int, int]] = []
    sizes: list[Sides] = []
    at = n_pixels = n_bytes = 0
    write_header(pixels, 0)
    for number, image in enumerate(found):
        if number % 20 == 0:
            progress(0.9 * number / len(found), f"Reading image {number + 1:,} of {len(found):,}")
        try:
            with archive.open(image.entry) as file:
                data = file.read(image.entry.file_size)
            size = size_of(data)
            n_pixels, n_bytes = n_pixels + size[0] * size[1], n_bytes + len(data)
            if n_pixels > max(_FEW_PIXELS, n_bytes * _PIXELS_A_BYTE):
                raise DataError(
                    f"{name} has images of {n_pixels:,} pixels in {n_bytes:,} bytes: expected at most "
                    f"{_PIXELS_A_BYTE} pixels a byte, as pictures have. Take smaller ones."
                )
            values = np.asarray(decoded(data, side))
        except DataError:
            raise
        except TooLargeError:
            left.add(f"of more than {MAX_PIXELS:,} pixels", image.entry.filename)
            continue
        except _UNREADABLE:
            left.add("damaged, or no image of these kinds", image.entry.filename)
            continue
        pixels.write(values.tobytes())
        channels = 1 if values.ndim == 2 else values.shape[2]
        places.append((at, values.shape[0], values.shape[1], channels))
        at += values.size
        kept.append(image)
        sizes.append(size)
    pixels.seek(0)
    write_header(pixels, at)
    return kept, places, sizes


_UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    SyntaxError,
    IndexError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
)
"""What Pillow and zipfile raise for a file that is damaged: there is no common ancestor of less than all errors."""
