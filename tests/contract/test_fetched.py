"""Downloaded sets hold what Keras makes of the same files, and the written code loads the same rows."""

import hashlib
import inspect
import io
import pickle
import tarfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest
from keras.src.datasets import cifar10 as keras_cifar10
from keras.src.datasets import cifar100 as keras_cifar100
from keras.src.datasets import imdb as keras_imdb
from keras.src.datasets import reuters as keras_reuters

from playground.data import prepare
from playground.data.plan import plan
from playground.data.sets import cifar, word_sets
from playground.export.sources import SOURCES
from playground.settings import Settings
from playground.specs import DatasetSpec, SplitSpec

pytestmark = pytest.mark.contract

WHOLE = SplitSpec(kind="none")
BATCH = 30


def written(spec: DatasetSpec) -> tuple[np.ndarray, np.ndarray]:
    """The rows that the written code loads."""
    left = {"np": np, "keras": keras}
    exec("\n".join(SOURCES[spec.source](plan(spec)).code), left)  # our own code
    return left["x"], left["y"]


def is_the_same(spec: DatasetSpec, settings: Settings) -> None:
    prepared = prepare(spec, 1, settings)
    x, y = written(spec)
    np.testing.assert_array_equal(prepared.array("x_train"), x)
    np.testing.assert_array_equal(prepared.array("y_train"), y)
    assert x.dtype == prepared.facts.input_dtype


@pytest.fixture
def here(tmp_path) -> Settings:
    """Settings with a folder for datasets."""
    settings = Settings(home=tmp_path / "home")
    settings.datasets_dir.mkdir(parents=True)
    return settings


def texts(n: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    made = np.empty(n, dtype=object)
    made[:] = [rng.integers(1, 300, rng.integers(1, 60)).tolist() for _ in range(n)]
    return made


@pytest.mark.parametrize(
    "options",
    [
        {"num_words": 100, "maxlen": 20},
        {"num_words": 250, "maxlen": 30, "skip_top": 12, "index_from": 5, "padding": "post", "truncating": "post"},
        {"num_words": 120, "output_mode": "multi_hot"},
    ],
)
@pytest.mark.parametrize("name", ["imdb", "reuters"])
def test_words_have_keras_s_numbers(name, options, here, monkeypatch):
    arrays = {
        "imdb": {
            "x_train": texts(60, 1),
            "y_train": np.arange(60) % 2,
            "x_test": texts(40, 2),
            "y_test": np.arange(40) % 2,
        },
        "reuters": {"x": texts(90, 3), "y": np.arange(90) % 46},
    }[name]
    path = here.datasets_dir / f"{name}.npz"
    np.savez(path, **arrays)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setitem(word_sets.FILES, name, replace(word_sets.FILES[name], checksum=sha256))
    (here.datasets_dir / word_sets.WORD_FILES[name].name).write_text("{}")
    for module in (keras_imdb, keras_reuters):
        monkeypatch.setattr(module, "get_file", lambda **given: str(path))
    is_the_same(DatasetSpec(source=name, options=options, split=WHOLE), here)


def of_fewer_rows(load_data: Callable[..., Any]) -> Callable[..., Any]:
    """Keras's own function for CIFAR-10, which counts on 10,000 images a file, for ``BATCH`` of them."""
    source = inspect.getsource(load_data).partition("\ndef ")[2]
    for number, fewer in (("50000", 5 * BATCH), ("10000", BATCH)):
        assert number in source
        source = source.replace(number, str(fewer))
    left = dict(vars(keras_cifar10))
    exec(f"def {source}", left)  # Keras's code
    return left["load_data"]


@pytest.mark.parametrize(
    ("name", "options"), [("cifar10", {}), ("cifar100", {}), ("cifar100", {"label_mode": "coarse"})]
)
def test_images_are_keras_s(name, options, here, tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    folder, parts = {
        "cifar10": ("cifar-10-batches-py", [*(f"data_batch_{n}" for n in range(1, 6)), "test_batch"]),
        "cifar100": ("cifar-100-python", ["train", "test"]),
    }[name]
    packed = here.datasets_dir / cifar.FILES[name].name
    with tarfile.open(packed, "w:gz", compresslevel=1) as archive:
        for part in parts:
            data = rng.integers(0, 256, (BATCH, 3072), dtype=np.uint8)
            kinds = {f"{kind}labels".encode(): (np.arange(BATCH) % 10).tolist() for kind in ("", "fine_", "coarse_")}
            content = pickle.dumps({b"data": data} | kinds, 4)
            member = tarfile.TarInfo(f"{folder}/{part}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
            unpacked = tmp_path / "unpacked" / member.name
            unpacked.parent.mkdir(parents=True, exist_ok=True)
            unpacked.write_bytes(content)
    sha256 = hashlib.sha256(packed.read_bytes()).hexdigest()
    monkeypatch.setitem(cifar.FILES, name, replace(cifar.FILES[name], checksum=sha256))
    for module in (keras_cifar10, keras_cifar100):
        monkeypatch.setattr(module, "get_file", lambda **given: str(tmp_path / "unpacked"))
    monkeypatch.setattr(keras.datasets.cifar10, "load_data", of_fewer_rows(keras_cifar10.load_data))
    is_the_same(DatasetSpec(source=name, options=options, split=WHOLE), here)
