"""Excel workbooks: as people have them, and as people who mean harm have them."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from playground.data import DataError
from playground.data.uploads.profile import Profile
from playground.data.uploads.upload import frame_of, take_in
from playground.settings import Settings

HEAD = ["size", "when", "kind", "open", "y"]


def rows(n: int = 40) -> list[list[object]]:
    return [
        [
            None if row % 7 == 3 else round((row + 1) / 7.3, 4),
            datetime(2020, 1, 1 + row % 28),
            "ab"[row % 2],
            row % 3 == 0,
            row % 9,
        ]
        for row in range(n)
    ]


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, lines in sheets:
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    """The workbook with the content of some parts replaced; ``sheet`` is the first sheet's."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            name = Path(part).stem.rstrip("1")
            new.writestr(part, parts.get(name, old.read(part)))
    return out.getvalue()


def cells(text: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{head}{text}</sheetData></worksheet>".encode()


@pytest.fixture
def taken(server_settings, tmp_path) -> Callable[..., Profile]:
    def take(data: bytes, settings: Settings = server_settings) -> Profile:
        path = tmp_path / "brought"
        path.write_bytes(data)
        try:
            return take_in(path, "some.xlsx", settings, lambda fraction, message: None)
        finally:
            left = list(settings.uploads_dir.glob("*")) if settings.uploads_dir.exists() else []
            assert all((folder / "profile.json").exists() for folder in left), left

    return take


def test_a_sheet_gives_the_columns_of_the_same_csv(taken, server_settings):
    found = taken(book(("Data", [HEAD, *rows()])))
    text = pd.DataFrame(rows(), columns=HEAD).to_csv(index=False).encode()
    assert found.columns == taken(text).columns
    assert [column.type for column in found.columns] == ["number", "date", "category", "yes/no", "number"]
    assert (found.sheet, found.skipped, found.n_rows) == ("Data", 0, 40)
    numbers = frame_of(found.file, ["size"], server_settings)["size"]
    assert numbers.dropna().tolist() == [row[0] for row in rows() if row[0] is not None]


def test_the_first_sheet_with_a_table_below_its_empty_rows_is_read(taken):
    notes: list[list[object]] = [["Only a note"], ["and another"]]
    found = taken(book(("Notes", notes), ("Measured", [[], [None, None], HEAD, *rows(), [], []]), ("More", [HEAD])))
    assert (found.sheet, found.skipped, found.n_rows) == ("Measured", 2, 40)


def test_formulas_are_what_excel_last_saw_and_never_run(taken, server_settings):
    lines = [[row % 5, f"=A{row + 2}*2", "=cmd|' /C calc'!A1"] for row in range(20)]
    data = book(("Data", [["a", "b", "c"], *lines]))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    for row in range(20):
        formula = f"<f>A{row + 2}*2</f>".encode()
        assert formula + b"<v/>" in sheet or formula + b"<v></v>" in sheet or formula + b"<v />" in sheet
        value = f"<v>{row % 5 * 2}</v>".encode()
        for empty in (b"<v/>", b"<v />", b"<v></v>"):
            sheet = sheet.replace(formula + empty, formula + value)
    seen = changed(data, sheet=sheet)
    found = taken(seen)
    assert frame_of(found.file, ["b"], server_settings)["b"].tolist() == [row % 5 * 2 for row in range(20)]
    assert found.column("c").aside == "every value is missing"


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (b"<worksheet", "cannot be read"),
        (cells('<row r="1"><c r="A1"><v>one</v></c><c r="B1"><v>2</v></c></row>'), "cannot be read"),
        (cells('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'), "cannot be read"),
        (cells(""), "no sheet with a table"),
        (cells('<row r="1"><c r="A1"><v>1</v></c></row>' * 5), "no sheet with a table"),
        (
            cells('<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c r="A9"><v>1</v></c></row>'),
            "no sheet with a table",
        ),
        (cells('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>' * 9), "PLAYGROUND_MAX_COLUMNS"),
    ],
)
def test_a_damaged_or_hostile_sheet_is_refused_in_plain_words(taken, sheet, words):
    with pytest.raises(DataError, match=words):
        taken(changed(book(("Data", [HEAD, *rows()])), sheet=sheet))


def test_names_in_xml_that_grow_without_end_are_refused(taken):
    names = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{names}]>'
    sheet = text.encode() + cells('<row r="1"><c r="A1" t="str"><v>&a11;</v></c></row>')
    with pytest.raises(DataError, match="cannot be read"):
        taken(changed(book(("Data", [HEAD, *rows()])), sheet=sheet))


def test_a_file_outside_is_never_read(taken, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("12345")
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'
    line = '<row><c t="str"><v>&s;</v></c><c t="str"><v>b</v></c></row>'
    with pytest.raises(DataError):
        taken(changed(book(("Data", [HEAD, *rows()])), sheet=text.encode() + cells(line * 5)))


def test_what_is_large_unpacked_is_refused_before(taken, server_settings):
    small = server_settings.model_copy(update={"max_table_mb": 1})
    bomb = changed(book(("Data", [HEAD, *rows()])), sheet=cells(" " * 5_000_000))
    assert len(bomb) < 50_000
    with pytest.raises(DataError, match="PLAYGROUND_MAX_TABLE_MB"):
        taken(bomb, small)
    with pytest.raises(DataError, match="PLAYGROUND_MAX_SAMPLES"):
        taken(book(("Data", [HEAD, *rows(200)])), server_settings.model_copy(update={"max_samples": 100}))


def test_other_archives_and_old_workbooks_are_named(taken):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "x")
    with pytest.raises(DataError):
        taken(out.getvalue())
    with pytest.raises(DataError, match="old kind"):
        taken(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(DataError, match=r"cannot be unpacked|no zip"):
        taken(book(("Data", [HEAD, *rows()]))[:-200])
