"""What all tests share: a home of their own, the optional data folder, and marks by folder."""

import contextlib
import gc
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.mark.expression import Expression  # what -m itself asks; there is no public way

from playground.settings import Settings, setting, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
_MARKED = ("unit", "contract", "ui", "e2e", "faults")

# A developer's own settings, a database above all, are none of the tests' business.
for _name in Settings.model_fields:
    os.environ.pop(setting(_name), None)


# A shell lets what it starts in the background ignore Ctrl-C, and so would everything that the tests start in turn.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a folder none of whose tests -m selects: collecting it may import Keras, which no page's tests need."""
    chosen = str(config.option.markexpr)
    names = set(re.findall(r"\w+", chosen)) - {"and", "or", "not", "sweep"}
    folder = collection_path.name
    if collection_path.parent != ROOT / "tests" or folder not in _MARKED or not names or not names <= set(_MARKED):
        return None
    asked = Expression.compile(chosen)

    def may_be_asked(*marks: str) -> bool:
        return asked.evaluate(lambda name, /, **_more: name in marks)

    return not (may_be_asked(folder) or may_be_asked(folder, "sweep")) or None


@pytest.hookimpl(tryfirst=True)  # before -m selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test with the folder it lies in, so that `make test` cannot overlook one."""
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in _MARKED:
            item.add_marker(folder)


def pytest_collection_finish() -> None:
    """Nothing that was imported is garbage: Streamlit and Keras, which collect it often, need not look at all of it."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of the test's own, named by the environment; its host and its runs end with the test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PLAYGROUND_HOME", str(folder))
    monkeypatch.setenv("PLAYGROUND_SLOTS_DIR", str(tmp_path / "slots"))  # the machine's slots are shared by all homes
    monkeypatch.setenv("PLAYGROUND_SHOWCASE", "false")  # a test counts the runs it has asked for
    settings.cache_clear()
    yield folder
    if (settings().logs_dir / "host.log").exists():
        subprocess.run([sys.executable, "-m", "playground", "stop"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        _end_runs()
    settings.cache_clear()


def _end_runs() -> None:
    from playground.runs import open_store

    for run in open_store(settings()).runs.find(states_in={"running", "paused"}):
        if run.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(run.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store of the present version. A home that begins with a copy of it needs no migrations."""
    from playground.runs import open_store

    home = tmp_path_factory.mktemp("empty")
    open_store(Settings(home=home))
    return home / "playground.db"


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One Chromium for all tests; each opens tabs of its own."""
    from tests import browser

    with browser.browser() as found:
        yield found


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The optional folder of real data; tests that need it are skipped, saying so, where there is none."""
    folder = Path(os.environ.get("PLAYGROUND_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no folder of test data at {folder}; PLAYGROUND_TEST_DATA names another")
    return folder
