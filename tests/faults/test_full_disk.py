"""A disk that is full while a run trains: what the run says, what is still there, and that all works again after."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.engine.client import Client
from tests.disks import fill, small_disk
from tests.faults.engine import engine, long_spec, short_spec, training, until, wait_for

pytestmark = pytest.mark.faults


@pytest.fixture
def disk() -> Iterator[Path]:
    """A file system of 40 MB."""
    with small_disk(40) as folder:
        yield folder


def rows(client: Client, run_id: str) -> list[dict[str, object]]:
    """What the store has of a run, as it lies there."""
    return [event.row() for event in client.store.runs.events(run_id)]


def test_a_run_fails_with_that_reason_and_all_works_again_when_there_is_room(disk, tmp_path):
    with engine(disk, slots_dir=tmp_path / "slots") as client:
        before = wait_for(client, client.submit(short_spec()), lambda run: run.is_ended)
        assert before.state == "finished", before.error
        told = rows(client, before.id)
        run_id = client.submit(long_spec())
        run = wait_for(client, run_id, training)
        assert not run.is_ended, run.error
        host = client.ping()["pid"]
        fill(disk / "ballast")
        until(lambda: client.store.runs.run(run_id).is_ended or not os.path.exists(f"/proc/{run.pid}"), "it trains on")
        seen = client.store.runs.run(run_id)
        kept = rows(client, run_id)
        assert client.ping()["pid"] == host, "the engine has died of it"
        assert rows(client, before.id) == told
        (disk / "ballast").unlink()

        run = wait_for(client, run_id, lambda run: run.is_ended)
        assert run.state == "failed"
        assert "disk" in run.error, run.error
        assert run.step >= seen.step > 0
        assert rows(client, run_id)[: len(kept)] == kept, "what was recorded before is lost"
        assert client.store.runs.refold(run_id) == run
        after = wait_for(client, client.submit(short_spec()), lambda run: run.is_ended)
        assert after.state == "finished", after.error
