"""Public tables: those inside Plotly are the known ones; files are checked by what is in them."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from playground.data import SOURCES, DataError, OfflineError, outline, prepare
from playground.data.downloads.download import DownloadError
from playground.data.downloads.seaborn import path_of
from playground.data.sets.plotly_tables import PLOTLY
from playground.data.sets.seaborn_tables import SEABORN
from playground.specs import Args, SplitSpec
from playground.specs.first_dataset import first_dataset

SHARED = Path(os.environ.get("PLAYGROUND_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
ROWS = 12


@pytest.mark.parametrize("name", PLOTLY)
def test_every_value_is_plotly_s(name, server_settings):
    from plotly import data

    frame = getattr(data, name)()
    loaded = SOURCES[name].load({}, 1, server_settings, lambda fraction, message: None)
    for column, array in zip(loaded.x.columns, loaded.x.arrays, strict=True):
        values = np.array(column.values)[array] if column.values else array
        assert values.tolist() == frame[column.name].tolist()
    goal = np.array(SOURCES[name].classes)[loaded.y] if SOURCES[name].classes else loaded.y
    assert goal.tolist() == frame[SOURCES[name].target].tolist()


@pytest.mark.parametrize("name", SEABORN)
def test_without_connection_it_says_where_to_put_the_file(name, server_settings, monkeypatch):
    from playground.data.downloads import download

    def refuse(*args: object) -> None:
        raise DownloadError("no connection to raw.githubusercontent.com")

    monkeypatch.setattr(download, "download", refuse)
    with pytest.raises(OfflineError, match=rf"{name}\.csv .*no connection.*Put it into .*seaborn and try again"):
        prepare(first_dataset(name), 1, server_settings)


def rows(n: int = 344) -> list[str]:
    header = "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex"
    names = ("Adelie,Biscoe", "Chinstrap,Dream", "Gentoo,Torgersen")
    body = [
        f"{names[row % 3]},{row / 7:.2f},{row % 11},{row},{4000 - row},{('MALE', '', 'FEMALE')[row % 3]}"
        for row in range(n)
    ]
    return [header, *body]


def test_a_file_put_by_hand_is_used_and_never_touched(server_settings):
    path = path_of("penguins", server_settings)
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(rows()))
    before = path.read_bytes(), path.stat().st_mtime_ns
    prepared = prepare(first_dataset("penguins"), 1, server_settings)
    assert prepared.facts.features == outline(first_dataset("penguins")).features
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (rows(100), "has 100 rows with a target, expected 344"),
        ([line.replace("island", "isle") for line in rows()], "has no column 'island'"),
        ([line.replace("Dream", "Nowhere") for line in rows()], "received 'Nowhere'"),
        ([rows()[0], *(line.replace(",0,", ",much,") for line in rows()[1:])], "expected numbers"),
        (["<html>"], "has no column"),
        ([], "cannot be read"),
        (['"', *rows()], "cannot be read|has no column"),
    ],
)
def test_another_file_is_refused_and_stays(lines, words, server_settings):
    path = path_of("penguins", server_settings)
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines))
    with pytest.raises(DataError, match=words):
        prepare(first_dataset("penguins"), 1, server_settings)
    assert path.read_text() == "\n".join(lines)


@pytest.mark.parametrize("name", ["penguins", "titanic"])
def test_the_genuine_file_is_the_known_table(name, server_settings):
    file = SHARED / f"{name}.csv"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    path = path_of(file.stem, server_settings)
    path.parent.mkdir(parents=True)
    shutil.copy(file, path)
    facts = prepare(first_dataset(name), 1, server_settings).facts
    assert facts.n_train + facts.n_validation + facts.n_test == SEABORN[name].n_rows


def test_no_country_is_both_learned_from_and_tested_on(server_settings):
    from plotly import data

    dataset = first_dataset("gapminder")
    prepared = prepare(dataset, 1, server_settings)
    countries = data.gapminder()["country"].to_numpy()
    parts = [set(countries[prepared.array(f"rows_{part}")]) for part in ("train", "validation", "test")]
    assert [len(part) for part in parts] == [100, 21, 21]
    assert len(set.union(*parts)) == 142
    known = outline(dataset)
    assert (known.n_train, known.n_validation, known.n_test) == (1200, 252, 252)
    assert prepared.facts.n_train == 1200


def test_other_columns_do_not_divide_a_public_table():
    dataset = first_dataset("gapminder")
    for kind, column in (("groups", "continent"), ("ordered", "year")):
        split = SplitSpec(kind=kind, args=Args({"column": column}))
        with pytest.raises(DataError, match=rf"only into groups by 'country', received '{column}'"):
            outline(dataset.model_copy(update={"split": split}))
