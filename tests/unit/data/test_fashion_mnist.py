"""Fashion-MNIST's four IDX files put there by hand: read where they are good, refused in words where not."""

import functools
import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playground.data import DataError, OfflineError, outline, prepare
from playground.data.downloads import download as downloads
from playground.data.sets import fashion_mnist
from playground.data.sets.fashion_mnist import FILES
from playground.specs import DatasetSpec, SplitSpec

squeezed = functools.partial(gzip.compress, mtime=0)  # bytes stand in the names of tests, which may not tell the time

GIVEN = DatasetSpec(source="fashion_mnist", split=SplitSpec(kind="given", args={"validation": 0.25}))
Put = Callable[..., Path]


def idx(array: np.ndarray) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


@pytest.fixture
def put(server_settings) -> Put:
    """Puts the content of a file, or arrays as a whole set of files; gives the folder."""

    def put(arrays=None, **contents: bytes) -> Path:
        folder = server_settings.datasets_dir / fashion_mnist.FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in (arrays or {}).items():
            (folder / FILES[name].name).write_bytes(squeezed(idx(array)))
        for name, content in contents.items():
            (folder / FILES[name].name).write_bytes(content)
        return folder

    return put


def test_good_files_are_read_as_keras_reads_them(server_settings, small_mnist, put, monkeypatch):
    import shutil

    folder = put(small_mnist)
    prepared = prepare(GIVEN, 1, server_settings)
    facts = prepared.facts
    assert (facts.n_train, facts.n_validation, facts.n_test) == (30, 10, 20)
    assert facts.classes[0] == "T-shirt/top"
    assert len(facts.classes) == len(outline(GIVEN).classes) == 10
    np.testing.assert_array_equal(prepared.array("x_test"), small_mnist["x_test"].astype(np.float32))
    np.testing.assert_array_equal(prepared.array("y_test"), small_mnist["y_test"])
    rows = prepared.array("rows_train")
    np.testing.assert_array_equal(prepared.array("x_train"), small_mnist["x_train"][rows].astype(np.float32))
    assert len(list(folder.iterdir())) == 4
    shutil.rmtree(folder)
    assert fashion_mnist.stamp(server_settings) is None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x_train", b"not gzip", "cannot be read"),
        ("x_train", squeezed(b"\0\0"), "cannot be read"),
        (
            "x_train",
            squeezed(idx(np.zeros((40, 28, 27), np.uint8))),
            "expected unsigned bytes of shape n × 28 × 28",
        ),
        ("x_train", squeezed(idx(np.zeros((0, 28, 28), np.uint8))), "its header is"),
        ("x_test", squeezed(struct.pack(">HBB3I", 0, 13, 3, 20, 28, 28)), "its header is"),
        ("x_test", squeezed(struct.pack(">HBB3I", 0, 8, 3, 20, 28, 28) + b"\0" * 100), "received 100"),
        ("x_test", squeezed(idx(np.zeros((20, 28, 28), np.uint8)) + b"\0"), "or more"),
        ("x_test", squeezed(struct.pack(">HBB3I", 0, 8, 3, 2**32 - 1, 28, 28)), "PLAYGROUND_MAX_SAMPLES"),
        ("y_train", squeezed(idx(np.zeros(39, np.uint8))), "expected 40 labels"),
        ("y_test", squeezed(idx(np.full(20, 10, np.uint8))), "expected labels 0 to 9, received 10"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # packed bytes say when they were packed
)
def test_what_is_wrong_is_named_and_the_file_kept(name, content, words, server_settings, small_mnist, put):
    path = put(small_mnist, **{name: content}) / FILES[name].name
    with pytest.raises(DataError, match=words) as caught:
        prepare(GIVEN, 1, server_settings)
    assert str(path.parent) in str(caught.value)
    assert path.read_bytes() == content


def test_without_files_and_network_it_says_which_files_and_where(server_settings, monkeypatch):
    asked = []

    def refuse(url, target, sha256, max_bytes, progress):
        asked.append((url, target.name))
        raise downloads.DownloadError("no connection")

    monkeypatch.setattr(downloads, "download", refuse)
    with pytest.raises(OfflineError) as caught:
        prepare(GIVEN, 1, server_settings)
    for file in FILES.values():
        assert file.name in str(caught.value)
    assert str(server_settings.datasets_dir / fashion_mnist.FOLDER) in str(caught.value)
    assert asked == [(fashion_mnist.URL + FILES["x_train"].name, FILES["x_train"].name)]


def test_the_addresses_are_those_of_keras():
    import importlib.util

    text = Path(importlib.util.find_spec("keras.src.datasets.fashion_mnist").origin).read_text("utf-8")
    assert fashion_mnist.URL in text
    assert all(file.name in text for file in FILES.values())


def test_a_plane_has_as_many_features_as_asked_for(server_settings):
    spec = DatasetSpec(source="plane", options={"n_features": 100, "n_samples": 50, "noise": 0.0})
    prepared = prepare(spec, 1, server_settings)
    assert outline(spec).input_shape == prepared.facts.input_shape == (100,)
    assert prepared.facts.features[99] == "x100"
    x, y = prepared.array("x_train"), prepared.array("y_train")
    np.testing.assert_allclose(y, x.mean(axis=1), atol=1e-6)
