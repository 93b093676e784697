"""Fetches one file whose SHA-256 is known."""

import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ReadTimeoutError

from playground.data.scratch import PREFIX, sweep
from playground.data.source import Progress

CONNECT_S = 10
SILENCE_S = 30
WHOLE_S = 1800
_CHUNK = 2**14


class DownloadError(Exception):
    """The file could not be had; the message is the reason, a part of a sentence."""


def download(url: str, target: Path, sha256: str, max_bytes: int, progress: Progress) -> None:
    """Put the file at ``url`` to ``target``, whole and checked, unless there is a file by then.

    Raises:
        DownloadError: there is no connection, the answer takes too long, is too large or is another file.
        OSError: the file cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    handle, name = tempfile.mkstemp(prefix=f"{PREFIX}{target.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            found = _fetch(url, file, max_bytes, progress)
        if found != sha256:
            raise DownloadError(f"the server sent another file: expected SHA-256 {sha256}, received {found}")
        Path(name).chmod(0o644)  # mkstemp's own is for one user only
        _publish(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)


def _publish(path: Path, target: Path) -> None:
    """Give the file its name, unless somebody has put one there meanwhile: that is never ours to replace."""
    try:
        os.link(path, target)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not target.exists():
            path.rename(target)


def _fetch(url: str, file: BinaryIO, max_bytes: int, progress: Progress) -> str:
    """Write the answer to ``file``; returns its SHA-256."""
    digest = hashlib.sha256()
    received = 0
    end = time.monotonic() + WHOLE_S
    try:
        with requests.get(url, stream=True, timeout=(CONNECT_S, SILENCE_S)) as response:
            response.raise_for_status()
            total = int(response.headers.get("Content-Length", 0))
            for chunk in response.iter_content(_CHUNK):
                received += len(chunk)
                if received > max_bytes:
                    raise DownloadError(f"the server sent more than {max_bytes:,} bytes")
                if time.monotonic() > end:
                    raise DownloadError(f"it was not complete after {WHOLE_S:,} s")
                file.write(chunk)
                digest.update(chunk)
                of = f" of {total / 1e6:.1f}" if total else ""
                progress(received / max(total, received), f"Downloading {received / 1e6:.1f}{of} MB")
    except requests.RequestException as error:
        raise DownloadError(_reason(error, url, received)) from error
    return digest.hexdigest()


def _reason(error: requests.RequestException, url: str, received: int) -> str:
    host = urlsplit(url).hostname
    if error.response is not None:
        return f"{host} answered with status {error.response.status_code}"
    # A timeout while reading comes wrapped in a ConnectionError.
    if isinstance(error, requests.Timeout) or any(isinstance(cause, ReadTimeoutError) for cause in error.args):
        return f"no answer from {host} within {SILENCE_S} s"
    if received or isinstance(error, requests.exceptions.ChunkedEncodingError):
        return f"the connection to {host} broke off after {received:,} bytes"
    return f"no connection to {host}"
