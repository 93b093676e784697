"""A race through the real engine: one process a seed, heard together, outliving the host and one of its own."""

import os
import signal
from collections.abc import Iterator

import pytest

from playground.engine import comparisons
from playground.engine.client import Client
from playground.engine.comparisons import Plan
from playground.specs.edit import with_value
from playground.specs.race import members
from tests.faults.engine import engine, long_spec, short_spec, training, wait_for

pytestmark = pytest.mark.contract


def contestants(spec):
    return {f"{rate:g}": with_value(spec, "learning_rate", rate) for rate in (0.01, 0.001)}


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("race")) as client:
        client.ensure_host()
        yield client


def test_those_of_one_seed_share_a_process_and_seeds_come_one_after_the_other(client):
    made = comparisons.submit(client, Plan("race", members(contestants(short_spec()), [1, 2])), "Rates")
    runs = [wait_for(client, member.run_id, lambda run: run.is_ended) for member in made.members]
    assert [(run.state, run.epoch) for run in runs] == [("finished", 2)] * 4
    one, two, three, four = runs
    assert (one.pid, three.pid) == (two.pid, four.pid)
    assert one.pid != three.pid
    assert max(one.ended_at, two.ended_at) <= three.started_at, "there is one slot"
    assert max(one.started_at, two.started_at) < min(one.ended_at, two.ended_at)
    assert one.fair_start == two.fair_start
    assert one.fair_start["order"] != three.fair_start["order"], "another seed is another order"
    assert client.store.comparisons.comparison(made.id).kind == "race"


def test_one_that_stops_lets_the_others_go_on_after_the_host_was_killed_too(client):
    made = comparisons.submit(client, Plan("race", members(contestants(long_spec()), [1])), "Rates")
    first, second = (wait_for(client, member.run_id, training).id for member in made.members)
    client.request(first, "pause")
    wait_for(client, first, lambda run: run.state == "paused")
    asked = client.request(second, "pause")
    standing = wait_for(client, second, lambda run: run.acknowledged == asked)
    assert standing.state == "paused", "one that waits for the others hears too"
    os.kill(client.ping()["pid"], signal.SIGKILL)
    client.ensure_host()
    client.request(first, "stop")
    assert wait_for(client, first, lambda run: run.is_ended).state == "stopped"
    client.request(second, "resume")
    going = wait_for(client, second, lambda run: run.step > standing.step)
    assert going.state == "running"
    client.store.runs.delete(first)
    os.kill(going.pid, signal.SIGKILL)
    assert wait_for(client, second, lambda run: run.is_ended).state == "lost"


def test_a_killed_race_is_over_for_all(client):
    made = comparisons.submit(client, Plan("race", members(contestants(long_spec()), [1])), "Rates")
    runs = [wait_for(client, member.run_id, training) for member in made.members]
    os.kill(runs[0].pid, signal.SIGKILL)
    ended = [wait_for(client, run.id, lambda run: run.is_ended) for run in runs]
    assert [run.state for run in ended] == ["failed", "failed"]
    assert all("killed from outside" in run.error for run in ended)
    assert wait_for(client, client.submit(short_spec()), lambda run: run.is_ended).state == "finished"
