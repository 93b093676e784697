"""A run again with the same seed, through the engine: the same numbers to the last digit that is stored."""

import numpy as np
import pytest

from playground import recipes
from playground.engine.client import Client
from playground.runs import Run
from playground.specs.edit import with_value
from tests.faults.engine import engine, wait_for

pytestmark = pytest.mark.contract


def columns(client: Client, run_id: str) -> dict[str, np.ndarray]:
    """All numbers of the run's batches and epochs, however they were divided among its events."""
    found: dict[str, list[np.ndarray]] = {}
    for event in client.store.runs.events(run_id):
        for name, values in event.columns.items():
            if name.startswith(("batch/", "epoch/")):
                found.setdefault(name, []).append(values)
    return {name: np.concatenate(parts) for name, parts in found.items()}


def ended(client: Client, run_id: str) -> Run:
    run = wait_for(client, run_id, lambda run: run.is_ended)
    assert run.state == "finished", run.error
    return run


def test_the_same_seed_gives_the_same_losses_and_another_seed_gives_others(tmp_path):
    spec = with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 4)
    with engine(tmp_path) as client:
        first = ended(client, client.submit(spec))
        again = ended(client, client.submit(spec, follows=first.id))
        other = ended(client, client.submit(spec.model_copy(update={"seed": spec.seed + 1})))
        before, after = columns(client, first.id), columns(client, again.id)
        assert {"batch/loss", "epoch/loss", "epoch/val_loss", "epoch/val_accuracy"} <= before.keys() == after.keys()
        for name, values in before.items():
            assert values.dtype == after[name].dtype
            np.testing.assert_array_equal(after[name], values, err_msg=name)
        assert dict(again.test) == dict(first.test)
        assert not np.array_equal(columns(client, other.id)["epoch/loss"], before["epoch/loss"]), "the control"
