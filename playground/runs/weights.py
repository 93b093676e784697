"""Weights that runs start from: files of ours, each named by the SHA-256 of what it holds."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from playground.settings import Settings

_CHUNK = 1 << 20


def path(digest: str, settings: Settings) -> Path:
    """Where the weights with this ``digest`` lie, which a :class:`ModelSpec` names as 64 hexadecimal digits.

    Raises:
        ValueError: it is no such name.
    """
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(f"weights: expected 64 hexadecimal digits, received {digest[:80]!r}")
    return settings.weights_dir / f"{digest}.weights.h5"


def keep(source: Path, settings: Settings) -> str:
    """Copy the weights file at ``source`` to those that are kept; returns its digest.

    Raises:
        OSError: it cannot be read, or there is no room.
    """
    settings.weights_dir.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="part-", dir=settings.weights_dir)
    try:
        with os.fdopen(handle, "wb") as copy, source.open("rb") as file:
            shutil.copyfileobj(file, copy, _CHUNK)
        digest = digest_of(Path(name))
        os.replace(name, path(digest, settings))
    finally:
        Path(name).unlink(missing_ok=True)
    return digest


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
