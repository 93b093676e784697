"""Reads a table file that somebody brought: bounded, and refused in plain words where it is none."""

import contextlib
import gzip
import io
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

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
_CHUNK = 2**20


def read_table(path: Path, name: str, settings: Settings) -> tuple["pd.DataFrame", Dialect | None]:
    """The table in the file at ``path``, which was called ``name``, and how it is spelled (``None`` for Parquet).

    What the file is, its first bytes say and not its name. Infinite numbers are missing ones.

    Raises:
        DataError: it is too large or holds no table; the message says what was found.
    """
    frame, found = _finite(path, name, settings)
    if len(frame.columns) < _SMALL:
        raise DataError(f"The table has one column, {frame.columns[0]!r}: expected a target and at least one more.")
    if len(frame) < _SMALL:
        raise DataError(f"The table has {len(frame)} rows below its header: expected at least {_SMALL}.")
    return frame, found


def read_cells(path: Path, name: str, settings: Settings) -> tuple["pd.DataFrame", bool]:
    """As :func:`read_table`, of a table that may have one row or column; and whether its columns have names.

    Raises:
        DataError: it is too large, holds no table, or no row.
    """
    frame, found = _finite(path, name, settings)
    if not len(frame):
        raise DataError(f"{name} has no row below the names of its columns: expected at least one.")
    return frame, found is None or found.has_header


def _finite(path: Path, name: str, settings: Settings) -> tuple["pd.DataFrame", Dialect | None]:
    with path.open("rb") as file:
        first = file.read(8)
    if first == _OLE:
        words = "is an Excel workbook of the old kind (.xls), or has a password"
        raise DataError(f"{name} {words}: expected CSV, TSV, Excel (.xlsx) or Parquet. Save it as .xlsx without one.")
    frame, found = _read(path, first, name, settings)
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
        data = io.BytesIO(_unpacked(path, settings))
        spelled = dialect(data, name, settings)
        return _csv(data, spelled, settings), spelled
    limit_size(path.stat().st_size, settings)
    with path.open("rb") as file:
        spelled = dialect(file, name, settings)
        return _csv(path if _is_short(file, settings) else file, spelled, settings), spelled


def _is_short(file: BinaryIO, settings: Settings) -> bool:
    """Whether the text in ``file`` has no more lines than a table may have rows."""
    file.seek(0)
    n = 0
    while chunk := file.read(_CHUNK):
        n += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == ord("\n")))
        if b"\r" in chunk:
            n += chunk.count(b"\r") - chunk.count(b"\r\n")
    return n <= settings.max_samples


def _unpacked(path: Path, settings: Settings) -> bytes:
    most = settings.max_table_mb * 10**6
    try:
        with gzip.open(path) as file:
            data = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"The file cannot be unpacked ({error}). Save it anew, or unpack it first.") from error
    limit_size(len(data), settings)
    return data


def _csv(file: BinaryIO | Path, spelled: Dialect, settings: Settings) -> "pd.DataFrame":
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


def _parsed(file: BinaryIO | Path, spelled: Dialect, settings: Settings, in_pieces: bool) -> "pd.DataFrame":
    """The table, read in small pieces, which is faster and takes less memory, or as a whole.

    From a path pandas reads several pieces at once, but cannot be told where to stop: the file must be short.
    """
    import pandas as pd

    most = None
    if not isinstance(file, Path):
        file.seek(0)
        most = settings.max_samples + 1
    return pd.read_csv(
        file,
        compression=None,
        sep=spelled.separator,
        decimal=spelled.decimal,
        encoding=spelled.encoding,
        header=0 if spelled.has_header else None,
        names=list(spelled.names),
        index_col=False,
        na_values=list(MISSING),
        skipinitialspace=True,
        low_memory=in_pieces,
        nrows=most,
    )
