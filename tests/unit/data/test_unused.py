"""Prepared folders that are removed because nobody has used them for long."""

import os
import time

import numpy as np
import pytest

from playground import data
from playground.data import unused
from playground.data.prepared import folder_of
from playground.settings import Settings
from playground.specs import DatasetSpec

pytestmark = pytest.mark.unit
HOUR = 3600


def prepared(settings: Settings, seed: int, unused_s: float = 0.0):
    of = DatasetSpec(source="moons", options={"n_samples": 40})
    folder = data.prepare(of, seed, settings).folder
    at = time.time() - unused_s
    os.utime(folder, (at, at))
    return folder


def test_the_oldest_small_ones_go_and_what_is_in_use_or_large_or_fresh_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(unused, "_KEPT", 2)
    settings = Settings(home=tmp_path)
    old = [prepared(settings, seed, (20 - seed) * HOUR) for seed in range(5)]
    fresh = [prepared(settings, seed, 60.0) for seed in (10, 11)]
    np.save(old[0] / "more.npy", np.zeros(10**6, np.uint8))
    os.utime(old[0], (0, 0))
    strange = settings.prepared_dir / "notes"
    strange.mkdir()
    in_use = {old[1].name}
    assert unused.remove_unused(settings, in_use) == 3
    left = {path.name for path in settings.prepared_dir.iterdir()}
    assert left == {old[0].name, old[1].name, *(path.name for path in fresh), "notes"}
    assert unused.remove_unused(settings, in_use) == 0
    again = prepared(settings, 2)
    assert again == old[2], "what was removed is prepared anew"


def test_reading_counts_as_use(tmp_path, monkeypatch):
    monkeypatch.setattr(unused, "_KEPT", 0)
    settings = Settings(home=tmp_path)
    folder = prepared(settings, 1, 9 * HOUR)
    of = DatasetSpec(source="moons", options={"n_samples": 40})
    assert folder_of(of, 1, settings) == folder
    assert data.opened(of, 1, settings) is not None
    assert unused.remove_unused(settings, ()) == 0
    os.utime(folder, (0, 0))
    assert unused.remove_unused(settings, ()) == 1
