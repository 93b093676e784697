"""A closer look on the Data page: what is offered, each picture drawn, words where there is none."""

import pytest
from streamlit.testing.v1 import AppTest

from playground import catalog, data
from playground.data.statistics import PICTURES, Asked, offered
from playground.engine.client import Client
from playground.engine.statistics import take_picture
from playground.runs import Store
from playground.settings import settings
from playground.specs import DatasetSpec
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from playground.ui import data_picture
from playground.ui.data_look_csv import table_csv
from playground.ui.data_look_pictures import DRAWN
from tests.ui.conftest import Open

PATH = "pages/1_Data.py"
HERE = [entry for entry in catalog.entries("datasets") if data.SOURCES[entry.id].stamp is None]
KINDS = {entry.group: entry.id for entry in reversed(HERE)}


@pytest.fixture(autouse=True)
def engine_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that works here and now, since the tests of this folder have none."""

    def prepare(self: Client, dataset: DatasetSpec, seed: int) -> str:
        job_id = self.store.jobs.create("prepare", dataset.prepared_key(seed), {}, "local")
        data.prepare(dataset, seed, self.settings)
        self.store.jobs.end(job_id, "finished", result={})
        return job_id

    def submit(client: Client, asked: Asked) -> str:
        job_id = client.store.jobs.create("statistics", asked.key, {}, "local")
        try:
            take_picture(asked, client.settings, lambda fraction, message: None)
        except data.DataError as error:
            client.store.jobs.end(job_id, "failed", error=str(error))
        else:
            client.store.jobs.end(job_id, "finished", result={})
        return job_id

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: {"pid": 1})
    monkeypatch.setattr(Client, "prepare", prepare)
    monkeypatch.setattr(data_picture, "submit_picture", submit)


def opened(open_page: Open, store: Store, source: str) -> AppTest:
    dataset = first_dataset(source)
    draft = store.drafts.create(started(dataset, data.outline(dataset), None), "local")
    return open_page(PATH, draft=draft.id)


def choose(app: AppTest, key: str, value: object) -> AppTest:
    app.session_state[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def test_every_picture_has_a_way_to_be_drawn():
    assert list(DRAWN) == list(PICTURES)


@pytest.mark.parametrize("source", KINDS.values(), ids=list(KINDS))
def test_every_picture_that_is_offered_is_drawn(source, open_page, store):
    app = opened(open_page, store, source)
    assert "Choose a picture" in words(app)
    for name in offered(first_dataset(source), settings()):
        choose(app, f"look-{source}", name)
        assert "rows" in words(app)
        assert app.get("download_button")
        if PICTURES[name].has_after and first_dataset(source).steps:
            choose(app, f"look-after-{name}", 1)


def test_what_cannot_be_drawn_is_said_in_words(open_page, store, monkeypatch):
    def refuse(asked: Asked, *given: object) -> None:
        raise data.DataError("There is nothing to compare.")

    app = opened(open_page, store, "iris")
    monkeypatch.setattr("tests.ui.test_data_look.take_picture", refuse)
    choose(app, "look-iris", "pairs")
    assert r"There is nothing to compare" in words(app)
    assert not app.error
    monkeypatch.undo()


def test_a_set_whose_file_is_not_here_has_nothing_to_look_at(open_page, store, monkeypatch):
    def fails(self: Client, dataset: DatasetSpec, seed: int) -> str:
        job_id = self.store.jobs.create("prepare", dataset.prepared_key(seed), {}, "local")
        self.store.jobs.end(job_id, "failed", error="no connection")
        return job_id

    monkeypatch.setattr(Client, "prepare", fails)
    app = opened(open_page, store, "mnist")
    assert "A closer look" not in words(app)


def test_a_file_of_numbers_runs_nothing_in_a_spreadsheet():
    text = table_csv({"=1+1": ["=cmd|' /C calc'!A0", "@sum", -3.5, None], "plain": ["a", "-b", 1, 2]})
    assert text.splitlines() == ["'=1+1,plain", "'=cmd|' /C calc'!A0,a", "'@sum,'-b", "-3.5,1", ",2"]
