"""CIFAR-10 and CIFAR-100: the published archive is unpickled, nothing else is; forms without pickles are read."""

import hashlib
import io
import os
import pickle
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from playground.data import DataError, OfflineError, outline, prepare
from playground.data.downloads import published
from playground.data.downloads.download import DownloadError
from playground.data.sets import cifar
from playground.specs import DatasetSpec, SplitSpec
from tests.unit.data.file_server import serving

N = 20
GIVEN = DatasetSpec(source="cifar10", split=SplitSpec(kind="given", args={"validation": 0.25}))
TEN = [f"cifar-10-batches-py/{name}" for name in (*(f"data_batch_{n}" for n in range(1, 6)), "test_batch")]
Put = Callable[..., Path]


@pytest.fixture
def images() -> np.ndarray:
    """Six batches of 20 images, uint8 of shape (6, 20, 32, 32, 3)."""
    return np.random.default_rng(0).integers(0, 256, (6, N, 32, 32, 3), dtype=np.uint8)


def planes(batch: np.ndarray) -> np.ndarray:
    """Images as they are published: red, green and blue one after the other."""
    return np.ascontiguousarray(batch.transpose(0, 3, 1, 2)).reshape(len(batch), -1)


def labels(n_classes: int = 10) -> list[int]:
    return [at % n_classes for at in range(N)]


def packed(contents: dict[str, bytes], *more: tarfile.TarInfo) -> bytes:
    """A ``.tar.gz`` of files and of ``more`` members without content."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for member in more:
            archive.addfile(member)
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


def python_version(images: np.ndarray) -> dict[str, bytes]:
    return {
        name: pickle.dumps({b"data": planes(batch), b"labels": labels(), b"filenames": [b"one.png"]}, protocol=4)
        for name, batch in zip(TEN, images, strict=True)
    } | {"cifar-10-batches-py/batches.meta": b"no pickle"}


def binary_version(images: np.ndarray) -> dict[str, bytes]:
    names = [f"{name.replace('-py', '-bin')}.bin" for name in TEN]
    rows = [np.column_stack([np.uint8(labels()), planes(batch)]).tobytes() for batch in images]
    return dict(zip(names, rows, strict=True)) | {"cifar-10-batches-bin/readme.html": b"<html>"}


@pytest.fixture
def put(server_settings) -> Put:
    """Puts a file into the folder of datasets by hand."""

    def put(name: str, content: bytes) -> Path:
        server_settings.datasets_dir.mkdir(parents=True, exist_ok=True)
        path = server_settings.datasets_dir / name
        path.write_bytes(content)
        return path

    return put


@pytest.fixture
def official(put, monkeypatch) -> Callable[[bytes], Path]:
    """Puts the archive for Python, and has it be the published one."""

    def put_it(content: bytes, name: str = "cifar10") -> Path:
        sha256 = hashlib.sha256(content).hexdigest()
        monkeypatch.setitem(cifar.FILES, name, replace(cifar.FILES[name], checksum=sha256))
        return put(cifar.FILES[name].name, content)

    return put_it


def known(path: Path) -> tuple[bytes, int, int]:
    found = path.stat()
    return path.read_bytes(), found.st_ino, found.st_mtime_ns


def holds(prepared, images: np.ndarray) -> None:
    """The prepared parts are the images."""
    train, test = images[:5].reshape(-1, 32, 32, 3), images[5]
    rows = prepared.array("rows_train")
    np.testing.assert_array_equal(prepared.array("x_train"), train[rows].astype(np.float32))
    np.testing.assert_array_equal(prepared.array("x_test"), test.astype(np.float32))
    np.testing.assert_array_equal(prepared.array("y_train"), np.tile(labels(), 5)[rows])
    np.testing.assert_array_equal(prepared.array("y_test"), labels())


def test_the_published_archive_is_read_as_keras_reads_it(official, images, server_settings):
    path = official(packed(python_version(images)))
    before = known(path)
    prepared = prepare(GIVEN, 1, server_settings)
    holds(prepared, images)
    facts = prepared.facts
    assert (facts.n_train, facts.n_validation, facts.n_test) == (75, 25, 20)
    known_before = outline(GIVEN)
    for name in ("task", "input_shape", "input_dtype", "target_dtype", "classes", "largest", "vocabulary"):
        assert getattr(facts, name) == getattr(known_before, name)
    assert known(path) == before
    assert list(path.parent.iterdir()) == [path]


def test_the_binary_version_put_by_hand_is_read_and_left_alone(put, images, server_settings):
    path = put("cifar-10-binary.tar.gz", packed(binary_version(images)))
    before = known(path)
    holds(prepare(GIVEN, 1, server_settings), images)
    assert known(path) == before


@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
def test_an_npz_put_by_hand_is_read_and_left_alone(shape, put, images, server_settings):
    file = io.BytesIO()
    y = np.tile(labels(), 5).reshape(shape)
    x = images[:5].reshape(-1, 32, 32, 3)
    np.savez(file, x_train=x, y_train=y, x_test=images[5], y_test=np.reshape(labels(), shape))
    path = put("cifar10.npz", file.getvalue())
    before = known(path)
    holds(prepare(GIVEN, 1, server_settings), images)
    assert known(path) == before


def test_another_file_put_beside_is_prepared_anew(official, put, images, server_settings):
    official(packed(python_version(images)))
    holds(prepare(GIVEN, 1, server_settings), images)
    other = images[:, ::-1]
    put("cifar-10-binary.tar.gz", packed(binary_version(other)))
    holds(prepare(GIVEN, 1, server_settings), other)


def test_it_is_downloaded_once(images, server_settings, monkeypatch):
    body = packed(python_version(images))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as server:
        server.bodies["/cifar.tar.gz"] = body
        file = replace(
            cifar.FILES["cifar10"], url=f"{server.url}/cifar.tar.gz", checksum=hashlib.sha256(body).hexdigest()
        )
        monkeypatch.setitem(cifar.FILES, "cifar10", file)
        holds(prepare(GIVEN, 1, server_settings), images)
        prepare(GIVEN, 2, server_settings)
        assert len(server.asked) == 1


@pytest.mark.parametrize(("label_mode", "place", "n"), [("fine", 1, 100), ("coarse", 0, 20)])
def test_cifar_100_has_two_kinds_of_labels(label_mode, place, n, official, put, images, server_settings):
    spec = DatasetSpec(source="cifar100", options={"label_mode": label_mode}, split=GIVEN.split)
    kinds = (np.arange(N) % 20, np.arange(N) * 5)
    batches = {
        f"cifar-100-python/{part}": pickle.dumps(
            {b"data": planes(images[at]), b"coarse_labels": kinds[0].tolist(), b"fine_labels": kinds[1].tolist()}, 4
        )
        for at, part in enumerate(("train", "test"))
    }
    path = official(packed(batches), "cifar100")
    assert len(outline(spec).classes) == n
    prepared = prepare(spec, 1, server_settings)
    np.testing.assert_array_equal(prepared.array("y_test"), kinds[place])
    np.testing.assert_array_equal(prepared.array("x_test"), images[1].astype(np.float32))
    path.unlink()
    rows = [np.column_stack([*np.uint8(kinds), planes(images[at])]).tobytes() for at in (2, 3)]
    put(
        "cifar-100-binary.tar.gz",
        packed({f"cifar-100-binary/{part}.bin": rows[at] for at, part in enumerate(("train", "test"))}),
    )
    prepared = prepare(spec, 1, server_settings)
    np.testing.assert_array_equal(prepared.array("y_test"), kinds[place])
    np.testing.assert_array_equal(prepared.array("x_test"), images[3].astype(np.float32))


class Mine:
    """Writes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def hostile(images: np.ndarray, path: Path) -> bytes:
    contents = python_version(images)
    contents[TEN[2]] = pickle.dumps({b"data": planes(images[2]), b"labels": labels(), b"more": Mine(path)}, 4)
    return packed(contents)


def test_a_pickle_of_somebody_else_is_not_even_opened(put, images, server_settings, tmp_path):
    content = hostile(images, tmp_path / "ran")
    path = put("cifar-10-python.tar.gz", content)
    before = known(path)
    with pytest.raises(DataError) as caught:
        prepare(GIVEN, 1, server_settings)
    message = str(caught.value)
    assert f"expected SHA-256 {cifar.FILES['cifar10'].checksum}" in message
    assert f"received {hashlib.sha256(content).hexdigest()}" in message
    assert "cifar10.npz or cifar-10-binary.tar.gz" in message
    assert not (tmp_path / "ran").exists()
    assert known(path) == before


def test_a_pickle_that_calls_something_does_not_run_even_from_the_published_file(
    official, images, server_settings, tmp_path
):
    path = official(hostile(images, tmp_path / "ran"))
    before = known(path)
    with pytest.raises(DataError, match=r"asks for posix\.mkdir, expected arrays only"):
        prepare(GIVEN, 1, server_settings)
    assert not (tmp_path / "ran").exists()
    assert known(path) == before


def member(name: str, kind: bytes, to: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type = kind
    made.linkname = to
    return made


HOSTILE = [
    member("../outside", tarfile.REGTYPE),
    member("/etc/outside", tarfile.REGTYPE),
    member("cifar-10-batches-bin/data_batch_1.bin", tarfile.SYMTYPE, "/etc/passwd"),
    member("cifar-10-batches-bin/data_batch_1.bin", tarfile.LNKTYPE, "/etc/passwd"),
    member("cifar-10-batches-bin/device", tarfile.CHRTYPE),
    member("cifar-10-batches-bin/pipe", tarfile.FIFOTYPE),
]


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda each: f"{each.name} {each.type!r}")
def test_an_archive_with_anything_but_files_and_folders_is_refused(bad, put, images, server_settings):
    path = put("cifar-10-binary.tar.gz", packed(binary_version(images), bad))
    before = known(path)
    with pytest.raises(DataError, match="is no plain file or folder"):
        prepare(GIVEN, 1, server_settings)
    assert known(path) == before
    assert list(server_settings.home.rglob("*outside*")) == []


def without(contents: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {each: content for each, content in contents.items() if each != name}


def bad_binaries(images: np.ndarray) -> dict[str, bytes]:
    good = binary_version(images)
    first = "cifar-10-batches-bin/data_batch_1.bin"
    whole = packed(good)
    return {
        "missing is cifar-10-batches-bin/test_batch": packed(without(good, "cifar-10-batches-bin/test_batch.bin")),
        "expected a multiple of 3,073": packed(good | {first: good[first][:-1]}),
        "expected labels 0 to 9": packed(good | {first: b"\x0a" + good[first][1:]}),
        "cannot be unpacked": whole[: len(whole) // 2],
        "more than 100 files": packed({f"{number}": b"" for number in range(200)}),
        "larger when unpacked": packed({"zeros": bytes(30_000_000)}),
        "it cannot be unpacked": b"binary noise",
    }


@pytest.mark.parametrize("at", range(7))
def test_what_is_wrong_is_named_and_the_file_kept(at, put, images, server_settings, monkeypatch):
    from playground.loaders import cifar as loader

    words, content = list(bad_binaries(images).items())[at]
    monkeypatch.setattr(loader, "_MAX_BYTES", 20_000_000)
    path = put("cifar-10-binary.tar.gz", content)
    before = known(path)
    with pytest.raises(DataError, match=words) as caught:
        prepare(GIVEN, 1, server_settings)
    assert str(path) in str(caught.value)
    assert known(path) == before


def test_more_rows_than_allowed(put, images, server_settings):
    put("cifar-10-binary.tar.gz", packed(binary_version(images)))
    with pytest.raises(DataError, match="PLAYGROUND_MAX_SAMPLES"):
        prepare(GIVEN, 1, server_settings.model_copy(update={"max_samples": 100}))


def test_offline_it_says_what_to_put_where(server_settings, monkeypatch):
    def refuse(*args):
        raise DownloadError("no connection to www.cs.toronto.edu")

    monkeypatch.setattr("playground.data.downloads.download.download", refuse)
    with pytest.raises(OfflineError) as caught:
        prepare(GIVEN, 1, server_settings)
    file = cifar.FILES["cifar10"]
    assert str(caught.value) == (
        f"CIFAR-10 is not on this server and could not be downloaded (no connection to www.cs.toronto.edu). "
        f"Fetch {file.url} (SHA-256 {file.checksum}). "
        f"Put cifar-10-python.tar.gz into {server_settings.datasets_dir} and try again."
    )


def test_a_full_disk_is_said(server_settings, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("playground.data.downloads.download.download", full)
    with pytest.raises(DataError, match=r"The disk is full: CIFAR-10 could not be written to .*\. Free some space"):
        published.fetched([cifar.FILES["cifar10"]], server_settings, lambda fraction, message: None)
