"""Reads a few files out of a ``.tar.gz`` in one pass: nothing is written, and nothing is unpacked beyond a limit."""

import gzip
import io
import tarfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import IO

from playground.loaders.pickled import LoadError

_MAX_MEMBERS = 100


def members(file: IO[bytes], names: Collection[str], max_bytes: int) -> Iterator[tuple[str, bytes]]:
    """The name and the content of those files in the ``.tar.gz`` in ``file`` that are in ``names``, in its order.

    Args:
        file: the archive.
        names: of the files that are read.
        max_bytes: the most that is unpacked of all of it.

    Raises:
        LoadError: it is damaged or too large, or something in it is no plain file in a folder.
    """
    try:
        with tarfile.open(fileobj=_Bounded(file, max_bytes), mode="r|") as archive:
            for number, member in enumerate(archive):
                path = PurePosixPath(member.name)
                if not (member.isreg() or member.isdir()) or path.is_absolute() or ".." in path.parts:
                    raise LoadError(f"{member.name[:100]!r} in it is no plain file or folder")
                if number >= _MAX_MEMBERS:
                    raise LoadError(f"it holds more than {_MAX_MEMBERS} files")
                content = archive.extractfile(member) if str(path) in names else None
                if content is not None:
                    yield str(path), content.read()
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise LoadError(f"it cannot be unpacked: {error}") from error


class _Bounded(io.RawIOBase):
    """The unpacked content of a gzip file, up to a limit."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = gzip.GzipFile(fileobj=file)
        self._most = most

    def readable(self) -> bool:
        """That it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(min(size, self._most + 1) if size >= 0 else self._most + 1)
        self._most -= len(data)
        if self._most < 0:
            raise LoadError("it is larger when unpacked than the published one")
        return data
