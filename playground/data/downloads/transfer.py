"""One file on its way over the network: asked for until it is whole, never larger or slower than allowed."""

import errno
import os
import shutil
import time
from io import FileIO
from pathlib import Path
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from playground.data.source import Progress

CONNECT_S = 10
SILENCE_S = 30
WHOLE_S = 1800
_CHUNK = 2**16
_ATTEMPTS = 5


class DownloadError(Exception):
    """The file could not be had; the message is the reason, a part of a sentence.

    Attributes:
        is_missing: whether the server answered that it has no such file.
    """

    is_missing = False


class Transfer:
    """One file on its way, in as many requests as it takes."""

    def __init__(self, url: str, file: FileIO, folder: Path, max_bytes: int, progress: Progress) -> None:
        self._url = url
        self._file = file
        self._folder = folder
        self._max_bytes = max_bytes
        self._progress = progress
        self._tag = ""
        self._end = time.monotonic() + WHOLE_S

    def run(self) -> None:
        """Ask for what is missing until it is there, as long as each request brings the file further."""
        for attempt in range(1, _ATTEMPTS + 1):
            start = self._file.seek(0, os.SEEK_END)
            try:
                self._go_on(start)
            except (requests.RequestException, HTTPError) as error:
                received = self._file.seek(0, os.SEEK_END)
                if received <= start or attempt == _ATTEMPTS:
                    refused = DownloadError(_reason(error, self._url, received))
                    refused.is_missing = (
                        getattr(getattr(error, "response", None), "status_code", 0) == requests.codes.not_found
                    )
                    raise refused from error
            else:
                return

    def _go_on(self, start: int) -> None:
        headers = {"Accept-Encoding": "identity"}  # a part of a packed answer is of no use
        if start:
            headers["Range"] = f"bytes={start}-"
        if start and self._tag:
            headers["If-Range"] = self._tag
        with requests.get(self._url, headers=headers, stream=True, timeout=(CONNECT_S, SILENCE_S)) as response:
            if start and response.status_code == requests.codes.requested_range_not_satisfiable:
                self._file.truncate(0)  # what lies here is no beginning of that file
                self._go_on(0)
                return
            response.raise_for_status()
            if response.status_code != requests.codes.partial_content:
                start = 0
                self._file.truncate(0)
            elif not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                raise DownloadError("the server sent another part of the file than it was asked for")
            tag = response.headers.get("ETag", "")
            self._tag = "" if tag.startswith("W/") else tag
            self._take(response, start)

    def _take(self, response: requests.Response, start: int) -> None:
        """Write the answer behind the first ``start`` bytes."""
        length = response.headers.get("Content-Length", "")
        total = start + int(length) if length.isdecimal() else 0
        self._limit(total)
        if total - start > shutil.disk_usage(self._folder).free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        received = self._file.seek(start)
        began = time.monotonic()
        for chunk in response.raw.stream(_CHUNK, decode_content=False):
            received += len(chunk)
            self._limit(received)
            now = time.monotonic()
            if now > self._end:
                raise DownloadError(f"it was not complete after {WHOLE_S:,} s; trying again goes on where it stopped")
            left = memoryview(chunk)
            while left:
                left = left[self._file.write(left) :]
            self._progress(received / max(total, received), _words(received, start, total, now - began))

    def _limit(self, size: int) -> None:
        if size > self._max_bytes:
            self._file.truncate(0)
            raise DownloadError(f"the server sent more than {self._max_bytes:,} bytes")


def _words(received: int, start: int, total: int, seconds: float) -> str:
    """How far it is and, once a second has shown how fast it goes, how long the rest takes."""
    said = f"Downloading {received / 1e6:.1f}{f' of {total / 1e6:.1f}' if total else ''} MB"
    if not total or seconds < 1:
        return said
    left = (total - received) * seconds / (received - start)
    return f"{said}, {left:.0f} s left" if left < 90 else f"{said}, {left / 60:.0f} min left"


def _reason(error: Exception, url: str, received: int) -> str:
    host = urlsplit(url).hostname
    answer = getattr(error, "response", None)
    if answer is not None:
        return f"{host} answered with status {answer.status_code}"
    # A timeout while reading comes wrapped in a ConnectionError.
    if isinstance(error, requests.ReadTimeout | ReadTimeoutError) or any(
        isinstance(cause, ReadTimeoutError) for cause in error.args
    ):
        return f"no answer from {host} within {SILENCE_S} s"
    if received:
        return f"the connection to {host} broke off after {received:,} bytes"
    return f"no connection to {host}"
