"""Prepared data that is removed, and never what a run waits for."""

import os

import pytest

from playground import data
from playground.data import unused
from playground.engine.prepared_data import tidy
from playground.recipes import recipe
from playground.runs import open_store
from playground.settings import Settings

pytestmark = pytest.mark.unit


def test_what_a_run_waits_for_stays_and_goes_once_it_has_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(unused, "_KEPT", 0)
    settings = Settings(home=tmp_path)
    store = open_store(settings)
    spec = recipe("xor").spec
    run_id = store.runs.create(spec, "tester")
    folder = data.prepare(spec.dataset, spec.seed, settings).folder
    os.utime(folder, (0, 0))
    assert tidy(store, settings) == 0
    store.runs.append(run_id, "stopped", {})
    assert tidy(store, settings) == 1
    assert not folder.exists()
