"""A picture that was taken: its values as plain JSON, kept in the home until newer ones need the room."""

import contextlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from playground.data.errors import DataError
from playground.data.scratch import PREFIX, sweep
from playground.data.statistics.asked import Asked
from playground.settings import Settings

_MAX_BYTES = 20_000_000
_KEPT = 400
_KEPT_BYTES = 400_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Picture(BaseModel):
    """What a page needs to draw it, and to give it away.

    Attributes:
        shown: rows that were looked at.
        of: all rows that there are.
        values: what is drawn; each kind of picture says what is in it.
        table: the same as columns of equal length, for a file.
        svg: the drawing itself where it is made by the job; empty otherwise.
        note: what was left out and why, in words; empty if nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    shown: int
    of: int
    values: dict[str, Any]
    table: dict[str, list[Any]]
    svg: str = ""
    note: str = ""


def kept_picture(asked: Asked, settings: Settings) -> Picture | None:
    """The picture that was taken of what is asked for; ``None`` if it is not here (any more)."""
    try:
        return Picture.model_validate_json(_path(asked, settings).read_bytes())
    except (OSError, ValidationError):
        return None


def keep_picture(asked: Asked, picture: Picture, settings: Settings) -> None:
    """Keep ``picture``, whole or not at all; the oldest ones go where there are too many.

    Raises:
        DataError: it is too large, or cannot be written.
    """
    text = json.dumps(picture.model_dump(), allow_nan=False)
    if len(text) > _MAX_BYTES:
        raise DataError(f"This picture takes {len(text):,} bytes, expected at most {_MAX_BYTES:,}. Choose less of it.")
    path = _path(asked, settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        descriptor, temporary = tempfile.mkstemp(prefix=f"{PREFIX}{path.stem[:16]}-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(text)
            os.replace(temporary, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
    except OSError as error:
        raise DataError(f"The picture could not be kept ({error.strerror}). Free some space and try again.") from error
    _make_room(settings.statistics_dir)


def forget_pictures(file: str, settings: Settings) -> None:
    """Remove all pictures of the table with the SHA-256 ``file``, which somebody has deleted."""
    if _SHA256.fullmatch(file):
        shutil.rmtree(settings.statistics_dir / file, ignore_errors=True)


def _make_room(folder: Path) -> None:
    found = []
    for path in folder.glob("*/*.json"):
        with contextlib.suppress(FileNotFoundError):
            stat = path.stat()
            found.append((stat.st_mtime, stat.st_size, path))
    size = 0
    for at, (_, n_bytes, path) in enumerate(sorted(found, reverse=True)):
        size += n_bytes
        if at and (at >= _KEPT or size > _KEPT_BYTES):
            path.unlink(missing_ok=True)


def _path(asked: Asked, settings: Settings) -> Path:
    """Pictures of a table that somebody brought lie in a folder of its own, to go with it."""
    file = str(asked.dataset.options.get("file", ""))
    return settings.statistics_dir / (file if _SHA256.fullmatch(file) else "datasets") / f"{asked.key}.json"
