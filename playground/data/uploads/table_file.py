"""Reads a table file that somebody brought: bounded, and refused in plain words where it is none."""

import contextlib
import gzip
import io
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from playground.data.errors import DataError
from playground.data.uploads.dialect import Dialect, dialect, named
from playground.data.uploads.excel_file import read_sheet
from playground.data.uploads.parquet_file import read_parquet
from playground.data.uploads.table_limits import limit_rows, limit_size
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

MISSING = ("?", "-", "—", "missing", "unknown")
"""What stands for a missing value, besides what pandas knows."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SMALL = 2


def read_table(path: Path, name: str, settings: Settings) -> tuple["pd.DataFrame", Dialect | None]:
    """The table in the file at ``path``, which was called ``name``, and how it is spelled (``None`` for Parquet).

    What the file is, its first bytes say and not its name. Infinite numbers are missing ones.

    Raises:
        DataError: it is too large or holds no table; the message says what was found.
    """
    with path.open("rb") as file:
        first = file.read(8)
    if first == _OLE:
        words = "is an Excel workbook of the old kind (.xls), or has a password"
        raise DataError(f"{name} {words}: expected CSV, TSV, Excel (.xlsx) or Parquet. Save it as .xlsx without one.")
    frame, found = _read(path, first, name, settings)
    if len(frame.columns) < _SMALL:
        raise DataError(f"The table has one column, {frame.columns[0]!r}: expected a target and at least one more.")
    if len(frame) < _SMALL:
        raise DataError(f"The table has {len(frame)} rows below its header: expected at least {_SMALL}.")
    for column in frame.select_dtypes("float"):
        if (infinite := frame[column].abs() == float("inf")).any():
            frame[column] = frame[column].mask(infinite)
    return frame, found


def _read(path: Path, first: bytes, name: str, settings: Settings) -> tuple["pd.DataFrame", Dialect | None]:
    if first.startswith(b"PAR1"):
        return read_parquet(path, settings), None
    if first.startswith(b"PK\x03\x04"):
        sheet = read_sheet(path, name, settings)
        spelled = Dialect("utf-8", ",", ".", *named(sheet.rows), sheet.name, sheet.skipped)
        frame = _csv(io.BytesIO(sheet.text), spelled, settings)
        return frame.dropna(how="all").reset_index(drop=True), spelled
    if first.startswith(b"\x1f\x8b"):
        data: BinaryIO = io.BytesIO(_unpacked(path, settings))
    else:
        limit_size(path.stat().st_size, settings)
        data = path.open("rb")
    with data:
        spelled = dialect(data, name, settings)
        return _csv(data, spelled, settings), spelled


def _unpacked(path: Path, settings: Settings) -> bytes:
    most = settings.max_table_mb * 10**6
    try:
        with gzip.open(path) as file:
            data = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"The file cannot be unpacked ({error}). Save it anew, or unpack it first.") from error
    limit_size(len(data), settings)
    return data


def _csv(file: BinaryIO, spelled: Dialect, settings: Settings) -> "pd.DataFrame":
    import pandas as pd

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            warnings.simplefilter("error", pd.errors.DtypeWarning)
            frame = None
            with contextlib.suppress(pd.errors.DtypeWarning):
                frame = _parsed(file, spelled, settings, in_pieces=True)
            if frame is None:  # numbers in one piece, words in another: only the whole tells what a column is
                frame = _parsed(file, spelled, settings, in_pieces=False)
    except pd.errors.ParserWarning as error:
        words = f"expected {len(spelled.names)} cells in every row, as in the first"
        raise DataError(f"The rows of the table have different lengths: {words}. Mend the longer ones.") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError, ValueError, OverflowError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"The table cannot be read ({words}). Mend that line, or save it anew as CSV.") from error
    limit_rows(len(frame), settings)
    return frame


def _parsed(file: BinaryIO, spelled: Dialect, settings: Settings, in_pieces: bool) -> "pd.DataFrame":
    """The table, read in small pieces, which is faster and takes less memory, or as a whole."""
    import pandas as pd

    file.seek(0)
    return pd.read_csv(
        file,
        sep=spelled.separator,
        decimal=spelled.decimal,
        encoding=spelled.encoding,
        header=0 if spelled.has_header else None,
        names=list(spelled.names),
        index_col=False,
        na_values=list(MISSING),
        skipinitialspace=True,
        low_memory=in_pieces,
        nrows=settings.max_samples + 1,
    )
