"""CIFAR-10 and CIFAR-100 as they are published: pickles for Python, or plain bytes.

Layout: https://www.cs.toronto.edu/~kriz/cifar.html
"""

import io
from typing import IO, NamedTuple

import numpy as np

from playground.loaders.archive import members
from playground.loaders.pickled import LoadError, unpickled

SHAPE = (32, 32, 3)
_PIXELS = 32 * 32 * 3
_MAX_BYTES = 250_000_000


class Layout(NamedTuple):
    """Where the images lie in an archive.

    Attributes:
        train, test: the files of the training and of the test part, in order.
        label: of pickles, the key of the labels.
        labels: of plain bytes, how many labels stand before an image.
        place: which of them counts.
    """

    train: tuple[str, ...]
    test: tuple[str, ...]
    label: bytes = b"labels"
    labels: int = 1
    place: int = 0


class Images(NamedTuple):
    """Images and labels, the test part last.

    Attributes:
        x: uint8 of shape (n, 32, 32, 3).
        y: uint8 of shape (n,).
        n_test: rows of the test part.
    """

    x: np.ndarray
    y: np.ndarray
    n_test: int


def from_pickles(file: IO[bytes], layout: Layout) -> Images:
    """The images of the version for Python. Call this only for a file whose SHA-256 is that of the published one.

    Raises:
        LoadError: it is damaged or holds something else.
    """
    return _joined(
        {
            name: _of_pickle(name, unpickled(io.BytesIO(content), "bytes"), layout)
            for name, content in members(file, layout.train + layout.test, _MAX_BYTES)
        },
        layout,
    )


def from_bytes(file: IO[bytes], layout: Layout) -> Images:
    """The images of the binary version, which holds no pickles; it may have fewer rows than the published one.

    Raises:
        LoadError: it is damaged or holds something else.
    """
    return _joined(
        {
            name: _of_bytes(name, content, layout)
            for name, content in members(file, layout.train + layout.test, _MAX_BYTES)
        },
        layout,
    )


def _of_pickle(name: str, found: object, layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    data, labels = (found.get(b"data"), found.get(layout.label)) if isinstance(found, dict) else (None, None)
    if not isinstance(data, np.ndarray) or data.dtype != np.uint8 or data.shape[1:] != (_PIXELS,):
        raise LoadError(f"{name} in it has no uint8 images of 3,072 numbers")
    y = np.array(labels) if isinstance(labels, list) else np.empty(0)
    if y.shape != (len(data),) or y.dtype.kind not in "iu":
        raise LoadError(f"{name} in it has no {layout.label.decode()}, one an image")
    return data, y


def _of_bytes(name: str, data: bytes, layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    size = layout.labels + _PIXELS
    if not data or len(data) % size:
        raise LoadError(f"{name} in it has {len(data):,} bytes, expected a multiple of {size:,}")
    rows = np.frombuffer(data, np.uint8).reshape(-1, size)
    return rows[:, layout.labels :], rows[:, layout.place]


def _joined(found: dict[str, tuple[np.ndarray, np.ndarray]], layout: Layout) -> Images:
    names = layout.train + layout.test
    missing = [name for name in names if name not in found]
    if missing:
        raise LoadError(f"expected {', '.join(names)} in it; missing is {', '.join(missing)}")
    sizes = [len(found[name][1]) for name in names]
    x = np.empty((sum(sizes), *SHAPE), np.uint8)
    at = 0
    for name, size in zip(names, sizes, strict=True):
        # Published plane by plane, red first; popped so that never all of it is there twice.
        x[at : at + size] = found[name][0].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
        found[name] = (np.empty(0), found[name][1])
        at += size
    y = np.concatenate([found[name][1] for name in names])
    return Images(x, y, sum(sizes[len(layout.train) :]))
