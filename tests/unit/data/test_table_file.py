"""Table files as people have them, and as people who mean harm have them."""

import functools
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playground.data import DataError
from playground.data.uploads.profile import Profile
from playground.data.uploads.upload import frame_of, take_in
from playground.settings import Settings

squeezed = functools.partial(gzip.compress, mtime=0)  # bytes stand in the names of tests, which may not tell the time

TakeIn = Callable[..., Profile]
ROWS = [f"{row},{row % 3 / 2},{'ab'[row % 2]}" for row in range(40)]


@pytest.fixture
def taken(server_settings, tmp_path) -> TakeIn:
    """Takes bytes in as a file; nothing but the table itself may be left in the home."""

    def take(data: bytes | str, name: str = "some.csv", settings: Settings = server_settings) -> Profile:
        path = tmp_path / "brought"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        try:
            return take_in(path, name, settings, lambda fraction, message: None)
        finally:
            left = list(settings.uploads_dir.glob("*")) if settings.uploads_dir.exists() else []
            assert all((folder / "profile.json").exists() for folder in left), left

    return take


def types(profile: Profile) -> dict[str, str]:
    return {column.name: column.type for column in profile.columns}


@pytest.mark.parametrize(
    ("encoding", "separator", "decimal", "newline"),
    [
        ("utf-8", ",", ".", "\n"),
        ("utf-8-sig", ";", ",", "\r\n"),
        ("utf-16", "\t", ",", "\r\n"),
        ("utf-16-le", ",", ".", "\n"),
        ("latin-1", ";", ",", "\n"),
        ("utf-8", "|", ".", "\r\n"),
    ],
)
def test_spellings_of_the_same_table(taken, encoding, separator, decimal, newline):
    lines = [["Größe", "Art", "Ziel"]]
    lines += [[f"{row / 8}".replace(".", decimal), ("süß", "saür")[row % 2], f"{row % 4}"] for row in range(60)]
    found = taken(newline.join(separator.join(cells) for cells in lines).encode(encoding))
    assert types(found) == {"Größe": "number", "Art": "category", "Ziel": "number"}
    assert (found.columns[0].minimum, found.columns[0].maximum) == (0.0, 59 / 8)
    assert found.columns[1].values == ("saür", "süß")
    assert (found.n_rows, found.has_header) == (60, True)


def test_without_header_columns_are_counted(taken):
    found = taken("\n".join(ROWS))
    assert [column.name for column in found.columns] == ["column 1", "column 2", "column 3"]
    assert (found.n_rows, found.has_header, found.target, found.task) == (40, False, "column 3", "binary")


def test_names_twice_empty_or_dangerous_stay_text(taken):
    head = "a,a,,<script>alert(1)</script>,\"=cmd|' /C calc'!A1\"\n"
    found = taken(head + "\n".join(f"{row % 7},{row % 5},{row % 3},{row % 4},{row % 2}" for row in range(30)))
    names = [column.name for column in found.columns]
    assert names == ["a", "a (2)", "column 3", "<script>alert(1)</script>", "=cmd|' /C calc'!A1"]


@pytest.mark.parametrize(
    ("style", "read"), [("%Y-%m-%d", "%Y-%m-%d"), ("%d.%m.%Y", "%d.%m.%Y"), ("%m/%d/%Y", "%m/%d/%Y")]
)
def test_three_styles_of_dates(taken, style, read):
    days = pd.date_range("2019-01-28", periods=50)
    found = taken("when,what,y\n" + "\n".join(f"{day.strftime(style)},{'ab'[day.day % 2]},{day.day}" for day in days))
    assert (found.columns[0].type, found.columns[0].date_format) == ("date", read)


def test_days_come_first_where_months_cannot(taken):
    days = pd.date_range("2019-01-01", periods=60)
    found = taken("when,what,y\n" + "\n".join(f"{day.strftime('%d/%m/%Y')},{'ab'[day.day % 2]},1" for day in days))
    assert found.columns[0].date_format == "%d/%m/%Y"


def test_a_word_among_numbers_is_missing_and_many_words_are_none(taken):
    lines = [f"{'broken' if row == 3 else row * 1.5},{row if row % 2 else 'word'},{'ab'[row % 2]}" for row in range(60)]
    found = taken("m,n,y\n" + "\n".join(lines))
    assert (found.columns[0].type, found.columns[0].missing, found.columns[0].has_words) == ("number", 1, True)
    assert found.columns[1].type == "category"


def test_what_tells_nothing_is_put_aside_with_the_reason(taken):
    lines = [f"{row},{100 + row * 7},same,,{row % 5},{'yn'[row % 2]},{row % 2 + 1}" for row in range(100)]
    found = taken("nr,customer_id,one,none,size,told,target\n" + "\n".join(lines))
    aside = {column.name: column.aside for column in found.columns if column.aside}
    assert set(aside) == {"nr", "customer_id", "one", "none", "told"}
    assert "alone predicts target" in aside["told"]
    assert "every value is missing" in aside["none"]
    assert "same value" in aside["one"]


def test_a_number_that_is_the_target_in_another_unit_is_put_aside(taken):
    rng = np.random.default_rng(0)
    lines = [f"{value:.6f},{value * 2.54 + 1:.6f},{rng.normal():.3f}" for value in rng.normal(size=50)]
    found = taken("price,in_dollars,other\n" + "\n".join(lines))
    assert found.target == "price"
    assert [column.name for column in found.columns if column.aside] == ["in_dollars"]


def test_ten_thousand_categories_are_no_category(taken):
    found = taken("code,y\n" + "\n".join(f"{chr(97 + row % 26)}{row % 10_000},{row % 2}" for row in range(12_000)))
    assert found.columns[0].type == "identifier"
    assert found.columns[0].values == ()


def test_duplicate_rows_are_counted(taken):
    assert taken("a,b\n" + "1,x\n2,y\n3,x\n" * 4).duplicates == 9


def test_columns_come_back_by_their_whole_names_and_in_the_order_asked(taken, server_settings):
    file = taken("a,a.b,y\n" + "\n".join(ROWS)).file
    assert list(frame_of(file, ["a"], server_settings)) == ["a"]
    assert list(frame_of(file, ["y", "a.b"], server_settings)) == ["y", "a.b"]
    with pytest.raises(DataError, match="not on this server"):
        frame_of(file, ["b"], server_settings)


def test_the_same_file_is_kept_once(taken, server_settings):
    assert taken("\n".join(ROWS)) == taken("\n".join(ROWS))
    assert len(list(server_settings.uploads_dir.iterdir())) == 1


def test_compressed_and_parquet_give_the_same_columns(taken, tmp_path):
    text = "size,kind,y\n" + "\n".join(ROWS)
    pd.read_csv(pd.io.common.StringIO(text)).to_parquet(tmp_path / "table.parquet")
    plain, packed = taken(text), taken(squeezed(text.encode()))
    parquet = taken((tmp_path / "table.parquet").read_bytes())
    assert plain.columns == packed.columns == parquet.columns


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (bytes(range(256)) * 40, "binary data"),
        (np.random.default_rng(0).bytes(100_000), "binary data"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "binary data"),
        (b"PK\x03\x04" + b"\1" * 500, "cannot be unpacked|no zip"),
        (b"a\n1\n2\n3\n", "one column"),
        (b"a,b\n1,2\n", "1 rows"),
        (b"a,b\n", "rows"),
        (b"a,b\n1,2\n3,4,5\n6,7\n", "cells in every row|Expected 2 fields"),
        (b"a,b\n1,2,3\n4,5,6\n", "cells in every row|Expected 2 fields"),
        (squeezed(b"a,b\n1,2\n" * 1000)[:-20], "cannot be unpacked|no zip"),
        (b"PAR1" + b"\0" * 100, "Parquet file cannot be read"),
        (b'a,b\n1,"2\n' + b"x,y\n" * 50, "cannot be read|rows|one"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(taken, data, words):
    with pytest.raises(DataError, match=words):
        taken(data)


def test_limits_name_their_settings(taken, tmp_path):
    small = Settings(home=tmp_path / "small", max_table_mb=1, max_samples=20, max_columns=5)
    bomb = squeezed(b"1,2\n" * 10_000_000)
    assert len(bomb) < 100_000
    for data, name in [
        (bomb, "PLAYGROUND_MAX_TABLE_MB"),
        (b"1,2\n" * 300_000, "PLAYGROUND_MAX_TABLE_MB"),
        ("\n".join(ROWS), "PLAYGROUND_MAX_SAMPLES"),
        ("1,2,3,4,5,6\n" * 5, "PLAYGROUND_MAX_COLUMNS"),
    ]:
        with pytest.raises(DataError, match=name):
            taken(data, settings=small)


def test_lines_inside_of_quotes_are_no_rows(taken, tmp_path):
    settings = Settings(home=tmp_path / "small", max_samples=20)
    words = ("first\nsecond", "one\nother")
    found = taken("word,y\n" + "\n".join(f'"{words[row % 2]}",{row % 3}' for row in range(20)), settings=settings)
    assert (found.n_rows, found.columns[0].values) == (20, words)


def large(last: str = "") -> str:
    """A table of 7 MB, which is read in several pieces at once, with ``last`` as its last rows."""
    numbers = np.random.default_rng(0).normal(size=90_000)
    rows = (f"{number!r},{at % 7 or 'unknown'},{'ab'[at % 2]}{at}, {number:.40f}" for at, number in enumerate(numbers))
    return "x,few,word,y\n" + "\n".join(rows) + last


@pytest.mark.parametrize(
    "last", ["", "\n", "\n1,two,c,3", '\n1,2,"c\nd",3\n', "\n1,2\n", "\n99999999999999999999,2,c,?"]
)
def test_pieces_of_a_large_table_are_joined_as_it_reads(taken, server_settings, last):
    text = large(last)
    plain, packed = taken(text), taken(squeezed(text.encode()))
    assert plain.columns == packed.columns
    names = [column.name for column in plain.columns]
    frames = [frame_of(each.file, names, server_settings) for each in (plain, packed)]
    pd.testing.assert_frame_equal(*frames)
    assert len(frames[0]) == plain.n_rows == 90_000 + (len(last) > 1)


def test_large_tables_are_refused_as_small_ones_are(taken, tmp_path):
    with pytest.raises(DataError, match=r"cells in every row|Expected 4 fields"):
        taken(large("\n1,2,c,3,4\n"))
    with pytest.raises(DataError, match="PLAYGROUND_MAX_SAMPLES"):
        taken(large(), settings=Settings(home=tmp_path / "small", max_samples=89_999))


def test_a_file_that_is_gone_is_said(server_settings, tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        take_in(Path(tmp_path / "gone.csv"), "gone.csv", server_settings, lambda fraction, message: None)
