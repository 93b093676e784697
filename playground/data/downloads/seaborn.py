"""Tables of seaborn's collection by their names: each a CSV file that is fetched once, or put there by hand.

Nobody has published checksums of these files: who reads one checks what it holds.
"""

import re
from pathlib import Path

from playground.data.errors import DataError, OfflineError
from playground.data.source import Progress
from playground.data.uploads.profile import Profile
from playground.settings import Settings

URL = "https://raw.githubusercontent.com/mwaskom/seaborn-data/master"
MAX_BYTES = 10_000_000
PAGE = "https://github.com/mwaskom/seaborn-data"
_NAME = re.compile(r"[a-z0-9_-]{1,60}")


def path_of(name: str, settings: Settings) -> Path:
    """Where the file of the table called ``name`` lies, or is to be put."""
    return settings.datasets_dir / "seaborn" / f"{name}.csv"


def address_of(name: str, settings: Settings) -> str:
    """Where that file is fetched from."""
    return f"{settings.seaborn_url.rstrip('/')}/{name}.csv"


def fetched(name: str, settings: Settings, progress: Progress) -> Path:
    """The file of the table called ``name``, fetched unless it is there.

    Raises:
        OfflineError: it is not there and cannot be fetched; the message says where to put it.
        DataError: it cannot be written, or the collection has no such table.
    """
    path = path_of(name, settings)
    if path.exists():
        return path
    from playground.data.downloads.download import DownloadError, download  # brings an HTTP client

    try:
        download(address_of(name, settings), path, None, MAX_BYTES, progress)
    except DownloadError as error:
        if error.is_missing:
            raise DataError(f"seaborn's collection has no table called {name!r}. {PAGE} lists its names.") from error
        raise OfflineError(
            f"{path.name} of seaborn's collection is not on this server and could not be downloaded ({error}). "
            f"Put it into {path.parent} and try again."
        ) from error
    except OSError as error:
        words = f"{path.name} could not be written to {path.parent} ({error.strerror}). Mend that and try again."
        raise DataError(words) from error
    return path


def fetch_seaborn(asked: str, settings: Settings, progress: Progress) -> Profile:
    """The profile of the table that is called ``asked`` in seaborn's collection, kept like a table of one's own.

    Raises:
        OfflineError: it is not here and cannot be downloaded; the message says what to put where.
        DataError: there is no such table, or it is none that can be taken in.
    """
    from playground.data.uploads.upload import profile_of, take_in

    name = asked.strip().removesuffix(".csv")
    if not _NAME.fullmatch(name):
        raise DataError(f"Expected the name of a table of seaborn's collection, such as tips, received {asked[:70]!r}.")
    path = fetched(name, settings, lambda fraction, message: progress(0.5 * fraction, message))
    taken = take_in(path, path.name, settings, lambda fraction, message: progress(0.5 + 0.5 * fraction, message))
    return profile_of(taken.file, settings)
