"""Pages through Streamlit's AppTest, on a store that the tests fill and without an engine."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playground.engine.client import Client
from playground.runs import Store, open_store
from playground.settings import settings

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def no_engine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without a host: one would find that no process belongs to the runs told here, and call them lost."""
    monkeypatch.setattr(Client, "tend", lambda self: None)


@pytest.fixture
def store(home: Path) -> Store:
    """The store of the test's home."""
    return open_store(settings())


@pytest.fixture
def open_page(home: Path) -> Open:
    """Opens a page as a browser does that follows a link: ``open_page("pages/3_Train.py", run="abc")``.

    Fails when the page shows a traceback.
    """

    def opened(path: str = "app.py", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in query.items():
            app.query_params[name] = value
        if path != "app.py":
            app.switch_page(path)
        app.run()
        assert not app.exception, app.exception
        return app

    return opened
