"""One server, one engine and one browser for all tests of this folder; every test opens a tab of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from playground.engine.client import Client
from playground.runs import Store
from tests import browser as real
from tests.faults.engine import engine, wait_for


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The engine of the server's home, two slots."""
    with engine(tmp_path_factory.mktemp("e2e"), cpu_slots=2) as client:
        client.ensure_host()
        yield client


@pytest.fixture(autouse=True)
def no_runs_left(client: Client) -> Iterator[None]:
    """Whatever a test leaves training is stopped, so that the next one finds free slots."""
    yield
    for run in client.store.runs.find(states_in={"queued", "running", "paused"}):
        client.request(run.id, "stop")
        wait_for(client, run.id, lambda run: run.is_ended)


@pytest.fixture(scope="session")
def store(client: Client) -> Store:
    """The store of the server's home."""
    return client.store


@pytest.fixture(scope="session")
def server(client: Client) -> Iterator[real.Server]:
    """The app, as ``make run`` starts it."""
    server = real.Server(client.settings.home, client.settings.slots_dir, cpu_slots=2)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def open_tab(server: real.Server, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a tab at a path of the app: ``open_tab("/Train?run=abc", is_dark=True)``."""
    with ExitStack() as stack:

        def opened(path: str = "/", **look: bool | int) -> Page:
            page = stack.enter_context(real.tab(chromium, **look))
            page.goto(server.address + path)
            real.settled(page)
            return page

        yield opened
