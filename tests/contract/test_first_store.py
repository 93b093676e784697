"""A store of the first released schema opens with everything in it. Its SQL, ``first_store.sql``, is never changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from playground.runs import Label, Store, open_store
from playground.runs.database import HEAD
from playground.runs.listed import listed
from playground.runs.listing import Wanted
from playground.runs.schema import listing
from playground.settings import Settings

SQL = Path(__file__).with_name("first_store.sql")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    home = tmp_path_factory.mktemp("home")
    with closing(sqlite3.connect(home / "playground.db")) as connection:
        connection.executescript(SQL.read_text())
    return open_store(Settings(home=home))


def test_it_is_of_the_first_schema_and_comes_to_the_newest(store: Store):
    assert "INSERT INTO \"alembic_version\" VALUES('0001')" in SQL.read_text()
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == HEAD


def test_runs_are_there_with_their_events_and_what_came_of_them(store: Store):
    first, second = store.runs.run("firstrun"), store.runs.run("secondrun")
    assert (first.state, first.epoch, first.test) == ("finished", 5, {"loss": 0.2, "accuracy": 0.95})
    assert (second.state, second.error) == ("failed", "The loss became NaN.")
    assert first.metrics["val_accuracy"].best == pytest.approx(0.87)
    assert np.isnan(first.metrics["val_loss"].last)
    events = store.runs.events("firstrun")
    assert [event.seq for event in events] == list(range(8))
    assert [float(event.columns["epoch/loss"][0]) for event in events[2:7]] == [2.0 / epoch for epoch in range(1, 6)]
    assert store.runs.spec("firstrun").model.layers[1].args["units"] == 64
    assert store.runs.requests("firstrun")[0].kind == "stop"


def test_what_people_said_drafts_files_and_jobs_are_there(store: Store):
    expected = Label("firstrun", "My first run", ("keep", "talk"), "It works.", star=True)
    assert store.labels.label("firstrun") == expected
    draft = store.drafts.draft("firstdraft")
    assert (draft.name, draft.revision, draft.run_id) == ("Digits MLP", 3, "firstrun")
    assert [file.name for file in store.artifacts.find("firstrun")] == ["best.weights.h5"]
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT state FROM jobs WHERE id = 'firstjob'")).scalar() == "finished"


def test_its_runs_are_listed_as_new_ones_are(store: Store):
    """What the migration wrote is what the code would write."""
    rows = store.listing.page(Wanted("local"))
    assert [row.name for row in rows] == ["Two spirals", "My first run"]
    with store.engine.connect() as connection:
        kept = {row.run_id: dict(row._mapping) for row in connection.execute(sa.select(listing))}
    assert kept == {each: listed(store.runs.run(each), store.runs.spec(each)) for each in ("firstrun", "secondrun")}


def test_its_runs_can_go_on(store: Store):
    """An event more, on a run that was recorded before there was a list."""
    store.runs.append(store.runs.create(store.runs.spec("firstrun"), "local"), "started", {})
    assert len(store.listing.page(Wanted("local"))) == 3
