"""Fashion-MNIST from its four IDX files, put into the folder of datasets or downloaded from where Keras takes them."""

import gzip
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.downloads import published
from playground.data.downloads.published import Published, fetched
from playground.data.errors import DataError
from playground.data.source import Loaded, Progress
from playground.settings import Settings, setting

URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
FOLDER = "fashion-mnist"
_CLASSES = 10
_SIDE = 28
_BYTES = 0x08  # IDX's code for unsigned bytes


def _file(name: str, sha256: str, max_bytes: int) -> Published:
    return Published("Fashion-MNIST", URL + name, sha256, max_bytes, name, FOLDER)


FILES = {
    "x_train": _file(
        "train-images-idx3-ubyte.gz", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", 30_000_000
    ),
    "y_train": _file(
        "train-labels-idx1-ubyte.gz", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", 100_000
    ),
    "x_test": _file(
        "t10k-images-idx3-ubyte.gz", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", 10_000_000
    ),
    "y_test": _file(
        "t10k-labels-idx1-ubyte.gz", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", 100_000
    ),
}
"""The files by the name of the array that each holds."""
_SHAPES = {"x_train": (_SIDE, _SIDE), "y_train": (), "x_test": (_SIDE, _SIDE), "y_test": ()}


def stamp(settings: Settings) -> str | None:
    """Sizes and times of the files, or ``None`` while one of them is missing."""
    return published.stamp(file.path(settings) for file in FILES.values())


def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """The training rows and then the test rows: x uint8 of shape (n, 28, 28), y uint8 from 0 to 9.

    Files that were put there by hand may have fewer rows than the published ones; they are read and never changed.

    Raises:
        OfflineError: a file is missing and cannot be downloaded.
        DataError: a file is damaged, holds something else or cannot be written.
    """
    paths = fetched(list(FILES.values()), settings, progress)
    arrays = {name: _read(path, _SHAPES[name], settings.max_samples) for name, path in zip(FILES, paths, strict=True)}
    for part in ("train", "test"):
        x, y = arrays[f"x_{part}"], arrays[f"y_{part}"]
        path = FILES[f"y_{part}"].path(settings)
        if len(x) != len(y):
            raise DataError(f"{path}: expected {len(x):,} labels, one an image, received {len(y):,}. {_REMEDY}")
        if y.max() >= _CLASSES:
            raise DataError(f"{path}: expected labels 0 to {_CLASSES - 1}, received {y.max()}. {_REMEDY}")
    return Loaded(
        np.concatenate([arrays["x_train"], arrays["x_test"]]),
        np.concatenate([arrays["y_train"], arrays["y_test"]]),
        n_test=len(arrays["x_test"]),
    )


_REMEDY = "Replace it by the file that Keras provides, or remove it to have that one downloaded."


def _read(path: Path, shape: tuple[int, ...], max_samples: int) -> np.ndarray:
    """The rows of an IDX file: uint8 of shape (n, *shape); never more is unpacked than its header and limits allow."""
    axes = 1 + len(shape)
    try:
        with gzip.open(path) as file:
            header = file.read(4 + 4 * axes)
            found = struct.unpack(f">HBB{axes}I", header)
            if found[:3] != (0, _BYTES, axes) or found[4:] != shape or not found[3]:
                expected = " × ".join(map(str, ("n", *shape)))
                raise DataError(
                    f"{path}: its header is {found}, expected unsigned bytes of shape {expected}. {_REMEDY}"
                )
            if found[3] > max_samples:
                limit = f"at most {max_samples:,} ({setting('max_samples')})"
                raise DataError(f"{path}: {found[3]:,} rows, expected {limit}.")
            size = int(np.prod(found[3:], dtype=np.int64))
            data = file.read(size + 1)
    except (OSError, EOFError, zlib.error, struct.error) as error:
        raise DataError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    if len(data) != size:
        raise DataError(f"{path}: expected {size:,} bytes after the header, received {len(data):,} or more. {_REMEDY}")
    return np.frombuffer(data, np.uint8).reshape(found[3:])
