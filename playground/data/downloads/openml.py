"""Any dataset of OpenML by its name or number, taken in like a table that somebody has brought.

The interface: https://www.openml.org/apis
"""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playground.data.downloads.openml_answers import FOLDER, HOST, Description, described
from playground.data.downloads.published import Published, fetched
from playground.data.errors import DataError, OfflineError
from playground.data.scratch import PREFIX
from playground.data.source import Progress
from playground.data.uploads.profile import Profile
from playground.data.uploads.upload import keep_profile, profile_of, take_in
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd


def fetch_openml(asked: str, settings: Settings, progress: Progress) -> Profile:
    """The profile of the dataset that is called ``asked`` on OpenML, kept like a table of one's own from now on.

    Args:
        asked: its number ("61"), its name ("iris", the oldest version that is active) or both ("iris:1").
        settings: where files are kept, how large they may be, and where OpenML is.
        progress: told how far it is.

    Raises:
        OfflineError: it is not here and cannot be downloaded; the message says what to put where.
        DataError: there is no such dataset, or it is no table that can be taken in.
    """
    progress(0.0, "Asking OpenML")
    known = described(asked.strip(), settings)
    path = _file(known, settings, lambda fraction, message: progress(0.6 * fraction, message))
    progress(0.6, "Reading the table")
    frame = _frame(path, known)
    aside = {*known.row_id_attribute, *known.ignore_attribute} - {known.default_target_attribute}
    frame = frame.drop(columns=[column for column in frame.columns if column in aside])
    settings.uploads_dir.mkdir(parents=True, exist_ok=True)
    copy = settings.uploads_dir / f"{PREFIX}{secrets.token_hex(16)}"
    try:
        frame.to_parquet(copy, index=False)
        name = f"{known.name} (OpenML {known.id})"
        taken = take_in(copy, name, settings, lambda fraction, message: progress(0.7 + 0.3 * fraction, message))
        profile = profile_of(taken.file, settings).model_copy(update={"openml": known.id})
    except OSError as error:
        raise DataError(f"{known.name} could not be kept ({error.strerror}). Free some space and try again.") from error
    finally:
        copy.unlink(missing_ok=True)
    target = known.default_target_attribute
    if target is not None and target in frame.columns:
        from playground.data.uploads.look import retargeted

        profile = retargeted(profile, target, settings).model_copy(update={"target_reason": "it is OpenML's target"})
    keep_profile(profile, settings)
    return profile


def _file(known: Description, settings: Settings, progress: Progress) -> Path:
    """The file with the rows: as Parquet where there is one, which is read much faster."""
    title = f"OpenML's {known.name} (number {known.id})"
    most = settings.max_table_mb * 10**6
    arff = Published(title, known.url, known.md5_checksum, most, f"{known.id}.arff", FOLDER)
    parquet = Published(title, known.parquet_url or "", None, most, f"{known.id}.pq", FOLDER)
    wanted = [parquet, arff] if known.parquet_url else [arff]
    for each in wanted:
        if each.path(settings).exists():
            return each.path(settings)
    for each in wanted:
        _check_host(each.url, settings)
    try:
        (path,) = fetched(wanted[:1], settings, progress)
    except OfflineError:
        if len(wanted) == 1:
            raise
        (path,) = fetched(wanted[1:], settings, progress)
    return path


def _check_host(url: str, settings: Settings) -> None:
    """Refuse an address that leads anywhere but to OpenML, whatever its answer says."""
    found, own = urlsplit(url), urlsplit(settings.openml_url)
    host = found.hostname or ""
    is_openml = host == HOST or host.endswith(f".{HOST}")
    if not (found.scheme in ("http", "https") and is_openml) and found[:2] != own[:2]:
        raise DataError(f"OpenML's answer names a file at {host or 'no server'}: expected one at {HOST}.")


def _frame(path: Path, known: Description) -> "pd.DataFrame":
    """All rows; categories as text."""
    import pandas as pd

    from playground.data.downloads.arff import read_arff

    if path.suffix == ".arff":
        frame = read_arff(path)
    else:
        import pyarrow as pa

        try:
            frame = pd.read_parquet(path)
        except (pa.ArrowException, OSError, ValueError) as error:
            words = " ".join(str(error).split())[:200]
            raise DataError(f"{path} cannot be read ({words}). Remove it to have it downloaded again.") from error
    for column in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[column].dtype) or frame[column].dtype == bool:
            frame[column] = frame[column].map(str, na_action="ignore").astype("str")
    return frame
