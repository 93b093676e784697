"""Reads a table file that somebody brought: bounded, and refused in plain words where it is none."""

import gzip
import io
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from playground.data.dialect import Dialect, dialect, limit_columns, unique
from playground.data.errors import DataError
from playground.settings import Settings, setting

if TYPE_CHECKING:
    import pandas as pd

MISSING = ("?", "-", "—", "missing", "unknown")
"""What stands for a missing value, besides what pandas knows."""

_SMALL = 2


def read_table(path: Path, name: str, settings: Settings) -> tuple["pd.DataFrame", Dialect | None]:
    """The table in the file at ``path``, which was called ``name``, and how it is spelled (``None`` for Parquet).

    Infinite numbers are missing ones.

    Raises:
        DataError: it is too large or holds no table; the message says what was found.
    """
    with path.open("rb") as file:
        first = file.read(4)
    if first == b"PAR1":
        frame, found = _parquet(path, settings), None
    else:
        if first[:2] == b"\x1f\x8b":
            data: BinaryIO = io.BytesIO(_unpacked(path, settings))
        else:
            _limit_size(path.stat().st_size, settings)
            data = path.open("rb")
        with data:
            found = dialect(data, name, settings)
            frame = _csv(data, found, settings)
    if len(frame.columns) < _SMALL:
        raise DataError(f"The table has one column, {frame.columns[0]!r}: expected a target and at least one more.")
    if len(frame) < _SMALL:
        raise DataError(f"The table has {len(frame)} rows below its header: expected at least {_SMALL}.")
    numbers = frame.select_dtypes("float").columns
    if len(numbers):
        frame[numbers] = frame[numbers].replace([float("inf"), float("-inf")], float("nan"))
    return frame, found


def _limit_size(size: int, settings: Settings) -> None:
    if size > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise DataError(f"The file is larger than this server takes: expected at most {limit}.")


def _limit_rows(n: int, settings: Settings) -> None:
    if n > settings.max_samples:
        limit = f"{settings.max_samples:,} ({setting('max_samples')})"
        raise DataError(f"The table has more rows than this server takes: expected at most {limit}.")


def _unpacked(path: Path, settings: Settings) -> bytes:
    most = settings.max_table_mb * 10**6
    try:
        with gzip.open(path) as file:
            data = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"The file cannot be unpacked ({error}). Save it anew, or unpack it first.") from error
    _limit_size(len(data), settings)
    return data


def _parquet(path: Path, settings: Settings) -> "pd.DataFrame":
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            found = file.metadata
            _limit_rows(found.num_rows, settings)
            limit_columns(found.num_columns, settings)
            size = sum(found.row_group(at).total_byte_size for at in range(found.num_row_groups))
            _limit_size(size, settings)
            frame: pd.DataFrame = file.read().to_pandas()
    except (pa.ArrowException, OSError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"The Parquet file cannot be read ({words}). Save it anew.") from error
    frame = frame.reset_index(drop=True)
    frame.columns = list(unique([str(each) for each in frame.columns]))
    for column in frame.columns:
        if frame[column].dtype == object:  # lists, structures, decimals
            frame[column] = frame[column].map(str, na_action="ignore").astype("str")
        elif frame[column].dtype.kind in "Mm":
            frame[column] = frame[column].astype("str")
    return frame


def _csv(file: BinaryIO, spelled: Dialect, settings: Settings) -> "pd.DataFrame":
    import pandas as pd

    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                file,
                sep=spelled.separator,
                decimal=spelled.decimal,
                encoding=spelled.encoding,
                header=0 if spelled.has_header else None,
                names=list(spelled.names),
                index_col=False,
                na_values=list(MISSING),
                skipinitialspace=True,
                low_memory=False,
                nrows=settings.max_samples + 1,
            )
    except pd.errors.ParserWarning as error:
        words = f"expected {len(spelled.names)} cells in every row, as in the first"
        raise DataError(f"The rows of the table have different lengths: {words}. Mend the longer ones.") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError, ValueError, OverflowError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"The table cannot be read ({words}). Mend that line, or save it anew as CSV.") from error
    _limit_rows(len(frame), settings)
    return frame
