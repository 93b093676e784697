"""Several processes on one store: nothing is lost, nothing is half, and nobody is told that it is locked."""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from playground.frame import dumps
from playground.runs import Event, Store, open_store
from playground.runs.log import RunLog
from playground.settings import Settings, setting
from tests.contract.store_process import SPEC, WIDTH, columns

ROOT = Path(__file__).resolve().parents[2]

_started: list[subprocess.Popen[str]] = []


@pytest.fixture(autouse=True)
def _no_process_outlives_its_test() -> Iterator[None]:
    yield
    while _started:
        with _started.pop() as process:
            process.kill()


def test_a_fresh_store_can_be_opened_by_several_processes_at_once(store_settings: Settings):
    count = 5
    run_ids = [line for each in at_once(store_settings, *[["create"]] * count) for line in each]
    found = open_store(store_settings).runs.find()
    assert len(run_ids) == count
    assert {run.id for run in found} == set(run_ids)


def test_clients_of_one_server_with_homes_of_their_own_can_open_it_at_once(postgres, tmp_path: Path):
    """The lock file is in the home; two machines with one server have two."""
    name = postgres.create_database()
    homes = [Settings(home=tmp_path / str(number), database_url=postgres.url(name)) for number in range(4)]
    processes = [start(home, "create") for home in homes]
    assert all(len(each) == 1 for each in finish(processes))
    assert open_store(homes[0]).runs.count() == 4
    postgres.drop_database(name)


@pytest.mark.slow
def test_nothing_is_lost_or_torn_when_two_processes_write_ten_runs_each_and_five_read(store_settings: Settings):
    """1,000 events in SQLite, where all wait for one lock; 400 in PostgreSQL, where each append connects anew."""
    log = open_store(store_settings).runs
    n_runs, n_events = 10, 20 if store_settings.database_url else 50
    writers = [start(store_settings, "write", n_runs, n_events) for _ in range(2)]
    readers = [start(store_settings, "read") for _ in range(5)]
    for process in (*readers, *writers):
        begin(process)
    run_ids = [line for each in finish(writers, is_begun=True) for line in each]
    assert len(run_ids) == 2 * n_runs
    for told in finish(readers):
        assert sorted(told) == sorted(f"{run_id}:{n_events}" for run_id in run_ids)
    for run_id in run_ids:
        events = log.events(run_id)
        assert [event.seq for event in events] == list(range(n_events))
        assert_whole(events)
        assert_projected(log, run_id)
        assert log.run(run_id).state == "finished"


@pytest.mark.parametrize("n_events", [2, 23])
def test_a_killed_writer_leaves_whole_events_only(store_settings: Settings, n_events: int):
    log = open_store(store_settings).runs
    writer = start(store_settings, "write_until_killed")
    begin(writer)
    run_id = writer.stdout.readline().strip()
    while log.run(run_id).seq < n_events:
        assert writer.poll() is None, writer.stderr.read()
    writer.kill()
    writer.communicate()
    events = log.events(run_id)
    assert len(events) > n_events
    assert [event.seq for event in events] == list(range(len(events)))
    assert_whole(events)
    assert_projected(log, run_id)
    assert log.append(run_id, "lost", {"error": "killed"})[1].state == "lost", "its lock died with it"


def test_no_connection_crosses_a_fork(store_settings: Settings):
    (run_ids,) = at_once(store_settings, ["fork", 60])
    log = open_store(store_settings).runs
    for run_id in run_ids:
        events = log.events(run_id)
        assert [event.seq for event in events] == list(range(60))
        assert_whole(events)


def test_a_watch_notices_what_other_processes_write(store: Store, store_settings: Settings):
    watch = store.runs.watch()
    can_tell = store.engine.dialect.name == "sqlite"
    watch.changed()  # what came before the first look is no news, but may be told
    assert watch.changed() is not can_tell
    at_once(store_settings, ["create"])
    assert watch.changed() is True
    assert watch.changed() is not can_tell
    watch.close()


def test_a_watch_notices_other_connections_but_no_reading(store: Store):
    watch = store.runs.watch()
    assert watch.changed() is True, "the first look has nothing to compare with"
    run_id = store.runs.create(SPEC, "ada")
    assert watch.changed() is True
    store.runs.events(run_id)
    assert watch.changed() is (store.engine.dialect.name != "sqlite")
    watch.close()


def test_a_journal_notices_requests_and_each_journal_for_itself(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    first, second = store.runs.journal(run_id), store.runs.journal(run_id)
    for journal in (first, second):
        journal.changed()
    request = store.runs.ask(run_id, "stop")
    assert first.changed() is True
    assert second.changed() is True
    assert [each.id for each in first.requests()] == [request]


def start(home: Settings, action: str, *numbers: int) -> subprocess.Popen[str]:
    """A process that is ready for ``action`` on the store of ``home``, and waits for :func:`begin`."""
    environment = {**os.environ, setting("home"): str(home.home)}
    if home.database_url is not None:
        environment[setting("database_url")] = home.database_url
    command = [sys.executable, "-W", "error", "-m", "tests.contract.store_process", action, *map(str, numbers)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    _started.append(process)
    if process.stdout.readline() != "ready\n":
        pytest.fail(process.communicate()[1])
    return process


def begin(process: subprocess.Popen[str]) -> None:
    process.stdin.write("\n")
    process.stdin.flush()


def finish(processes: list[subprocess.Popen[str]], *, is_begun: bool = False) -> list[list[str]]:
    """The lines that each process wrote; fails with what one said on its way out.

    Each is sent a line first, which begins it, or ends one that reads, unless ``is_begun``.
    """
    for process in processes:
        if process.poll() is None and not is_begun:
            begin(process)
    written = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        written.append(out.split())
    return written


def at_once(home: Settings, *actions: list) -> list[list[str]]:
    """What processes wrote that all began their action at the same moment."""
    return finish([start(home, *action) for action in actions])


def assert_whole(events: list[Event]) -> None:
    for event in events:
        if event.kind == "progress":
            assert event.data == {"step": event.seq}
            expected = columns(event.seq)
            assert event.columns.keys() == expected.keys()
            for name, values in event.columns.items():
                assert len(values) == WIDTH
                np.testing.assert_array_equal(values, expected[name])


def assert_projected(log: RunLog, run_id: str) -> None:
    projected, folded = (dumps(dataclasses.asdict(run)) for run in (log.run(run_id), log.refold(run_id)))
    assert projected == folded
