"""Reads a table file that somebody brought: bounded, and refused in plain words where it is none."""

import codecs
import csv
import gzip
import io
import re
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from playground.data.errors import DataError
from playground.settings import Settings, setting

if TYPE_CHECKING:
    import pandas as pd

_HEAD = 2**16
_CHUNK = 2**20
_LINES = 100
_NAME = 100
MISSING = ("?", "-", "—", "missing", "unknown")
"""What stands for a missing value, besides what pandas knows."""

_NUMBER = re.compile(r"^\s*[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?\s*$")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SMALL = 2
_CONTROL = 0.01


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file spells its table.

    Attributes:
        encoding: Python's name.
        separator: between the cells of a line.
        decimal: before the fractions of a number.
        has_header: whether the first line names the columns.
        names: of all columns, each once.
    """

    encoding: str
    separator: str
    decimal: str
    has_header: bool
    names: tuple[str, ...]


def read_table(path: Path, name: str, settings: Settings) -> tuple["pd.DataFrame", Dialect | None]:
    """The table in the file at ``path``, which was called ``name``, and how it is spelled (``None`` for Parquet).

    Infinite numbers are missing ones.

    Raises:
        DataError: it is too large or holds no table; the message says what was found.
    """
    with path.open("rb") as file:
        first = file.read(4)
    if first == b"PAR1":
        frame, dialect = _parquet(path, settings), None
    else:
        if first[:2] == b"\x1f\x8b":
            data: BinaryIO = io.BytesIO(_unpacked(path, settings))
        else:
            _limit_size(path.stat().st_size, settings)
            data = path.open("rb")
        with data:
            dialect = _dialect(data, name, settings)
            frame = _csv(data, dialect, settings)
    if len(frame.columns) < _SMALL:
        raise DataError(f"The table has one column, {frame.columns[0]!r}: expected a target and at least one more.")
    if len(frame) < _SMALL:
        raise DataError(f"The table has {len(frame)} rows below its header: expected at least {_SMALL}.")
    numbers = frame.select_dtypes("float").columns
    if len(numbers):
        frame[numbers] = frame[numbers].replace([float("inf"), float("-inf")], float("nan"))
    return frame, dialect


def _limit_size(size: int, settings: Settings) -> None:
    if size > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise DataError(f"The file is larger than this server takes: expected at most {limit}.")


def _limit_rows(n: int, settings: Settings) -> None:
    if n > settings.max_samples:
        limit = f"{settings.max_samples:,} ({setting('max_samples')})"
        raise DataError(f"The table has more rows than this server takes: expected at most {limit}.")


def _limit_columns(n: int, settings: Settings) -> None:
    if n > settings.max_columns:
        limit = f"{settings.max_columns:,} ({setting('max_columns')})"
        raise DataError(f"The table has {n:,} columns: expected at most {limit}.")


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
            _limit_columns(found.num_columns, settings)
            size = sum(found.row_group(at).total_byte_size for at in range(found.num_row_groups))
            _limit_size(size, settings)
            frame: pd.DataFrame = file.read().to_pandas()
    except (pa.ArrowException, OSError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"The Parquet file cannot be read ({words}). Save it anew.") from error
    frame = frame.reset_index(drop=True)
    frame.columns = list(_unique([str(each) for each in frame.columns]))
    for column in frame.columns:
        if frame[column].dtype == object:  # lists, structures, decimals
            frame[column] = frame[column].map(str, na_action="ignore").astype("str")
        elif frame[column].dtype.kind in "Mm":
            frame[column] = frame[column].astype("str")
    return frame


def _dialect(file: BinaryIO, name: str, settings: Settings) -> Dialect:
    head = file.read(_HEAD)
    encoding = _encoding(head, file, name)
    is_whole = len(head) < _HEAD
    text = head.decode(encoding, "ignore" if not is_whole else "replace")
    control = sum(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
    if control > _CONTROL * max(len(text), 1):
        raise DataError(f"{name} is no table: it holds binary data. Expected CSV, TSV or Parquet.")
    lines = [line for line in text.splitlines() if line.strip()]
    lines = lines if is_whole or len(lines) == 1 else lines[:-1]
    if not lines:
        raise DataError(f"{name} is empty: expected a table with a line for each row.")
    separator = max(",;\t|", key=lambda each: _fit(lines[:_LINES], each))
    rows = _rows(lines[:_LINES], separator)
    if not rows:
        raise DataError(f"{name} holds no rows.")
    _limit_columns(len(rows[0]), settings)
    cells = [cell for row in rows for cell in row if _NUMBER.match(cell)]
    commas = sum("," in cell for cell in cells)
    decimal = "," if separator != "," and commas > sum("." in cell for cell in cells) else "."
    has_header = _is_header(rows)
    width = len(rows[0])
    given = rows[0] if has_header else [""] * width
    return Dialect(encoding, separator, decimal, has_header, _unique(given))


def _encoding(head: bytes, file: BinaryIO, name: str) -> str:
    """The encoding of a text: by its mark, else UTF-8 if all of it is, else Western European."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        for places, encoding in ((head[1::2], "utf-16-le"), (head[::2], "utf-16-be")):
            if places.count(0) > 0.4 * len(places):
                return encoding
        raise DataError(f"{name} is no table: it holds binary data. Expected CSV, TSV or Parquet.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=separator, skipinitialspace=True) if row]
    except csv.Error:
        return []


def _fit(lines: list[str], separator: str) -> tuple[float, int]:
    """How well the lines go with a separator: the share of lines of the usual width, if that is more than one."""
    widths = [len(row) for row in _rows(lines, separator)]
    if not widths or (usual := max(set(widths), key=widths.count)) == 1:
        return 0.0, 0
    return round(widths.count(usual) / len(widths), 1), usual


def _is_header(rows: list[list[str]]) -> bool:
    """Whether the first row names columns: no number among them, none twice, and none that its column has again."""
    first = [cell.strip() for cell in rows[0]]
    if any(_NUMBER.match(cell) for cell in first) or not any(first):
        return False
    below = [{row[at].strip() for row in rows[1:] if at < len(row)} for at in range(len(first))]
    return not any(cell and cell in column for cell, column in zip(first, below, strict=True))


def _unique(names: list[str]) -> tuple[str, ...]:
    """``names`` without what cannot be seen, none of them empty and none of them twice."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        plain = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:_NAME]
        plain = plain or f"column {number}"
        again, count = plain, 2
        while again in found:
            again, count = f"{plain} ({count})", count + 1
        found.append(again)
    return tuple(found)


def _csv(file: BinaryIO, dialect: Dialect, settings: Settings) -> "pd.DataFrame":
    import pandas as pd

    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                file,
                sep=dialect.separator,
                decimal=dialect.decimal,
                encoding=dialect.encoding,
                header=0 if dialect.has_header else None,
                names=list(dialect.names),
                index_col=False,
                na_values=list(MISSING),
                skipinitialspace=True,
                low_memory=False,
                nrows=settings.max_samples + 1,
            )
    except pd.errors.ParserWarning as error:
        words = f"expected {len(dialect.names)} cells in every row, as in the first"
        raise DataError(f"The rows of the table have different lengths: {words}. Mend the longer ones.") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError, ValueError, OverflowError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"The table cannot be read ({words}). Mend that line, or save it anew as CSV.") from error
    _limit_rows(len(frame), settings)
    return frame
