"""Reads the first sheet with a table in it out of an Excel workbook, bounded in every direction."""

import csv
import io
import warnings
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from playground.data.errors import DataError
from playground.data.uploads.table_limits import limit_columns
from playground.settings import Settings, setting

_WORKBOOK = "xl/workbook.xml"
_MOST_PARTS = 10_000
_SMALL = 2
_FIRST = 100


class Sheet(NamedTuple):
    """The rows of a sheet as comma-separated UTF-8.

    Attributes:
        text: the rows below the empty ones at the top; empty cells at the end of a row are left out.
        name: the sheet's.
        skipped: how many empty rows are above the table.
        rows: its first rows, the very first of them as wide as the table.
    """

    text: bytes
    name: str
    skipped: int
    rows: list[list[str]]


def read_sheet(path: Path, name: str, settings: Settings) -> Sheet:
    """The first sheet with at least two rows and two columns, formulas as the values that Excel last saw.

    Raises:
        DataError: it is no workbook, too large, or has no table.
    """
    _check(path, name, settings)
    import openpyxl

    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="openpyxl")  # of styles and extensions, which no value depends on
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets:
                    found = _sheet(sheet, settings)
                    if found is not None:
                        return found
            finally:
                book.close()
    except DataError:
        raise
    # What openpyxl raises on files that no Excel has written, depending on what is wrong in which part.
    except (
        OSError,
        EOFError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        SyntaxError,
        NotImplementedError,
        RuntimeError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
    ) as error:
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise DataError(f"The Excel workbook cannot be read ({words}). Save it anew as .xlsx or CSV.") from error
    raise DataError(f"{name} has no sheet with a table: expected one with two columns and two rows or more.")


def _check(path: Path, name: str, settings: Settings) -> None:
    """Refuse what is no workbook, or would be too large unpacked. Raises DataError."""
    most = settings.max_table_mb * 10**6
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DataError(f"{name} cannot be unpacked ({error}). Save it anew as .xlsx or CSV.") from error
    if _WORKBOOK not in {part.filename for part in parts}:
        expected = "expected CSV, TSV, Excel (.xlsx) or Parquet"
        raise DataError(f"{name} is an archive without an Excel workbook: {expected}. Unpack it first.")
    # No part gives more than it says here: zipfile reads no further.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > most:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')}) and {_MOST_PARTS:,} parts"
        raise DataError(f"The workbook is larger unpacked than this server takes: expected at most {limit}.")


def _sheet(sheet: Any, settings: Settings) -> Sheet | None:
    """The table in ``sheet``; ``None`` where it holds fewer than two rows or columns."""
    sheet.reset_dimensions()  # what the file says of itself may be wrong
    skipped = n = width = 0
    first: list[list[str]] = []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in sheet.iter_rows(values_only=True, max_row=settings.max_samples + _SMALL):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            skipped += not n
            continue
        n, width = n + 1, max(width, len(cells))
        limit_columns(width, settings)
        if text.tell() > settings.max_table_mb * 10**6:
            limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
            raise DataError(f"The sheet {sheet.title!r} is larger than this server takes: expected at most {limit}.")
        if n <= _FIRST:
            first.append(cells)
        writer.writerow(cells)
    if n < _SMALL or width < _SMALL:
        return None
    first[0] += [""] * (width - len(first[0]))
    return Sheet(text.getvalue().encode("utf-8", "replace"), sheet.title, skipped, first)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = not (value.hour or value.minute or value.second)
        return value.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return str(value)
