"""Archives and arrays that no honest person makes: refused in plain words, soon, and nothing of them stays."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playground.data import DataError
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.upload import take_in
from playground.settings import Settings
from tests.pictures import archive, classes, image

Take = Callable[[Path], ArrayProfile]


@pytest.fixture
def take(server_settings: Settings) -> Take:
    def take_it(path: Path) -> ArrayProfile:
        profile = take_in(path, path.name, server_settings, lambda fraction, message: None)
        assert isinstance(profile, ArrayProfile)
        return profile

    return take_it


@pytest.fixture
def refused(take, server_settings) -> Callable[[Path], str]:
    """Takes in a file that must be refused; gives the message, and has looked that nothing stays."""

    def refuse(path: Path) -> str:
        with pytest.raises(DataError) as error:
            take(path)
        assert not list(server_settings.uploads_dir.glob("*"))
        assert "\n" not in str(error.value)
        return str(error.value)

    return refuse


def png(width: int, height: int, rows: int = 1) -> bytes:
    """A black grey PNG that claims that size and has so many rows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(rows * (width + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def entry(name: str, *, mode: int = 0o644, flags: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.flag_bits = flags
    return info


@pytest.mark.parametrize(
    "name",
    ["../high/x.png", "/high/x.png", "high/../../x.png", "C:/high/x.png", "high\\x.png", "high//x.png", "./high/x.png"],
)
def test_names_that_lead_elsewhere(name, refused, tmp_path):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as made:
        for each, data in classes(3).items():
            made.writestr(each, data)
        info = zipfile.ZipInfo("x")
        info.filename = name
        made.writestr(info, image(1))
    assert "no plain path" in refused(path)


def test_links_and_signs_that_do_not_show(refused, tmp_path):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(entry("high/x.png", mode=0o120777), "/etc/passwd")
    assert "is a link" in refused(path)
    assert "cannot be shown" in refused(archive(path, {"hi\x1b[31mgh/x.png": b"x"}))


def test_encrypted_and_unusual_packing(refused, tmp_path):
    path = archive(tmp_path / "set.zip", classes(3))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag for encryption, in the list of contents
    path.write_bytes(data)
    assert "is encrypted" in refused(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("high/x.png", image(1))
    assert "packed in an unusual way" in refused(path)


def test_bombs(refused, tmp_path, server_settings):
    path = tmp_path / "set.zip"
    assert "times its size" in refused(archive(path, {"high/x.bmp": bytes(20_000_000), "low/x.bmp": b"BM"}))
    many = {f"{label}/{n}.bmp": bytes(90_000_000) for label in ("high", "low") for n in range(2)}
    assert "unpacks to 360 MB: expected at most 200 MB (PLAYGROUND_MAX_TABLE_MB)" in refused(archive(path, many))


def test_an_entry_that_unpacks_to_more_than_it_says(take, tmp_path):
    path = archive(tmp_path / "set.zip", {**classes(3), "high/z.png": bytes(50_000_000)})
    data = bytearray(path.read_bytes())
    for start in (b"PK\x01\x02", b"PK\x03\x04"):
        at = data.rindex(start)
        offset = 24 if start == b"PK\x01\x02" else 22
        data[at + offset : at + offset + 4] = struct.pack("<I", 1000)
    path.write_bytes(data)
    profile = take(path)
    assert (profile.n_rows, profile.left_out[0].examples) == (6, ("high/z.png",))


def test_too_many_entries(refused, tmp_path):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(100_000):
            made.writestr(zipfile.ZipInfo(f"a/{number}.png"), b"")
    assert refused(path) == "set.zip has 100,000 entries: expected at most 80,000. Leave some out."


def test_huge_pixels_are_never_decoded(take, refused, tmp_path):
    huge = {"high/huge.png": png(50_000, 50_000), "low/huge.png": png(8_000, 8_000)}
    path = tmp_path / "set.zip"
    profile = take(archive(path, {**classes(3), **huge}))
    (left,) = profile.left_out
    assert (left.count, left.reason) == (2, "of more than 50,000,000 pixels")


def test_many_pixels_in_few_bytes(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("playground.data.uploads.image_archive._FEW_PIXELS", 5_000_000)
    bomb = png(2_000, 2_000, rows=2_000)
    found = {"high/a.png": bomb, "low/b.png": bomb}
    message = refused(archive(tmp_path / "set.zip", found))
    assert "has images of 8,000,000 pixels in" in message
    assert "expected at most 100 pixels a byte, as pictures have" in message


def test_damaged_images_and_other_types_are_left_out_and_counted(take, tmp_path):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    postscript = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n"
    wrong = {"high/cut.png": image(1)[:80], "low/text.jpg": b"no image", "low/x.png": svg, "low/y.png": postscript}
    renamed = {"high/really.png": image(2, ending="jpg")}
    profile = take(archive(tmp_path / "set.zip", {**classes(3), **wrong, **renamed}))
    (left,) = profile.left_out
    assert (profile.n_rows, profile.counts) == (7, (4, 3))
    assert (left.count, left.reason) == (4, "damaged, or no image of these kinds")


def test_what_is_no_image_is_counted(take, tmp_path):
    other = {
        "__MACOSX/high/._1.png": b"x",
        "high/.DS_Store": b"x",
        "low/inner.zip": b"PK\x05\x06" + bytes(18),
        "loose.png": image(1),
        "empty/": b"",
    }
    profile = take(archive(tmp_path / "set.zip", {**classes(3), **other}))
    found = {left.reason: (left.count, left.examples) for left in profile.left_out}
    assert found == {
        "hidden, or notes of a file manager": (2, ("__MACOSX/high/._1.png", "high/.DS_Store")),
        "not called like an image": (1, ("low/inner.zip",)),
        "in no folder that could be their class": (1, ("loose.png",)),
        "folders without images": (1, ("empty/",)),
    }


def test_names_that_occur_twice(take, tmp_path):
    path = archive(tmp_path / "set.zip", classes(3))
    with zipfile.ZipFile(path, "a") as more, pytest.warns(UserWarning, match="Duplicate name"):
        more.writestr("high/000.png", image(100, (40, 40)))
    profile = take(path)
    assert (profile.n_rows, profile.largest) == (6, (40, 40))
    assert [(left.reason, left.count) for left in profile.left_out] == [("of the same name as a later one", 1)]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"only/a.png": image(1), "only/b.png": image(2)}, "images of one class only, 'only'"),
        ({"a.png": image(1), "b.png": image(2)}, "has no images in folders"),
        ({"inner.zip": b"PK"}, "Left out: 1 not called like an image (inner.zip)"),
        ({}, "has no images in folders"),
        ({"a/x.png": image(1), "b/y.png": b"x"}, "no image can be read in b"),
        ({f"{'a' * 101}/x.png": image(1), "b/y.png": image(2)}, "a name of 101 letters"),
        ({"test/a/x.png": image(1), "test/b/x.png": image(1), "val/a/y.png": image(1)}, "in a folder train"),
    ],
)
def test_no_classes(files, words, refused, tmp_path):
    assert words in refused(archive(tmp_path / "set.zip", files))


def test_damaged_archives(refused, tmp_path):
    path = archive(tmp_path / "set.zip", classes(3))
    path.write_bytes(path.read_bytes()[:500])
    assert "is no zip that can be read" in refused(path)


def test_names_like_html_stay_text(take, tmp_path):
    name = "<img src=x onerror=alert(1)>"
    profile = take(archive(tmp_path / "set.zip", {f"{name}/a.png": image(1), "b/b.png": image(2)}))
    assert profile.classes == (name, "b")


def npz(path: Path, **arrays: np.ndarray) -> Path:
    np.savez(path, **arrays)
    return path


X, Y = np.arange(60.0).reshape(20, 3), np.arange(20) % 2


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"x": np.array([object()] * 20).reshape(20, 1), "y": Y}, "x holds Python objects"),
        ({"x": X, "y": np.array([{}] * 20)}, "y holds Python objects"),
        ({"x": np.where(X == 5, np.nan, X), "y": Y}, "x has 1 values that are no finite numbers, in 1 rows"),
        ({"x": np.where(X == 5, np.inf, X), "y": Y}, "no finite numbers"),
        ({"x": X * 1e300, "y": Y}, "too large for float32"),
        ({"x": X.astype(complex), "y": Y}, "x is complex128: expected numbers"),
        ({"x": X.astype("U8"), "y": Y}, "expected numbers"),
        ({"x": X.astype("M8[s]"), "y": Y}, "expected numbers"),
        ({"x": np.zeros(20, [("a", "f4")])[:, None], "y": Y}, "expected numbers"),
        ({"x": X, "y": Y[:19]}, "y has the shape (19,): expected (20,)"),
        ({"x": X, "y": np.zeros((20, 3))}, "one column of 0 and 1 for each class"),
        ({"x": X, "y": np.ones(20)}, "y is 1.0 in every row"),
        ({"x": X, "y": np.where(Y == 0, np.nan, 1.0)}, "y has 10 values that are no finite numbers"),
        ({"x": X, "y": np.array(["a\nb", "c"] * 10)}, "expected short names"),
        ({"x": X[:, 0], "y": Y}, "x has the shape (20,)"),
        ({"x": X[:0], "y": Y[:0]}, "at least one row"),
        ({"x": np.zeros((20, 3, 4, 5, 2)), "y": Y}, "x has the shape (20, 3, 4, 5, 2)"),
        ({"x": np.zeros((20, 3, 9, 9)), "y": Y}, "expected the channels last"),
        ({"x": np.zeros((20, 9, 9, 4)), "y": Y}, "1 or 3 channels"),
        ({"z": X, "y": Y}, "has no array 'x', but y, z"),
        ({"x_train": X, "y_train": Y, "x_test": X}, "has no array 'y_test'"),
        ({"x_train": X, "y_train": Y, "x_test": X[:, :2], "y_test": Y}, "the same shape in all parts"),
    ],
)
def test_arrays_that_do_not_go(arrays, words, refused, tmp_path):
    assert words in refused(npz(tmp_path / "set.npz", **arrays))


def claimed(shape: tuple[int, ...]) -> bytes:
    """An .npy file of eight bytes whose header claims ``shape``."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return file.getvalue() + bytes(8)


@pytest.mark.parametrize("shape", [(10**6, 10**6), (10**12, 1), (-1, -1), (1, 2)])
def test_a_header_that_claims_what_is_not_there(shape, refused, tmp_path):
    path = archive(tmp_path / "set.npz", {"x.npy": claimed(shape), "y.npy": claimed((1,))})
    assert "claims the shape" in refused(path)


def test_arrays_that_are_none(refused, tmp_path):
    path = tmp_path / "set.npz"
    assert "no .npz file that can be read" in refused(archive(path, {"x.npy": b"no array", "y.npy": b"none"}))
    npz(path, x=X, y=Y)
    data = bytearray(path.read_bytes())
    data[300] ^= 255  # the sum over the values is wrong now
    path.write_bytes(data)
    assert "no .npz file that can be read" in refused(path)


def test_arrays_that_unpack_to_too_much(refused, tmp_path):
    path = tmp_path / "set.npz"
    np.savez_compressed(path, x=np.zeros((300, 1_000_000), np.uint8), y=np.arange(300) % 2)
    assert "take 300 MB: expected at most 200 MB (PLAYGROUND_MAX_TABLE_MB)" in refused(path)


def test_a_disk_that_is_full(refused, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("playground.data.uploads.image_archive.save", full)
    assert "could not be kept (No space left on device)" in refused(archive(tmp_path / "set.zip", classes(3)))
