"""Fetches one file: goes on where an earlier attempt broke off, checks what came; two may fetch the same at once."""

import fcntl
import hashlib
import os
import time
from io import FileIO
from pathlib import Path

from playground.data.downloads.transfer import DownloadError, Transfer
from playground.data.scratch import PREFIX, sweep
from playground.data.source import Progress

__all__ = ["DownloadError", "download"]

_LOOK_S = 0.1
_HASHES = {64: ("sha256", "SHA-256"), 32: ("md5", "MD5")}
"""What a checksum is, by how many hexadecimal digits it has."""


def download(url: str, target: Path, checksum: str | None, max_bytes: int, progress: Progress) -> None:
    """Put the file at ``url`` to ``target``, whole and checked, unless there is a file by then.

    What has come before the connection breaks off, or before ``progress`` raises, stays beside under a scratch name;
    the next call asks only for the rest. Of two that fetch the same file the second waits for the first.

    Args:
        checksum: the file's SHA-256 or MD5 as hexadecimal digits; ``None`` where nobody has published one. Then
            nothing is left for a next call.

    Raises:
        DownloadError: there is no connection, the answer takes too long, is too large or is another file.
        OSError: the file cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    path = target.with_name(f"{PREFIX}{target.name}.part")
    file = _only_one(path, target, progress)
    if file is None:
        return
    with file:
        try:
            if checksum is None:
                file.truncate(0)
            transfer = Transfer(url, file, target.parent, max_bytes, progress)
            _fill(file, transfer, checksum)
            os.fsync(file.fileno())
            _publish(path, target)
            path.unlink(missing_ok=True)
        except OSError:
            file.truncate(0)  # a full disk needs the room
            raise
        finally:
            if not os.fstat(file.fileno()).st_size:
                path.unlink(missing_ok=True)


def _only_one(path: Path, target: Path, progress: Progress) -> FileIO | None:
    """The scratch file at ``path``, which nobody else fills meanwhile; ``None`` once ``target`` is there."""
    while not target.exists():
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        file = FileIO(handle, "r+")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.utime(handle)
            # Whoever held it before may have published it and taken its scratch name away.
            if os.path.samestat(os.fstat(handle), path.stat()) and not target.exists():
                return file
        except BlockingIOError:
            progress(0.0, "Waiting for another download of the same file")
            time.sleep(_LOOK_S)
        except FileNotFoundError:
            pass
        file.close()
    return None


def _fill(file: FileIO, transfer: Transfer, checksum: str | None) -> None:
    """Fill ``file`` until it has that checksum: what an earlier attempt left may be of another file."""
    is_left = file.seek(0, os.SEEK_END) > 0
    if is_left and _digest(file, checksum) == checksum:
        return
    while True:
        transfer.run()
        found = _digest(file, checksum)
        if found == checksum:
            return
        file.truncate(0)
        if not is_left:
            name = _HASHES[len(checksum or "")][1]
            raise DownloadError(f"the server sent another file: expected {name} {checksum}, received {found}")
        is_left = False


def _digest(file: FileIO, checksum: str | None) -> str | None:
    if checksum is None:
        return None
    file.seek(0)
    return hashlib.file_digest(file, _HASHES[len(checksum)][0]).hexdigest()


def _publish(path: Path, target: Path) -> None:
    """Give the file its name, unless somebody has put one there meanwhile: that is never ours to replace."""
    try:
        os.link(path, target)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not target.exists():
            path.rename(target)
