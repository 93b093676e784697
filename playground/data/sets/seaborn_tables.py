"""Tables from seaborn's collection whose columns are known here.

What is checked at every reading, in the place of a checksum, is that the columns have the names, the values and the
number of rows that are known.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from playground.data.downloads.seaborn import MAX_BYTES, fetched, path_of
from playground.data.errors import DataError
from playground.data.sets.named_table import NamedTable, category, number
from playground.data.source import Progress
from playground.data.table import Column
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_REMEDY = "Replace it by the file of seaborn's collection, or remove it to have that one downloaded."


def stamp(name: str) -> Callable[[Settings], str | None]:
    """A function that gives size and time of the table's file, or ``None`` while there is none that can be reached."""

    def of(settings: Settings) -> str | None:
        try:
            found = path_of(name, settings).stat()
        except OSError:
            return None
        return f"{found.st_size} bytes, {found.st_mtime_ns} ns"

    return of


def read(name: str, settings: Settings, progress: Progress) -> "pd.DataFrame":
    """The rows of the table called ``name``, fetched unless its file is there.

    Raises:
        OfflineError: it is not there and cannot be fetched; the message says where to put it.
        DataError: it cannot be read or written.
    """
    import pandas as pd

    path = fetched(name, settings, progress)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"{path} is larger than {MAX_BYTES:,} bytes. {_REMEDY}")
        return pd.read_csv(path)
    except (OSError, ValueError) as error:  # pandas's own errors and those of an encoding are values
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path} cannot be read ({str(error)[:200]}). {_REMEDY}") from error


def _table(name: str, target: str, columns: Sequence[Column], n_rows: int, classes: tuple[str, ...] = ()) -> NamedTable:
    return NamedTable(f"{name}.csv", lambda *given: read(name, *given), target, tuple(columns), n_rows, classes)


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
