"""Weights that runs start from: files of ours, each named by the SHA-256 of what it holds."""

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from playground.data.scratch import PREFIX, sweep
from playground.runs.database import reading
from playground.runs.schema import draft_edits, drafts, runs
from playground.runs.store import Store
from playground.settings import Settings

_CHUNK = 1 << 20
_SUFFIX = ".weights.h5"
KEPT = {"best": "best.weights.h5", "last": "last.weights.h5"}
"""By which epoch they are of, the file of a run's weights."""

_DAY_S = 24 * 3600


def path(digest: str, settings: Settings) -> Path:
    """Where the weights with this ``digest`` lie, which a :class:`ModelSpec` names as 64 hexadecimal digits.

    Raises:
        ValueError: it is no such name.
    """
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(f"weights: expected 64 hexadecimal digits, received {digest[:80]!r}")
    return settings.weights_dir / f"{digest}{_SUFFIX}"


def keep(source: Path, settings: Settings) -> str:
    """Copy the weights file at ``source`` to those that are kept; returns its digest.

    Raises:
        OSError: it cannot be read, or there is no room.
    """
    settings.weights_dir.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PREFIX, dir=settings.weights_dir)
    try:
        with os.fdopen(handle, "wb") as copy, source.open("rb") as file:
            shutil.copyfileobj(file, copy, _CHUNK)
        digest = digest_of(Path(name))
        os.replace(name, path(digest, settings))
    finally:
        Path(name).unlink(missing_ok=True)
    return digest


def forget_unnamed(store: Store, settings: Settings) -> None:
    """Delete weights that were kept longer ago than the server keeps files, and that nothing names any longer.

    What names them is a draft, with all that its undo brings back, or a run.
    """
    sweep(settings.weights_dir)
    before = time.time() - settings.keep_uploads_days * _DAY_S
    for file in settings.weights_dir.glob(f"*{_SUFFIX}"):
        if file.stat().st_mtime < before and not _is_named(store, file.name.removesuffix(_SUFFIX)):
            file.unlink(missing_ok=True)


def _is_named(store: Store, digest: str) -> bool:
    specs = (drafts.c.spec, draft_edits.c.spec, runs.c.spec)
    naming = [sa.select(sa.literal(1)).where(spec.contains(digest, autoescape=True)) for spec in specs]
    with reading(store.engine) as connection:
        return connection.execute(sa.union_all(*naming).limit(1)).first() is not None


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
