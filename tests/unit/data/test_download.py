"""MNIST downloaded from a server of the test's own: whole and checked, or a plain sentence and nothing left behind."""

import errno
import hashlib
import importlib.util
import io
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from playground.data import DataError, OfflineError, download, mnist, prepare
from playground.specs import DatasetSpec, SplitSpec

SPEC = DatasetSpec(source="mnist", split=SplitSpec(kind="given"))


class Answers(ThreadingHTTPServer):
    """Answers every request with ``body``, of which it claims to be ``claimed`` bytes."""

    body = b""
    status = 200
    claimed: int | None = None
    requests = 0
    before_end = staticmethod(lambda: None)


class Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_GET(self) -> None:
        self.server.requests += 1
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(self.server.claimed or len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body[:-1])
        self.server.before_end()
        self.wfile.write(self.server.body[-1:])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, small_mnist: dict[str, np.ndarray]) -> Iterator[Answers]:
    """A server whose file is the one that is expected."""
    file = io.BytesIO()
    np.savez_compressed(file, **small_mnist)
    with Answers(("127.0.0.1", 0), Handler) as answers:
        answers.body = file.getvalue()
        thread = threading.Thread(target=answers.serve_forever)
        thread.start()
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(mnist, "URL", f"http://127.0.0.1:{answers.server_port}/mnist.npz")
        monkeypatch.setattr(mnist, "SHA256", hashlib.sha256(answers.body).hexdigest())
        yield answers
        answers.shutdown()
        thread.join()


def refused(settings, words):
    """The message of the preparation that must fail with ``words`` and leave nothing."""
    with pytest.raises(OfflineError, match=words) as caught:
        prepare(SPEC, 1, settings)
    assert list(settings.datasets_dir.iterdir()) == []
    message = str(caught.value)
    assert message.startswith("MNIST is not on this server and could not be downloaded (")
    assert message.endswith(f"). Put mnist.npz into {settings.datasets_dir} and try again.")


def test_it_is_downloaded_once(server, server_settings):
    told = []
    facts = prepare(SPEC, 1, server_settings, lambda fraction, message: told.append(message)).facts
    assert (facts.n_train, facts.n_validation, facts.n_test) == (34, 6, 20)
    path = server_settings.datasets_dir / "mnist.npz"
    assert path.read_bytes() == server.body
    assert list(path.parent.iterdir()) == [path]
    assert any("Downloading" in message for message in told)
    prepare(SPEC, 2, server_settings)
    assert server.requests == 1


def test_another_file_is_refused(server, server_settings, monkeypatch):
    monkeypatch.setattr(mnist, "SHA256", "0" * 64)
    refused(server_settings, "the server sent another file")


def test_a_broken_connection_is_named(server, server_settings):
    server.claimed = len(server.body) + 1000
    refused(server_settings, "the connection to 127.0.0.1 broke off after")


def test_too_many_bytes_are_refused(server, server_settings, monkeypatch):
    monkeypatch.setattr(mnist, "MAX_BYTES", 1000)
    refused(server_settings, "more than 1,000 bytes")


def test_an_error_of_the_server_is_named(server, server_settings):
    server.status = 404
    refused(server_settings, "127.0.0.1 answered with status 404")


def test_a_server_that_falls_silent_is_given_up(server, server_settings, monkeypatch):
    monkeypatch.setattr(download, "SILENCE_S", 0.2)
    given_up = threading.Event()
    server.before_end = given_up.wait
    try:
        refused(server_settings, "no answer from 127.0.0.1 within 0.2 s")
    finally:
        given_up.set()


def test_a_download_that_never_ends_is_given_up(server, server_settings, monkeypatch):
    monkeypatch.setattr(download, "WHOLE_S", 0)
    refused(server_settings, "not complete after 0 s")


def test_offline(server_settings, monkeypatch):
    with socket.socket() as taken:  # bound but not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(mnist, "URL", f"http://127.0.0.1:{taken.getsockname()[1]}/mnist.npz")
        refused(server_settings, "no connection to 127.0.0.1")


def test_a_file_put_there_meanwhile_is_kept(server, server_settings):
    path = server_settings.datasets_dir / "mnist.npz"
    server.before_end = lambda: path.write_bytes(b"mine")
    with pytest.raises(DataError, match="cannot be read"):
        prepare(SPEC, 1, server_settings)
    assert path.read_bytes() == b"mine"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_system_without_hard_links(server, server_settings, monkeypatch):
    def link(*paths):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    assert prepare(SPEC, 1, server_settings).facts.n_test == 20
    (path,) = server_settings.datasets_dir.iterdir()
    assert path.read_bytes() == server.body


def test_a_folder_that_cannot_be_written_is_named(server, server_settings):
    server_settings.home.write_text("a file where the folder should be")
    with pytest.raises(DataError, match=r"could not be written to .*datasets \(Not a directory\)"):
        prepare(SPEC, 1, server_settings)
    assert server.requests == 0


def test_the_hash_is_the_one_keras_checks():
    found = importlib.util.find_spec("keras")  # found, not imported
    assert found is not None
    text = (Path(found.origin).parent / "src" / "datasets" / "mnist.py").read_text(encoding="utf-8")
    assert mnist.SHA256 in text
    assert mnist.URL.removesuffix("mnist.npz") in text
