"""A run whose process is killed goes on from its newest state, and comes to what it would have come to."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from playground import recipes
from playground.engine import going_on
from playground.engine.client import Client, SpecError
from playground.runs import Run
from playground.runs.artifacts import STATE
from playground.runs.history import history
from playground.specs import RunSpec
from playground.specs.edit import with_value
from tests.faults.engine import LIMIT_S, long_spec, no_slot_free, training, wait_for

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]


def few_epochs() -> RunSpec:
    """A run of a second, unless it is held."""
    return with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 5)


def killed(client: Client, spec: RunSpec) -> Run:
    """A run that was held at twenty steps a second until its state was saved, and whose process was killed then."""
    with no_slot_free(client):
        run_id = client.submit(spec)
        client.request(run_id, "pause")
    wait_for(client, run_id, lambda run: run.state == "paused")
    client.request(run_id, "speed", steps_per_s=20)
    client.request(run_id, "resume")
    run = wait_for(client, run_id, lambda run: bool(run.saved) and run.step > run.saved["step"])
    assert run.state == "running"
    os.kill(run.pid, signal.SIGKILL)
    return wait_for(client, run_id, lambda run: run.is_ended)


def column(client: Client, run_id: str, name: str) -> np.ndarray:
    events = history(client.store.runs, run_id)
    return np.concatenate([event.columns[name] for event in events if name in event.columns])


def test_a_killed_run_is_resumed_and_ends_as_the_uninterrupted_one(client):
    spec = few_epochs()
    run = killed(client, spec)
    assert run.state == "failed"
    assert 0 < run.saved["step"] < run.step
    environment = {**os.environ, "PLAYGROUND_HOME": str(client.settings.home)}
    environment["PLAYGROUND_SLOTS_DIR"] = str(client.settings.slots_dir)
    command = [sys.executable, "-m", "playground", "runs", "resume", run.id, "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT_S)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["id"], said["state"], said["epochs"], said["error"]) == (run.id, "finished", 5, None)
    whole = wait_for(client, client.submit(spec), lambda run: run.is_ended)
    assert whole.state == "finished"
    np.testing.assert_array_equal(column(client, run.id, "batch/step"), np.arange(1, whole.step + 1))
    for name in ("batch/loss", "epoch/loss", "epoch/val_loss", "epoch/val_accuracy"):
        mine, theirs = column(client, run.id, name), column(client, whole.id, name)
        np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-6, err_msg=name)
    resumed = client.store.runs.run(run.id)
    assert resumed.metrics["val_loss"].best_epoch == whole.metrics["val_loss"].best_epoch
    assert dict(resumed.test) == pytest.approx(dict(whole.test), rel=1e-5)
    assert (client.settings.run_dir(run.id) / "model.keras").is_file()


def test_continued_it_is_the_run_that_was_planned_longer(client):
    short = wait_for(client, client.submit(with_value(few_epochs(), "training.epochs", 2)), lambda run: run.is_ended)
    new = wait_for(client, going_on.go_on(client, short.id, 3), lambda run: run.is_ended)
    whole = wait_for(client, client.submit(few_epochs()), lambda run: run.is_ended)
    assert (new.state, new.epoch, new.from_run) == ("finished", 5, short.id)
    assert new.digest == whole.digest
    for name in ("batch/loss", "epoch/val_loss"):
        mine, theirs = column(client, new.id, name), column(client, whole.id, name)
        np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-6, err_msg=name)
    assert dict(new.test) == pytest.approx(dict(whole.test), rel=1e-5)


def test_a_waiting_resumed_run_is_cancelled_and_keeps_its_state(client):
    run = killed(client, few_epochs())
    holder = wait_for(client, client.submit(long_spec()), training)
    waiting = going_on.resume(client, run.id)
    assert (waiting.state, waiting.step) == ("queued", run.saved["step"])
    client.request(run.id, "stop")
    cancelled = client.store.runs.run(run.id)
    assert (cancelled.state, cancelled.step) == ("stopped", run.saved["step"])
    assert going_on.has_state(client, cancelled)
    client.request(holder.id, "stop")
    wait_for(client, holder.id, lambda run: run.is_ended)


def test_what_cannot_go_on_is_refused_in_words(client):
    store = client.store.runs
    holder = wait_for(client, client.submit(long_spec()), training)
    run_id = store.create(few_epochs(), "local")
    with pytest.raises(SpecError, match="cannot be resumed: it is queued"):
        going_on.resume(client, run_id)
    store.append(run_id, "failed", {"error": "No."})
    with pytest.raises(SpecError, match="before its state was saved"):
        going_on.resume(client, run_id)
    saved = store.create(few_epochs(), "local")
    store.append(saved, "checkpoint", {"saved": {"epoch": 1, "step": 40, "seconds": 1.0}})
    store.append(saved, "failed", {"error": "No."})
    with pytest.raises(SpecError, match="file with its state is gone"):
        going_on.resume(client, saved)
    folder = client.settings.run_dir(saved)
    folder.mkdir(parents=True)
    (folder / STATE).write_bytes(b"cut short")
    going_on.resume(client, saved)
    client.request(holder.id, "stop")
    run = wait_for(client, saved, lambda run: run.is_ended)
    assert run.state == "failed"
    assert "damaged" in run.error
