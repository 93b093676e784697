"""A real store with one run in it, and a way to train it here."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playground import data
from playground.runs import Event, Run, Store, open_store
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training import quicker, session
from tests.contract.training.go_on import NEVER


class Trained:
    """One run of a store, trained in this process."""

    def __init__(self, store: Store, spec: RunSpec, settings: Settings) -> None:
        self.store = store
        self.spec = spec
        self.settings = settings
        self.id = store.runs.create(spec, "tester")
        self.folder = settings.run_dir(self.id)

    def train(self, **more: object) -> "Trained":
        """Train to the end, whatever it is; ``more`` is known of the place where it runs."""
        prepared = data.prepare(self.spec.dataset, self.spec.seed, self.settings, None)
        self.store.runs.append(self.id, "started", {"pid": 1, "device": "CPU"})
        journal = self.store.runs.journal(self.id)
        room = self.settings.resident_mb
        place = {"device": "CPU", "room_bytes": None if room is None else room * 10**6, **more}
        session.train(self.spec, prepared, journal, self.folder, self.settings, place)
        return self

    def in_background(self) -> threading.Thread:
        """Train in a thread, so that the test can ask things of the run."""
        thread = threading.Thread(target=self.train, daemon=True)
        thread.start()
        return thread

    @property
    def run(self) -> Run:
        """The run as the store has it."""
        return self.store.runs.run(self.id)

    @property
    def events(self) -> list[Event]:
        """All events."""
        return self.store.runs.events(self.id)

    def column(self, name: str) -> np.ndarray:
        """One column over all events."""
        return np.concatenate([event.columns[name] for event in self.events if name in event.columns])


@pytest.fixture
def in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs train in blocks of steps however long they are: no quicker program is made, which would take seconds."""
    monkeypatch.setattr(quicker, "_WORTH_S", NEVER)


@pytest.fixture
def trained(tmp_path: Path, empty_store: Path) -> Callable[..., Trained]:
    """Makes a run of a spec in a store of its own; settings by keyword."""
    made = 0

    def make(spec: RunSpec, **changes: object) -> Trained:
        nonlocal made
        made += 1
        home = tmp_path / f"home-{made}"
        home.mkdir()
        shutil.copyfile(empty_store, home / empty_store.name)
        settings = Settings.model_validate({"home": home, **changes})
        return Trained(open_store(settings), spec, settings)

    return make
