"""Files that were taken in: kept once by their SHA-256, as columns or arrays, with a profile beside them."""

import functools
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from playground.data.errors import DataError
from playground.data.scratch import PREFIX, sweep
from playground.data.source import Progress
from playground.data.uploads.archive import taking_in
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.column_file import read_columns, write_columns
from playground.data.uploads.profile import Profile
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_TABLE = "table.parquet"
_SAMPLE = "sample.parquet"
_PROFILE = "profile.json"
SHA256 = re.compile(r"[0-9a-f]{64}")
ENDINGS = ("csv", "tsv", "txt", "xlsx", "parquet", "gz", "zip", "npz")
"""How the names of files end that can be brought; what is in them decides what they are."""

_KNOWN: TypeAdapter[Profile | ArrayProfile] = TypeAdapter(Profile | ArrayProfile)
_NAME = 100
GONE = "The file of this draft is not on this server (any more). Bring it again on the Data page."
_SAMPLE_ROWS = 200


def take_in(path: Path, name: str, settings: Settings, progress: Progress) -> Profile | ArrayProfile:
    """The profile of the table, images or arrays in the file at ``path``, called ``name``; kept from now on.

    Taking in the same file again costs nothing but reading it.

    Raises:
        DataError: it is too large, holds none of these, or cannot be written.
    """
    progress(0.0, "Reading the file")
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        keep = taking_in(path) or _take_in_table
    except OSError as error:
        raise DataError(f"{name} cannot be read ({error.strerror}).") from error
    folder = settings.uploads_dir / sha256
    if (folder / _PROFILE).exists():
        os.utime(folder)  # it counts from now how long it is kept
        return brought(sha256, settings)
    try:
        settings.uploads_dir.mkdir(parents=True, exist_ok=True)
        sweep(settings.uploads_dir)
        temporary = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{sha256[:16]}-", dir=settings.uploads_dir))
        try:
            profile = keep(path, name[:_NAME], sha256, temporary, settings, progress)
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
    return brought(sha256, settings)


def _take_in_table(path: Path, name: str, file: str, folder: Path, settings: Settings, progress: Progress) -> Profile:
    """The profile of the table in the file at ``path``; its columns are written into ``folder``."""
    from playground.data.uploads.look import look
    from playground.data.uploads.table_file import read_table

    frame, dialect = read_table(path, name, settings)
    progress(0.5, "Looking at the columns")
    profile = look(frame, dialect, file, name)
    progress(0.8, "Keeping the table")
    write_columns(frame, folder / _TABLE)
    drawn = frame.sample(min(_SAMPLE_ROWS, len(frame)), random_state=0).sort_index()
    drawn.to_parquet(folder / _SAMPLE, index=False)
    return profile


def brought(sha256: str, settings: Settings) -> Profile | ArrayProfile:
    """What is known of the table, images or arrays with that SHA-256.

    Raises:
        DataError: they are not here.
    """
    path = folder_of(sha256, settings) / _PROFILE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValidationError) as error:
        raise DataError(GONE) from error


def keep_profile(profile: Profile, settings: Settings) -> None:
    """Keep ``profile`` in the place of what was known of its table.

    Raises:
        DataError: it cannot be written.
    """
    path = folder_of(profile.file, settings) / _PROFILE
    scratch = path.with_name(f"{PREFIX}{_PROFILE}")
    try:
        scratch.write_text(profile.model_dump_json(indent=1), encoding="utf-8")
        os.replace(scratch, path)
    except OSError as error:
        raise DataError(
            f"{profile.name} could not be kept ({error.strerror}). Free some space and try again."
        ) from error


def profile_of(sha256: str, settings: Settings) -> Profile:
    """What is known of the table with that SHA-256.

    Raises:
        DataError: it is not here, or no table.
    """
    profile = brought(sha256, settings)
    if not isinstance(profile, Profile):
        raise DataError(f"{profile.name} holds {profile.kind}: expected a table.")
    return profile


def frame_of(sha256: str, names: list[str], settings: Settings) -> "pd.DataFrame":
    """The columns called ``names`` of the table with that SHA-256.

    Raises:
        DataError: it is not here, or damaged.
    """
    return _columns_of(sha256, _TABLE, names, settings)


def sample_of(sha256: str, settings: Settings) -> "pd.DataFrame":
    """At most 200 rows of the table with that SHA-256, drawn at random, in their order, all columns as they came.

    Raises:
        DataError: it is not here, or damaged.
    """
    return _columns_of(sha256, _SAMPLE, None, settings)


def is_here(sha256: str, settings: Settings) -> bool:
    """Whether the file with that SHA-256 is kept."""
    return (folder_of(sha256, settings) / _PROFILE).exists()


def size_of(sha256: str, settings: Settings) -> int:
    """Bytes that are kept of the file with that SHA-256; 0 where it is not here."""
    return sum(path.stat().st_size for path in folder_of(sha256, settings).glob("**/*") if path.is_file())


@functools.lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Profile | ArrayProfile:
    return _KNOWN.validate_json(path.read_bytes())


def _columns_of(sha256: str, part: str, names: list[str] | None, settings: Settings) -> "pd.DataFrame":
    import pyarrow as pa

    try:
        return read_columns(folder_of(sha256, settings) / part, names)
    except (KeyError, OSError, pa.ArrowException) as error:
        raise DataError(GONE) from error


def folder_of(sha256: str, settings: Settings) -> Path:
    """Where the file with that SHA-256 is kept. Raises DataError where that is no SHA-256."""
    if not SHA256.fullmatch(sha256):
        raise DataError(f"Expected the SHA-256 of a table, 64 hexadecimal digits, received {sha256[:70]!r}.")
    return settings.uploads_dir / sha256
