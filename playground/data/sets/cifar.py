"""CIFAR-10 and CIFAR-100: the archive that Keras takes, or a form without pickles that somebody has put beside."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.data.downloads import published
from playground.data.downloads.published import Published, fetched
from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.data.uploads.class_names import CIFAR_10, CIFAR_100_COARSE, CIFAR_100_FINE
from playground.data.uploads.npz import image_parts
from playground.settings import Settings, setting

if TYPE_CHECKING:
    from playground.loaders.cifar import Images, Layout

SHAPE = (32, 32, 3)
_URL = "https://www.cs.toronto.edu/~kriz/"
_MAX_BYTES = 180_000_000
FILES = {
    "cifar10": Published(
        "CIFAR-10",
        f"{_URL}cifar-10-python.tar.gz",
        "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
        _MAX_BYTES,
        "cifar-10-python.tar.gz",
    ),
    "cifar100": Published(
        "CIFAR-100",
        f"{_URL}cifar-100-python.tar.gz",
        "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7",
        _MAX_BYTES,
        "cifar-100-python.tar.gz",
    ),
}
"""What is downloaded: pickles, read only where the SHA-256 is this one."""
BY_HAND = {
    "cifar10": ("cifar10.npz", "cifar-10-binary.tar.gz"),
    "cifar100": ("cifar100.npz", "cifar-100-binary.tar.gz"),
}
"""What is read first where somebody has put it there: files without pickles."""


@dataclass(frozen=True, slots=True)
class _Cifar:
    """One of the two sets: loads it and says which files it is read from."""

    name: str

    def stamp(self, settings: Settings) -> str | None:
        """Name, size and time of the file that is read, or ``None`` while there is none."""
        path = self._here(settings)
        known = published.stamp([path])
        return known and f"{path.name}, {known}"

    def load(self, options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        """The training rows and then the test rows: x uint8 of shape (n, 32, 32, 3), y whole numbers of shape (n,).

        Raises:
            OfflineError: there is no file and it cannot be downloaded.
            DataError: the file is damaged, or holds pickles and is not the published one.
        """
        label_mode = options.get("label_mode", "")
        n_classes = len(_CLASSES[self.name, label_mode])
        path = self._here(settings)
        remedy = f"Replace it, or remove it to have {FILES[self.name].name} downloaded."
        if path.suffix == ".npz":
            return _of_npz(path, n_classes, settings, remedy)
        is_published = path.name == FILES[self.name].name
        if is_published:
            fetched([FILES[self.name]], settings, progress)
        from playground.loaders.cifar import from_bytes, from_pickles
        from playground.loaders.pickled import LoadError

        progress(1.0, "Reading the images")
        try:
            with path.open("rb") as file:
                if is_published:
                    self._check(path, file)
                    made = from_pickles(file, _layout(self.name, label_mode, "python"))
                else:
                    made = from_bytes(file, _layout(self.name, label_mode, "binary"))
        except (LoadError, OSError) as error:
            raise DataError(f"{path} cannot be read ({error}). {remedy}") from error
        return _checked(path, made, n_classes, settings, remedy)

    def _here(self, settings: Settings) -> Path:
        """The file that is read: one without pickles where there is one."""
        paths = [settings.datasets_dir / name for name in BY_HAND[self.name]]
        return next((path for path in paths if path.exists()), FILES[self.name].path(settings))

    def _check(self, path: Path, file: BufferedReader) -> None:
        """Refuse to unpickle anything but the published file."""
        found = hashlib.file_digest(file, "sha256").hexdigest()
        expected = FILES[self.name].checksum
        if found != expected:
            raise DataError(
                f"{path} is not the published file: expected SHA-256 {expected}, received {found}. It holds pickles, "
                f"which are read from that file only. Replace it, remove it to have that one downloaded, or put "
                f"{' or '.join(BY_HAND[self.name])} beside it, which hold none."
            )
        file.seek(0)


def _layout(name: str, label_mode: str, version: str) -> "Layout":
    from playground.loaders.cifar import Layout

    if name == "cifar10":
        inner, ending = {"python": ("cifar-10-batches-py", ""), "binary": ("cifar-10-batches-bin", ".bin")}[version]
        train = tuple(f"{inner}/data_batch_{number}{ending}" for number in range(1, 6))
        return Layout(train, (f"{inner}/test_batch{ending}",))
    inner, ending = {"python": ("cifar-100-python", ""), "binary": ("cifar-100-binary", ".bin")}[version]
    return Layout(
        (f"{inner}/train{ending}",),
        (f"{inner}/test{ending}",),
        f"{label_mode}_labels".encode(),
        labels=2,
        place=("coarse", "fine").index(label_mode),
    )


def _of_npz(path: Path, n_classes: int, settings: Settings, remedy: str) -> Loaded:
    arrays = image_parts(path, SHAPE, n_classes, settings.max_samples, remedy)
    x = np.concatenate([arrays.pop("x_train"), arrays.pop("x_test")])
    return Loaded(x, np.concatenate([arrays["y_train"], arrays["y_test"]]), n_test=len(arrays["y_test"]))


def _checked(path: Path, made: "Images", n_classes: int, settings: Settings, remedy: str) -> Loaded:
    if len(made.y) > settings.max_samples:
        limit = f"at most {settings.max_samples:,} ({setting('max_samples')})"
        raise DataError(f"{path}: {len(made.y):,} rows, expected {limit}.")
    if made.y.min() < 0 or made.y.max() >= n_classes:
        raise DataError(f"{path}: expected labels 0 to {n_classes - 1}, received others. {remedy}")
    return Loaded(made.x, made.y, made.n_test)


_CLASSES: dict[tuple[str, str], tuple[str, ...]] = {
    ("cifar10", ""): CIFAR_10,
    ("cifar100", "fine"): CIFAR_100_FINE,
    ("cifar100", "coarse"): CIFAR_100_COARSE,
}
"""Class names in label order, by the set and its ``label_mode``."""


def _source(name: str, classes: tuple[str, ...]) -> Source:
    made = _Cifar(name)
    return Source(
        made.load,
        "multiclass",
        SHAPE,
        None,
        classes,
        has_test=True,
        licence="no licence is stated; free for research",
        origin="A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009",
        stamp=made.stamp,
        largest=255.0,
        chosen=_with_labels if name == "cifar100" else None,
    )


def _with_labels(source: Source, options: Mapping[str, Any]) -> Source:
    return replace(source, classes=_CLASSES["cifar100", options["label_mode"]])


CIFAR: dict[str, Source] = {
    "cifar10": _source("cifar10", CIFAR_10),
    "cifar100": _source("cifar100", CIFAR_100_FINE),
}
