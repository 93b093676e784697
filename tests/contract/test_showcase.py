"""Runs that begin by themselves while nobody trains."""

import threading
from collections.abc import Iterator

import pytest

from playground import recipes
from playground.engine import showcase
from playground.engine.client import SHOWCASE, Client
from playground.specs.edit import with_value
from tests.faults.engine import engine, until, wait_for

SPECS = [with_value(recipes.recipe(name).spec, "epochs", 3) for name in ("spiral", "iris-mlp")]
LONG = with_value(recipes.recipe("spiral").spec, "epochs", 100_000)


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("showcase")) as client:
        client.ensure_host()
        yield client


@pytest.fixture
def client(served: Client) -> Client:
    """An engine without runs."""
    for run in served.store.runs.find():
        served.store.runs.delete(run.id)
    return served


def begun(client: Client) -> str:
    """The id of the run that a page begins now."""

    def newest() -> str | None:
        found = showcase.newest(client)
        return None if found is None else found.id

    before = newest()
    showcase.begin(client, SPECS)
    until(lambda: newest() not in (None, before))
    return newest()


def test_one_run_begins_however_many_ask_and_the_next_is_another_example(client, monkeypatch):
    monkeypatch.setattr(showcase, "_REST_S", 1e9)
    threads = [threading.Thread(target=showcase._begin, args=(client, SPECS)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (run,) = client.store.runs.find(owner=SHOWCASE)
    assert run.digest == SPECS[0].digest
    ended = wait_for(client, run.id, lambda run: run.is_ended)
    assert ended.state == "finished"
    assert not showcase.is_due(client), "it has only just begun"
    monkeypatch.setattr(showcase, "_REST_S", 0)
    assert client.store.runs.run(begun(client)).digest == SPECS[1].digest


def test_it_makes_room_for_whoever_trains_and_waits_meanwhile(client, monkeypatch):
    monkeypatch.setattr(showcase, "_REST_S", 0)
    shown = client.submit(LONG, owner=SHOWCASE)
    wait_for(client, shown, lambda run: run.step > 0)
    own = client.submit(LONG)
    assert wait_for(client, shown, lambda run: run.is_ended).state == "stopped"
    assert not showcase.is_due(client)
    client.request(own, "stop")
    wait_for(client, own, lambda run: run.is_ended)
    assert showcase.is_due(client)


def test_only_the_newest_are_kept(client, monkeypatch):
    monkeypatch.setattr(showcase, "_REST_S", 0)
    own = client.submit(SPECS[0])
    wait_for(client, own, lambda run: run.is_ended)
    runs = []
    for _ in range(5):
        runs.append(begun(client))
        wait_for(client, runs[-1], lambda run: run.is_ended)
    kept = {run.id for run in client.store.runs.find(owner=SHOWCASE)}
    assert kept == set(runs[-4:])  # three that had ended when the last one began, and that one
    assert [client.settings.run_dir(run_id).exists() for run_id in runs] == [run_id in kept for run_id in runs]
    assert client.store.runs.run(own).state == "finished"
