"""How a text file spells its table: encoding, separator, decimal sign, header."""

import codecs
import csv
import re
from dataclasses import dataclass
from typing import BinaryIO

from playground.data.errors import DataError
from playground.data.uploads.table_limits import limit_columns
from playground.settings import Settings

_HEAD = 2**16
_CHUNK = 2**20
_LINES = 100
_NAME = 100

_NUMBER = re.compile(r"^\s*[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?\s*$")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
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
        sheet: the sheet of an Excel workbook; empty for a text file.
        skipped: how many empty rows of the sheet are above the table.
    """

    encoding: str
    separator: str
    decimal: str
    has_header: bool
    names: tuple[str, ...]
    sheet: str = ""
    skipped: int = 0


def named(rows: list[list[str]]) -> tuple[bool, tuple[str, ...]]:
    """Whether the first of ``rows`` names the columns, and the names of all columns, each once."""
    has_header = _is_header(rows)
    return has_header, unique(rows[0] if has_header else [""] * len(rows[0]))


def dialect(file: BinaryIO, name: str, settings: Settings) -> Dialect:
    """How the text in ``file``, called ``name``, spells its table, judged by its beginning.

    Raises:
        DataError: it is empty, holds binary data, or has too many columns.
    """
    head = file.read(_HEAD)
    encoding = _encoding(head, file, name)
    is_whole = len(head) < _HEAD
    text = head.decode(encoding, "ignore" if not is_whole else "replace")
    control = sum(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
    if control > _CONTROL * max(len(text), 1):
        raise DataError(f"{name} is no table: it holds binary data. Expected CSV, TSV, Excel (.xlsx) or Parquet.")
    lines = [line for line in text.splitlines() if line.strip()]
    lines = lines if is_whole or len(lines) == 1 else lines[:-1]
    if not lines:
        raise DataError(f"{name} is empty: expected a table with a line for each row.")
    separator = max(",;\t|", key=lambda each: _fit(lines[:_LINES], each))
    rows = _rows(lines[:_LINES], separator)
    if not rows:
        raise DataError(f"{name} holds no rows.")
    limit_columns(len(rows[0]), settings)
    cells = [cell for row in rows for cell in row if _NUMBER.match(cell)]
    commas = sum("," in cell for cell in cells)
    decimal = "," if separator != "," and commas > sum("." in cell for cell in cells) else "."
    return Dialect(encoding, separator, decimal, *named(rows))


def _encoding(head: bytes, file: BinaryIO, name: str) -> str:
    """The encoding of a text: by its mark, else UTF-8 if all of it is, else Western European."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        for places, encoding in ((head[1::2], "utf-16-le"), (head[::2], "utf-16-be")):
            if places.count(0) > 0.4 * len(places):
                return encoding
        raise DataError(f"{name} is no table: it holds binary data. Expected CSV, TSV, Excel (.xlsx) or Parquet.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            if decoder.getstate()[0] or not chunk.isascii():  # plain ASCII needs no decoding
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


def unique(names: list[str]) -> tuple[str, ...]:
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
