"""Pages through Streamlit's AppTest, on a store that the tests fill and without an engine."""

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from playground.engine.client import Client
from playground.runs import Store, open_store
from playground.settings import settings

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]

# An AppTest looks through all installed packages for components first: three quarters of what a page would cost here.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def no_engine(home: Path, empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without a host: one would find that no process belongs to the runs told here, and call them lost."""
    monkeypatch.setattr(Client, "tend", lambda self: None)
    home.mkdir()
    shutil.copyfile(empty_store, home / empty_store.name)


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
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        for name, value in query.items():
            app.query_params[name] = value
        if path != "app.py":
            app.switch_page(path)
        app.run()
        assert not app.exception, app.exception
        return app

    return opened
