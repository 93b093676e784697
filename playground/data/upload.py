"""Table files that were taken in: kept once by their SHA-256, as columns, with a profile beside them."""

import functools
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from playground.data.errors import DataError
from playground.data.profile import Profile
from playground.data.scratch import PREFIX, sweep
from playground.data.source import Progress
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_TABLE = "table.parquet"
_PROFILE = "profile.json"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = 100


def take_in(path: Path, name: str, settings: Settings, progress: Progress) -> Profile:
    """The profile of the table in the file at ``path``, which is called ``name``; kept from now on.

    Taking in the same file again costs nothing but reading it.

    Raises:
        DataError: it is too large, holds no table, or cannot be written.
    """
    from playground.data.look import look
    from playground.data.table_file import read_table

    progress(0.0, "Reading the file")
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(f"{name} cannot be read ({error.strerror}).") from error
    folder = settings.uploads_dir / sha256
    if (folder / _PROFILE).exists():
        return profile_of(sha256, settings)
    frame, dialect = read_table(path, name, settings)
    progress(0.5, "Looking at the columns")
    profile = look(frame, dialect, sha256, name[:_NAME])
    progress(0.8, "Keeping the table")
    try:
        settings.uploads_dir.mkdir(parents=True, exist_ok=True)
        sweep(settings.uploads_dir)
        temporary = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{sha256[:16]}-", dir=settings.uploads_dir))
        try:
            frame.to_parquet(temporary / _TABLE, index=False)
            (temporary / _PROFILE).write_text(profile.model_dump_json(indent=1), encoding="utf-8")
            os.rename(temporary, folder)
        except OSError:
            if not (folder / _PROFILE).exists():  # unless somebody else has taken it in meanwhile
                raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise DataError(f"{name} could not be kept ({error.strerror}). Free some space and try again.") from error
    progress(1.0, "Taken in")
    return profile


def profile_of(sha256: str, settings: Settings) -> Profile:
    """What is known of the table with that SHA-256.

    Raises:
        DataError: it is not here.
    """
    path = _folder(sha256, settings) / _PROFILE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValidationError) as error:
        raise DataError("The table of this draft is not on this server (any more). Bring its file again.") from error


def frame_of(sha256: str, names: list[str], settings: Settings) -> "pd.DataFrame":
    """The columns called ``names`` of the table with that SHA-256.

    Raises:
        DataError: it is not here, or damaged.
    """
    import pandas as pd
    import pyarrow as pa

    try:
        return pd.read_parquet(_folder(sha256, settings) / _TABLE, columns=names)
    except (OSError, pa.ArrowException) as error:
        raise DataError("The table of this draft is not on this server (any more). Bring its file again.") from error


@functools.lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Profile:
    return Profile.model_validate_json(path.read_bytes())


def _folder(sha256: str, settings: Settings) -> Path:
    if not _SHA256.fullmatch(sha256):
        raise DataError(f"Expected the SHA-256 of a table, 64 hexadecimal digits, received {sha256[:70]!r}.")
    return settings.uploads_dir / sha256
