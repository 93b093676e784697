"""Tables from seaborn's collection: each a CSV file that is fetched once, or put there by hand.

Nobody has published checksums of these files. What is checked instead, at every reading, is that the columns have the
names, the values and the number of rows that are known here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from playground.data.errors import DataError, OfflineError
from playground.data.sets.named_table import NamedTable, category, number
from playground.data.source import Progress
from playground.data.table import Column
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

URL = "https://raw.githubusercontent.com/mwaskom/seaborn-data/master/"
MAX_BYTES = 10_000_000


def path_of(file: str, settings: Settings) -> Path:
    """Where the file called ``file`` lies, or is to be put."""
    return settings.datasets_dir / "seaborn" / file


def stamp(file: str) -> Callable[[Settings], str | None]:
    """A function that gives size and time of the file, or ``None`` while there is none that can be reached."""

    def of(settings: Settings) -> str | None:
        try:
            found = path_of(file, settings).stat()
        except OSError:
            return None
        return f"{found.st_size} bytes, {found.st_mtime_ns} ns"

    return of


def read(file: str, settings: Settings, progress: Progress) -> "pd.DataFrame":
    """The rows of the file called ``file``, fetched unless it is there.

    Raises:
        OfflineError: it is not there and cannot be fetched; the message says where to put it.
        DataError: it cannot be read or written.
    """
    import pandas as pd

    path = path_of(file, settings)
    if not path.exists():
        from playground.data.downloads.download import DownloadError, download  # brings an HTTP client

        try:
            download(URL + file, path, None, MAX_BYTES, progress)
        except DownloadError as error:
            raise OfflineError(
                f"{file} of seaborn's collection is not on this server and could not be downloaded ({error}). "
                f"Put it into {path.parent} and try again."
            ) from error
        except OSError as error:
            words = f"{file} could not be written to {path.parent} ({error.strerror}). Mend that and try again."
            raise DataError(words) from error
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"{path} is larger than {MAX_BYTES:,} bytes. {_REMEDY}")
        return pd.read_csv(path)
    except (OSError, ValueError) as error:  # pandas's own errors and those of an encoding are values
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path} cannot be read ({str(error)[:200]}). {_REMEDY}") from error


_REMEDY = "Replace it by the file of seaborn's collection, or remove it to have that one downloaded."


def _table(name: str, target: str, columns: Sequence[Column], n_rows: int, classes: tuple[str, ...] = ()) -> NamedTable:
    file = f"{name}.csv"
    return NamedTable(file, lambda *given: read(file, *given), target, tuple(columns), n_rows, classes)


SEABORN: dict[str, NamedTable] = {
    "penguins": _table(
        "penguins",
        "species",
        (
            category("island", ("Biscoe", "Dream", "Torgersen")),
            *number("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", has_gaps=True),
            category("sex", ("FEMALE", "MALE"), has_gaps=True),
        ),
        344,
        ("Adelie", "Chinstrap", "Gentoo"),
    ),
    # Without "alive", which is the target in other words, and without what repeats other columns.
    "titanic": _table(
        "titanic",
        "survived",
        (
            *number("pclass"),
            category("sex", ("female", "male")),
            *number("age", has_gaps=True),
            *number("sibsp", "parch", "fare"),
            category("embarked", ("C", "Q", "S"), has_gaps=True),
        ),
        891,
        ("0", "1"),
    ),
    "mpg": _table(
        "mpg",
        "mpg",
        (
            *number("cylinders", "displacement"),
            *number("horsepower", has_gaps=True),
            *number("weight", "acceleration", "model_year"),
            category("origin", ("europe", "japan", "usa")),
        ),
        398,
    ),
    "diamonds": _table(
        "diamonds",
        "price",
        (
            *number("carat"),
            category("cut", ("Fair", "Good", "Very Good", "Premium", "Ideal")),
            category("color", "DEFGHIJ"),
            category("clarity", ("I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF")),
            *number("depth", "table", "x", "y", "z"),
        ),
        53_940,
    ),
}
"""By the source's name in the catalogue, which is the file's too."""
