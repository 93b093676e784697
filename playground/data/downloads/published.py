"""Files that somebody publishes: where they lie, and how they get into the folder of datasets, once for all users."""

import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.data.errors import DataError, OfflineError
from playground.data.source import Progress
from playground.settings import Settings

_MD5 = 32
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Published:
    """One file.

    Attributes:
        title: what it holds, as one calls it.
        url: where it is published.
        checksum: its SHA-256, or its MD5 where nothing else is published, as hexadecimal digits; ``None`` without.
        max_bytes: the most that a download of it may bring.
        name: what it is called in the folder of datasets.
        folder: the folder in there that it lies in, or empty.
    """

    title: str
    url: str
    checksum: str | None
    max_bytes: int
    name: str
    folder: str = ""

    def path(self, settings: Settings) -> Path:
        """Where it lies once it is here."""
        return settings.datasets_dir / self.folder / self.name


def fetched(files: Sequence[Published], settings: Settings, progress: Progress) -> list[Path]:
    """Where ``files``, all of one dataset and one folder, lie: as somebody has put them there, or downloaded now.

    Raises:
        OfflineError: one is not here and cannot be downloaded; the message says which ones to put where.
        DataError: one cannot be written.
    """
    paths = [file.path(settings) for file in files]
    missing = [file for file, path in zip(files, paths, strict=True) if not path.exists()]
    for at, file in enumerate(missing):
        _fetch(file, missing[at:], settings, _share(progress, at, len(missing)))
    return paths


def _fetch(file: Published, missing: Sequence[Published], settings: Settings, progress: Progress) -> None:
    from playground.data.downloads.download import DownloadError, download  # brings an HTTP client

    path = file.path(settings)
    try:
        download(file.url, path, file.checksum, file.max_bytes, progress)
    except DownloadError as error:
        addresses = ", ".join(f"{each.url}{_words(each.checksum)}" for each in missing)
        raise OfflineError(
            f"{file.title} is not on this server and could not be downloaded ({error}). Fetch {addresses}. "
            f"Put {', '.join(each.name for each in missing)} into {path.parent} and try again."
        ) from error
    except OSError as error:
        if error.errno in _FULL:
            words = f"The disk is full: {file.title} could not be written to {path.parent}. Free some space"
        else:
            words = f"{file.title} could not be written to {path.parent} ({error.strerror}). Mend that"
        raise DataError(f"{words} and try again.") from error


def _words(checksum: str | None) -> str:
    return f" ({'SHA-256' if len(checksum) > _MD5 else 'MD5'} {checksum})" if checksum else ""


def _share(progress: Progress, at: int, of: int) -> Progress:
    """``progress`` for one thing after ``at`` others."""
    return lambda fraction, message: progress((at + fraction) / of, message)


def stamp(paths: Iterable[Path]) -> str | None:
    """Sizes and times of the files, or ``None`` while one of them cannot be reached."""
    try:
        found = [path.stat() for path in paths]
    except OSError:
        return None
    return ", ".join(f"{each.st_size} bytes, {each.st_mtime_ns} ns" for each in found)
