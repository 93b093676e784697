"""A dataset of OpenML from a server that answers as OpenML does: taken in like a table of one's own."""

import gzip
import hashlib
import io
import json
from collections.abc import Iterator

import pandas as pd
import pytest

from playground.data import DataError, OfflineError, prepare
from playground.data.downloads.openml import fetch_openml
from playground.data.uploads.proposal import proposed_dataset
from playground.data.uploads.upload import profile_of
from playground.settings import Settings
from tests.openml_server import ARFF, ROWS, description, flowers
from tests.unit.data.file_server import Files


@pytest.fixture
def openml(monkeypatch) -> Iterator[Files]:
    """A server with one dataset, as ARFF."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with flowers() as server:
        yield server


@pytest.fixture
def limits(openml, server_settings) -> Settings:
    """Settings of a server whose OpenML is the test's."""
    return server_settings.model_copy(update={"openml_url": openml.url})


def describe(server: Files, **changes: object) -> None:
    server.bodies["/api/v1/json/data/61"] = json.dumps(description(server.url, **changes)).encode()


def taken(asked: str, limits: Settings):
    return fetch_openml(asked, limits, lambda fraction, message: None)


@pytest.mark.parametrize("asked", ["61", " flowers ", "flowers:1"])
def test_a_set_is_taken_in_by_number_and_by_name(asked, openml, limits):
    told = []
    profile = fetch_openml(asked, limits, lambda fraction, message: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert (profile.name, profile.n_rows) == ("flowers (OpenML 61)", ROWS)
    assert [(each.name, each.type) for each in profile.columns] == [
        ("petal length", "number"),
        ("colour", "category"),
        ("note", "category"),
        ("class", "category"),
        ("leaf width", "number"),
    ]
    assert (profile.target, profile.target_reason, profile.task) == ("class", "it is OpenML's target", "binary")
    assert profile.column("colour").values == ("dark red", "white")
    assert profile.column("colour").missing == 7
    assert profile.column("note").values[0] == "it's flower 0, or not"
    assert profile_of(profile.file, limits) == profile
    prepared = prepare(proposed_dataset(profile), 1, limits)
    assert prepared.facts.classes == ("setosa", "virginica")
    assert prepared.facts.n_train + prepared.facts.n_validation + prepared.facts.n_test == ROWS
    assert [path.name for path in limits.uploads_dir.iterdir()] == [profile.file]


@pytest.mark.parametrize("asked", ["61", "flowers", "flowers:1"])
def test_once_it_is_here_nobody_is_asked_again(asked, openml, limits):
    first = taken("61", limits)
    openml.asked.clear()
    assert taken(asked, limits) == first
    assert openml.asked == []
    assert sorted(path.name for path in (limits.datasets_dir / "openml").iterdir()) == ["61.arff", "61.json"]


def test_parquet_is_taken_where_there_is_one(openml, limits):
    frame = pd.DataFrame(
        {
            "number": range(ROWS),
            "width": [float(at % 7) for at in range(ROWS)],
            "flag": [at % 3 == 0 for at in range(ROWS)],
            "class": pd.Categorical([["a", "b", "c"][at % 3] for at in range(ROWS)]),
        }
    )
    file = io.BytesIO()
    frame.to_parquet(file)
    openml.bodies["/datasets/0000/0061/dataset_61.pq"] = file.getvalue()
    describe(openml, parquet_url=f"{openml.url}/datasets/0000/0061/dataset_61.pq")
    profile = taken("61", limits)
    assert [(each.name, each.type) for each in profile.columns] == [
        ("width", "number"),
        ("flag", "yes/no"),
        ("class", "category"),
    ]
    assert profile.task == "multiclass"


def test_where_the_parquet_file_is_gone_arff_does(openml, limits):
    describe(openml, parquet_url=f"{openml.url}/datasets/gone.pq")
    assert taken("61", limits).n_rows == ROWS


def test_a_packed_file_is_unpacked(openml, limits):
    packed = gzip.compress(ARFF.encode())
    openml.bodies["/data/v1/download/61/flowers.arff"] = packed
    describe(openml, md5_checksum=hashlib.md5(packed).hexdigest())
    assert taken("61", limits).n_rows == ROWS


def test_a_download_that_broke_off_goes_on(openml, limits):
    openml.break_after = [10**6, 700, 0]
    with pytest.raises(OfflineError, match="broke off after 700 bytes"):
        taken("61", limits)
    openml.asked.clear()
    assert taken("61", limits).n_rows == ROWS
    assert [each.range for each in openml.asked] == ["bytes=700-"]


def test_a_corrupt_file_is_refused_and_not_kept(openml, limits):
    openml.bodies["/data/v1/download/61/flowers.arff"] = ARFF.replace("white", "whyte").encode()
    with pytest.raises(OfflineError, match="another file: expected MD5"):
        taken("61", limits)
    assert [path.name for path in (limits.datasets_dir / "openml").iterdir()] == ["61.json"]


def test_a_set_without_a_target_gets_a_proposal(openml, limits):
    describe(openml, default_target_attribute=None, ignore_attribute=["note"], row_id_attribute=None)
    profile = taken("61", limits)
    assert profile.target == "leaf width"
    assert [each.name for each in profile.columns] == ["number", "petal length", "colour", "class", "leaf width"]


def test_a_file_larger_than_allowed_is_refused(openml, limits):
    openml.bodies["/data/v1/download/61/flowers.arff"] = b"x" * 1_000_001
    with pytest.raises(OfflineError, match="more than 1,000,000 bytes"):
        taken("61", limits.model_copy(update={"max_table_mb": 1}))


def test_an_address_elsewhere_is_refused(openml, limits):
    describe(openml, url="http://169.254.169.254/latest/meta-data")
    with pytest.raises(DataError, match=r"names a file at 169\.254\.169\.254: expected one at openml\.org"):
        taken("61", limits)
    describe(openml, url="file:///etc/passwd")
    (limits.datasets_dir / "openml" / "61.json").unlink()
    with pytest.raises(DataError, match="names a file at no server"):
        taken("61", limits)


@pytest.mark.parametrize("asked", ["no such set", "999"])
def test_a_set_that_is_not_there_is_named(asked, openml, limits):
    with pytest.raises(DataError, match=f"OpenML has no dataset '{asked}'"):
        taken(asked, limits)


@pytest.mark.parametrize("asked", ["", "../61", "a/b", "x" * 200, "61?x=1", "a\nb"])
def test_what_is_no_name_is_refused(asked, openml, limits):
    with pytest.raises(DataError, match="Expected the name or the number"):
        taken(asked, limits)
    assert openml.asked == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html>", "is no JSON"),
        (b"{}", "describes no dataset"),
        (b'{"data_set_description": {"id": "61"}}', "describes no dataset"),
        (b" " * 5_000_001, "longer than 5,000,000 bytes"),
    ],
)
def test_an_answer_that_is_none_is_refused(body, words, openml, limits):
    openml.bodies["/api/v1/json/data/61"] = body
    with pytest.raises(DataError, match=words):
        taken("61", limits)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@RELATION x\n@ATTRIBUTE a REAL\n@DATA\n1,2\n", "cannot be read as ARFF"),
        ("@RELATION x\n@ATTRIBUTE a {b,c}\n@DATA\nd\n", "cannot be read as ARFF"),
        ("binary \x00 noise", "cannot be read as ARFF"),
    ],
)
def test_a_file_that_is_no_table_is_refused(text, words, openml, limits):
    openml.bodies["/data/v1/download/61/flowers.arff"] = text.encode()
    describe(openml, md5_checksum=hashlib.md5(text.encode()).hexdigest())
    with pytest.raises(DataError, match=words):
        taken("61", limits)


def test_offline_it_says_what_to_put_where_and_uses_that(openml, limits):
    folder = limits.datasets_dir / "openml"
    openml.status = 503
    with pytest.raises(OfflineError, match=rf"Fetch {openml.url}/api/v1/json/data/61 .* {folder} as 61\.json"):
        taken("61", limits)
    folder.mkdir(parents=True)
    (folder / "61.json").write_text(json.dumps(description(openml.url)))
    with pytest.raises(
        OfflineError, match=rf"Fetch {openml.url}/data/v1/download/61/flowers\.arff \(MD5 .*Put 61\.arff"
    ):
        taken("61", limits)
    path = folder / "61.arff"
    path.write_text(ARFF)
    before = (path.stat().st_ino, path.stat().st_mtime_ns)
    assert taken("flowers", limits).n_rows == ROWS
    assert path.read_text() == ARFF
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before
