"""One engine for the tests of this folder; every test begins with a host and leaves no run behind."""

from collections.abc import Iterator

import pytest

from playground.engine.client import Client
from tests.faults.engine import engine, wait_for


@pytest.fixture(scope="session")
def at_hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """An engine with one slot. A host takes seconds to import Keras: it is started anew only where a test ends it."""
    with engine(tmp_path_factory.mktemp("faults")) as client:
        yield client


@pytest.fixture
def client(at_hand: Client) -> Iterator[Client]:
    """The engine, with a host that answers."""
    at_hand.ensure_host()
    yield at_hand
    at_hand.ensure_host()  # which closes what has died without a word
    for run in at_hand.store.runs.find(states_in={"queued", "running", "paused"}):
        at_hand.request(run.id, "stop")
        wait_for(at_hand, run.id, lambda run: run.is_ended)
