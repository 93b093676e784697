"""Files downloaded from a server of the test's own: whole and checked, resumed, or refused in a plain sentence."""

import errno
import hashlib
import importlib.util
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from playground.data.downloads import download as downloads
from playground.data.downloads import transfer
from playground.data.downloads.download import DownloadError, download
from tests.unit.data.file_server import Files, serving

BODY = np.random.default_rng(0).integers(0, 256, 300_000, dtype=np.uint8).tobytes()
SHA256 = hashlib.sha256(BODY).hexdigest()
LARGE = 10**6


def silent(fraction: float, message: str) -> None:
    pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Files]:
    """A server with one file."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as files:
        files.bodies["/file"] = BODY
        yield files


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the file is to lie, in a folder that does not exist yet."""
    return tmp_path / "datasets" / "file.npz"


def fetch(server: Files, target: Path, checksum: str | None = SHA256, progress=silent, most: int = LARGE) -> None:
    download(f"{server.url}/file", target, checksum, most, progress)


def refused(server: Files, target: Path, words: str, **given: object) -> None:
    """The download must fail with ``words`` and leave nothing behind."""
    with pytest.raises(DownloadError, match=words):
        fetch(server, target, **given)
    assert list(target.parent.iterdir()) == []


def begun(server: Files, target: Path, n: int) -> Path:
    """Have the download break off after ``n`` bytes, and the server answer nothing more; gives what is left."""
    server.break_after = [n, 0]
    with pytest.raises(DownloadError, match=f"the connection to 127.0.0.1 broke off after {n:,} bytes"):
        fetch(server, target)
    (part,) = target.parent.iterdir()
    assert part.read_bytes() == BODY[:n]
    server.break_after = []
    server.asked.clear()
    return part


def test_a_file_is_downloaded_whole_and_says_how_far_it_is(server, target):
    told = []
    fetch(server, target, progress=lambda fraction, message: told.append((fraction, message)))
    assert target.read_bytes() == BODY
    assert list(target.parent.iterdir()) == [target]
    assert target.stat().st_mode & 0o777 == 0o644 & ~_umask()
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)
    assert told[-1] == (1.0, "Downloading 0.3 of 0.3 MB")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_how_long_the_rest_takes():
    assert transfer._words(2_000_000, 1_000_000, 4_000_000, 2.0) == "Downloading 2.0 of 4.0 MB, 4 s left"
    assert transfer._words(1_000_000, 0, 1_000_000_000, 1.0) == "Downloading 1.0 of 1000.0 MB, 17 min left"
    assert transfer._words(1_000_000, 0, 0, 5.0) == "Downloading 1.0 MB"


def test_an_md5_is_checked_as_well(server, target):
    fetch(server, target, hashlib.md5(BODY).hexdigest())
    assert target.read_bytes() == BODY
    target.unlink()
    refused(server, target, "expected MD5 0{32}", checksum="0" * 32)


def test_a_connection_that_breaks_off_is_taken_up_again_at_once(server, target):
    server.break_after = [100_000, 50_000]
    fetch(server, target)
    assert target.read_bytes() == BODY
    assert [(each.range, each.if_range) for each in server.asked] == [
        (None, None),
        ("bytes=100000-", '"1"'),
        ("bytes=150000-", '"1"'),
    ]
    assert [each.sent for each in server.asked] == [100_000, 50_000, 150_000]


def test_a_later_call_asks_only_for_the_rest(server, target):
    begun(server, target, 200_000)
    fetch(server, target)
    assert [(each.range, each.sent) for each in server.asked] == [("bytes=200000-", 100_000)]
    assert target.read_bytes() == BODY
    assert list(target.parent.iterdir()) == [target]


def test_a_part_that_is_whole_is_not_asked_for_again(server, target):
    part = begun(server, target, 200_000)
    part.write_bytes(BODY)
    fetch(server, target)
    assert server.asked == []
    assert target.read_bytes() == BODY


def test_a_server_without_ranges_starts_again(server, target):
    begun(server, target, 200_000)
    server.has_ranges = False
    fetch(server, target)
    assert [each.sent for each in server.asked] == [len(BODY)]
    assert target.read_bytes() == BODY


def test_a_server_without_ranges_that_always_breaks_off_is_given_up(server, target):
    server.has_ranges = False
    server.break_after = [1000] * 10
    with pytest.raises(DownloadError, match="broke off after 1,000 bytes"):
        fetch(server, target)
    assert len(server.asked) == 2


def test_a_file_that_has_changed_meanwhile_starts_again(server, target):
    """If-Range: the tag is of another file, so the whole of it comes."""
    server.break_after = [100_000]
    changed = iter(['"1"', '"2"'])
    server.before_end = lambda: setattr(server, "tag", next(changed, '"2"'))
    server.before_end()
    server.tag = '"1"'
    fetch(server, target)
    assert [each.sent for each in server.asked] == [100_000, len(BODY)]
    assert target.read_bytes() == BODY


@pytest.mark.parametrize("left", [b"of another file", b"x" * 400_000])
def test_what_an_earlier_attempt_left_of_another_file_is_dropped(left, server, target):
    part = begun(server, target, 200_000)
    part.write_bytes(left)
    fetch(server, target)
    assert target.read_bytes() == BODY
    assert list(target.parent.iterdir()) == [target]
    assert server.asked[0].range == f"bytes={len(left)}-"
    assert server.asked[-1].sent == len(BODY)


def test_without_a_checksum_nothing_of_an_earlier_attempt_is_used(server, target):
    part = begun(server, target, 200_000)
    part.write_bytes(b"of another file")
    fetch(server, target, None)
    assert target.read_bytes() == BODY
    assert [each.range for each in server.asked] == [None]


def test_a_corrupt_file_is_refused(server, target):
    server.bodies["/file"] = BODY[:-1] + bytes([BODY[-1] ^ 1])
    refused(server, target, f"the server sent another file: expected SHA-256 {SHA256}, received [0-9a-f]{{64}}")


def test_a_file_cut_short_without_a_word_is_refused(server, target):
    server.bodies["/file"] = BODY[:1000]
    refused(server, target, "another file")


def test_another_part_than_asked_for_is_refused(server, target):
    begun(server, target, 200_000)
    server.headers["Content-Range"] = "bytes 5-9/10"
    server.bodies["/file"] = BODY + b"more"
    with pytest.raises(DownloadError, match="another"):
        fetch(server, target)
    assert not target.exists()


def test_too_many_bytes_are_refused_before_and_while_they_come(server, target):
    refused(server, target, "more than 1,000 bytes", most=1000)
    assert server.asked[0].path == "/file"
    server.headers["Content-Length"] = "10"
    server.headers["Transfer-Encoding"] = "identity"
    refused(server, target, "another file", most=1000)


def test_an_error_of_the_server_is_named(server, target):
    server.status = 503
    refused(server, target, "127.0.0.1 answered with status 503")


def test_a_server_that_falls_silent_is_given_up(server, target, monkeypatch):
    monkeypatch.setattr(transfer, "SILENCE_S", 0.2)
    given_up = threading.Event()
    server.before_end = given_up.wait
    try:
        with pytest.raises(DownloadError, match=r"no answer from 127\.0\.0\.1 within 0\.2 s"):
            fetch(server, target)
    finally:
        given_up.set()
    assert not target.exists()


def test_a_download_that_takes_too_long_is_given_up_and_goes_on_later(server, target, monkeypatch):
    monkeypatch.setattr(transfer, "WHOLE_S", 0)
    with pytest.raises(DownloadError, match="not complete after 0 s; trying again goes on"):
        fetch(server, target)


def test_offline(target, monkeypatch):
    with socket.socket() as taken:  # bound but not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        nobody = Files(url=f"http://127.0.0.1:{taken.getsockname()[1]}")
        refused(nobody, target, "no connection to 127.0.0.1")


class StopError(Exception):
    """Somebody has cancelled the job."""


def test_a_download_that_is_cancelled_goes_on_the_next_time(server, target):
    def cancel(fraction: float, message: str) -> None:
        if fraction > 0.5:
            raise StopError

    with pytest.raises(StopError):
        fetch(server, target, progress=cancel)
    (part,) = target.parent.iterdir()
    n = part.stat().st_size
    assert part.read_bytes() == BODY[:n]
    server.asked.clear()
    fetch(server, target)
    assert [(each.range, each.sent) for each in server.asked] == [(f"bytes={n}-", len(BODY) - n)]
    assert target.read_bytes() == BODY


def test_a_full_disk_is_noticed_before_anything_is_written(server, target, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(OSError, match="No space left") as caught:
        fetch(server, target)
    assert caught.value.errno == errno.ENOSPC
    assert list(target.parent.iterdir()) == []


def test_a_disk_that_fills_up_meanwhile_gets_its_room_back(server, target):
    class Full(downloads.FileIO):
        def write(self, data):
            if self.tell() > 100_000:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(downloads, "FileIO", Full)
        with pytest.raises(OSError, match="No space left"):
            fetch(server, target)
    assert list(target.parent.iterdir()) == []


def test_two_at_once_download_it_once(server, target):
    """The second waits for the first, and both end well."""
    told: list[str] = []
    waiting = threading.Event()

    def tell(fraction: float, message: str) -> None:
        told.append(message)
        if message.startswith("Waiting"):
            waiting.set()

    server.before_end = lambda: waiting.wait(20)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(fetch, server, target, SHA256, tell) for _ in range(2)]:
            done.result()
    assert len(server.asked) == 1
    assert "Waiting for another download of the same file" in told
    assert target.read_bytes() == BODY
    assert list(target.parent.iterdir()) == [target]


def test_whoever_waits_goes_on_where_the_first_was_cut_off(server, target):
    waiting = threading.Event()

    begun = threading.Event()

    def first(fraction: float, message: str) -> None:
        begun.set()
        waiting.wait(20)
        raise StopError

    def second(fraction: float, message: str) -> None:
        waiting.set()

    with ThreadPoolExecutor(2) as pool:
        before = pool.submit(fetch, server, target, SHA256, first)
        assert begun.wait(20)
        after = pool.submit(fetch, server, target, SHA256, second)
        with pytest.raises(StopError):
            before.result()
        after.result()
    assert len(server.asked) == 2
    assert server.asked[1].range == f"bytes={len(BODY) - server.asked[1].sent}-"
    assert target.read_bytes() == BODY


def test_a_file_that_is_there_is_neither_asked_for_nor_touched(server, target):
    target.parent.mkdir()
    target.write_bytes(b"mine")
    before = target.stat()
    fetch(server, target)
    after = target.stat()
    assert server.asked == []
    assert target.read_bytes() == b"mine"
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)


def test_a_file_put_there_meanwhile_is_kept(server, target):
    server.before_end = lambda: target.write_bytes(b"mine")
    fetch(server, target)
    assert target.read_bytes() == b"mine"
    assert list(target.parent.iterdir()) == [target]


def test_a_file_system_without_hard_links(server, target, monkeypatch):
    def link(*paths):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    fetch(server, target)
    assert target.read_bytes() == BODY
    assert list(target.parent.iterdir()) == [target]


def test_the_scratch_name_is_no_way_out_of_the_folder(server, target, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"not yours")
    target.parent.mkdir()
    target.with_name(f".{target.name}.part").symlink_to(elsewhere)
    with pytest.raises(OSError, match="symbolic links"):
        fetch(server, target)
    assert elsewhere.read_bytes() == b"not yours"


def test_a_packed_answer_is_taken_as_it_comes(server, target):
    """A ``.gz`` that a server calls packed is still the file whose checksum is known."""
    import gzip

    packed = gzip.compress(BODY)
    server.bodies["/file"] = packed
    server.headers["Content-Encoding"] = "gzip"
    fetch(server, target, hashlib.sha256(packed).hexdigest())
    assert target.read_bytes() == packed


@pytest.mark.parametrize("name", ["mnist", "cifar10", "cifar100", "imdb", "reuters"])
def test_addresses_and_checksums_are_those_of_keras(name):
    from playground.data.sets import cifar, mnist, word_sets

    file = {"mnist": mnist.FILE, **cifar.FILES, **word_sets.FILES}[name]
    found = importlib.util.find_spec("keras")  # found, not imported
    assert found is not None
    assert found.origin is not None
    text = (Path(found.origin).parent / "src" / "datasets" / f"{name}.py").read_text(encoding="utf-8")
    assert file.checksum in text
    assert file.url.removesuffix(file.name) in text
    if name in word_sets.WORD_FILES:
        assert word_sets.WORD_FILES[name].checksum in text


def test_the_address_of_california_housing_is_scikit_learn_s():
    from playground.data.sets.california_housing import FILE

    found = importlib.util.find_spec("sklearn")
    assert found is not None
    assert found.origin is not None
    text = (Path(found.origin).parent / "datasets" / "_california_housing.py").read_text(encoding="utf-8")
    assert FILE.checksum in text
    assert FILE.url in text
