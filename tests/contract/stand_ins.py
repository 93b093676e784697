"""Small files in the form of the published ones, where the app looks for them and where written code finds them.

Each of :data:`STAND_INS` is put into the folder of datasets, and Keras, pandas and scikit-learn are made to find it in
the place of a download.
"""

import gzip
import hashlib
import inspect
import io
import pickle
import shutil
import struct
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest
from keras.src.datasets import boston_housing as keras_boston
from keras.src.datasets import cifar10 as keras_cifar10
from keras.src.datasets import cifar100 as keras_cifar100
from keras.src.datasets import imdb as keras_imdb
from keras.src.datasets import reuters as keras_reuters
from sklearn.datasets import _california_housing as sklearn_california

from playground.data.sets import california_housing, cifar, fashion_mnist, word_sets
from playground.settings import Settings
from tests.unit.data.test_published_files import FILES, RIGHT, put

BATCH = 30
"""Images in a file of CIFAR."""

Put = Callable[[str, Settings, pytest.MonkeyPatch], None]


def digits(name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random pictures and labels as MNIST and as Fashion-MNIST."""
    rng = np.random.default_rng(0)
    arrays = {}
    for part, n in (("train", 600), ("test", 100)):
        arrays[f"x_{part}"] = rng.integers(0, 256, (n, 28, 28)).astype(np.uint8)
        arrays[f"y_{part}"] = rng.integers(0, 10, n).astype(np.uint8)
    if name == "mnist":
        np.savez(settings.datasets_dir / "mnist.npz", **arrays)
    else:
        folder = settings.datasets_dir / fashion_mnist.FOLDER
        folder.mkdir()
        for part, array in arrays.items():
            with gzip.open(folder / fashion_mnist.FILES[part].name, "wb") as file:
                file.write(struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes())
    parts = tuple((arrays[f"x_{part}"], arrays[f"y_{part}"]) for part in ("train", "test"))
    monkeypatch.setattr(getattr(keras.datasets, name), "load_data", lambda: parts)


def words(name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """IMDB or Reuters: lists of numbers of words, in pickles."""
    arrays = {
        "imdb": {
            "x_train": _texts(60, 1),
            "y_train": np.arange(60) % 2,
            "x_test": _texts(40, 2),
            "y_test": np.arange(40) % 2,
        },
        "reuters": {"x": _texts(90, 3), "y": np.arange(90) % 46},
    }[name]
    path = settings.datasets_dir / f"{name}.npz"
    np.savez(path, **arrays)
    _known(word_sets.FILES, name, path, monkeypatch)
    (settings.datasets_dir / word_sets.WORD_FILES[name].name).write_text("{}")
    for module in (keras_imdb, keras_reuters):
        monkeypatch.setattr(module, "get_file", lambda **given: str(path))


def images(name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """CIFAR-10 or CIFAR-100: an archive of pickles, and what is in it as Keras unpacks it."""
    rng = np.random.default_rng(0)
    folder, parts = {
        "cifar10": ("cifar-10-batches-py", [*(f"data_batch_{n}" for n in range(1, 6)), "test_batch"]),
        "cifar100": ("cifar-100-python", ["train", "test"]),
    }[name]
    packed = settings.datasets_dir / cifar.FILES[name].name
    beside = settings.datasets_dir.parent / "unpacked"
    with tarfile.open(packed, "w:gz", compresslevel=1) as archive:
        for part in parts:
            data = rng.integers(0, 256, (BATCH, 3072), dtype=np.uint8)
            kinds = {f"{kind}labels".encode(): (np.arange(BATCH) % 10).tolist() for kind in ("", "fine_", "coarse_")}
            content = pickle.dumps({b"data": data} | kinds, 4)
            _add(archive, f"{folder}/{part}", content)
            unpacked = beside / folder / part
            unpacked.parent.mkdir(parents=True, exist_ok=True)
            unpacked.write_bytes(content)
    _known(cifar.FILES, name, packed, monkeypatch)
    for module in (keras_cifar10, keras_cifar100):
        monkeypatch.setattr(module, "get_file", lambda **given: str(beside))
    monkeypatch.setattr(keras.datasets.cifar10, "load_data", _of_fewer_rows(keras_cifar10.load_data))


def houses(name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """California housing: a text file of numbers in an archive."""
    rows = np.random.default_rng(0).uniform(1, 9, (120, 9))
    file = io.BytesIO()
    np.savetxt(file, rows, delimiter=",")
    path = california_housing.FILE.path(settings)
    with tarfile.open(path, "w:gz") as archive:
        _add(archive, "CaliforniaHousing/cal_housing.data", file.getvalue())

    def fetch(*given: Any, dirname: Any, **more: Any) -> str:
        return shutil.copy(path, Path(dirname) / "theirs.tgz")  # which scikit-learn removes

    monkeypatch.setattr(sklearn_california, "_fetch_remote", fetch)
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(settings.datasets_dir.parent / "scikit-learn"))


def published(name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set of one file that is recognised by what is in it."""
    path = put(name, settings, RIGHT[name]())
    read = pd.read_csv

    def read_csv(address: str | Path, **given: Any) -> pd.DataFrame:
        assert address in (FILES[name].url, path)
        return read(path, **given)

    def get_file(fname: str | None = None, *, origin: str = "", file_hash: str = "") -> str:
        assert origin == FILES[name].url
        return str(path)

    monkeypatch.setattr(pd, "read_csv", read_csv)
    monkeypatch.setattr(keras.utils, "get_file", get_file)
    monkeypatch.setattr(keras_boston, "get_file", get_file)


STAND_INS: dict[str, Put] = {
    "mnist": digits,
    "fashion_mnist": digits,
    "cifar10": images,
    "cifar100": images,
    "imdb": words,
    "reuters": words,
    "california_housing": houses,
    **dict.fromkeys(FILES, published),
}
"""What stands in for each set that is downloaded, by the name of its source."""


def stand_in(name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the stand-in for the source ``name`` where it is looked for; nothing where it needs none."""
    if name in STAND_INS:
        settings.datasets_dir.mkdir(parents=True, exist_ok=True)
        STAND_INS[name](name, settings, monkeypatch)


def _texts(n: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    made = np.empty(n, dtype=object)
    made[:] = [rng.integers(1, 300, rng.integers(1, 60)).tolist() for _ in range(n)]
    return made


def _known(files: dict[str, Any], name: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file at ``path`` be the published one, which is told by its checksum."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setitem(files, name, replace(files[name], checksum=sha256))


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _of_fewer_rows(load_data: Callable[..., Any]) -> Callable[..., Any]:
    """Keras's own function for CIFAR-10, which counts on 10,000 images a file, for ``BATCH`` of them."""
    source = inspect.getsource(load_data).partition("\ndef ")[2]
    for number, fewer in (("50000", 5 * BATCH), ("10000", BATCH)):
        assert number in source
        source = source.replace(number, str(fewer))
    left = dict(vars(keras_cifar10))
    exec(f"def {source}", left)  # Keras's code
    return left["load_data"]
