"""MNIST from ``mnist.npz``: a file that lies in the folder of datasets, or the official one, downloaded once."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.downloads import published
from playground.data.downloads.published import Published, fetched
from playground.data.source import Loaded, Progress
from playground.data.uploads.npz import image_parts
from playground.settings import Settings

FILE = Published(
    "MNIST",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
    "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    20_000_000,
    "mnist.npz",
)
_SHAPE = (28, 28)
_CLASSES = 10
_REMEDY = "Replace it by the mnist.npz that Keras provides, or remove it to have that one downloaded."


def stamp(settings: Settings) -> str | None:
    """Size and time of the file, or ``None`` while there is none that can be reached."""
    return published.stamp([FILE.path(settings)])


def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """MNIST's training rows and then its test rows: x uint8 of shape (n, 28, 28), y integers 0 to 9.

    A file that was put there by hand may have fewer rows than the official one; it is read and never changed.

    Raises:
        OfflineError: there is no file and it cannot be downloaded.
        DataError: the file is damaged, holds something else or cannot be written.
    """
    (path,) = fetched([FILE], settings, progress)
    arrays = image_parts(path, _SHAPE, _CLASSES, settings.max_samples, _REMEDY)
    return Loaded(
        np.concatenate([arrays["x_train"], arrays["x_test"]]),
        np.concatenate([arrays["y_train"], arrays["y_test"]]),
        n_test=len(arrays["x_test"]),
    )
