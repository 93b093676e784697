"""Runs in every state, told through the real store as the engine and a run would tell them."""

import numpy as np
from streamlit.testing.v1 import AppTest

from playground import recipes
from playground.runs import Journal, Store
from playground.specs.edit import with_value

STEPS = 40
EPOCHS = 20
VERSIONS = {"keras": "3.15.1", "tensorflow": "2.21.0", "python": "3.11.2"}
SIZES = {"steps_per_epoch": STEPS, "n_train": 1257, "n_validation": 270, "n_test": 270}


def queued(store: Store, recipe: str = "digits-mlp", owner: str = "local", epochs: int | None = None) -> str:
    """A run that waits; returns its id, as all of these do."""
    spec = recipes.recipe(recipe).spec
    return store.runs.create(spec if epochs is None else with_value(spec, "training.epochs", epochs), owner)


def started(store: Store, recipe: str = "digits-mlp", epochs: int | None = None) -> Journal:
    """A run that has started and built its model, and has trained nothing yet."""
    journal = store.runs.journal(queued(store, recipe, epochs=epochs))
    device = {"machine": "here", "device": "CPU", "slot": "cpu-0", "start": "fork", "versions": VERSIONS}
    journal.append("started", device)  # without a process: nothing here may be ended with the test
    journal.append("progress", {"phase": "preparing", "epoch": 0, "step": 0, "seconds": 0.0})
    journal.append(
        "progress", {"phase": "building", "epoch": 0, "step": 0, "seconds": 0.0, "parameters": 4810, **SIZES}
    )
    return journal


def trained(journal: Journal, first: int, last: int) -> None:
    """Epochs ``first`` to ``last`` of a run that learns, one event an epoch."""
    for epoch in range(first, last + 1):
        steps = np.arange((epoch - 1) * STEPS + 1, epoch * STEPS + 1)
        noise = np.sin(steps * 1.7)
        batch = 2.3 * np.exp(-steps / 120) + 0.06 + 0.04 * noise
        loss, val_loss = 2.1 * np.exp(-epoch / 3) + 0.05, 2.0 * np.exp(-epoch / 3) + 0.1 + 0.002 * epoch
        accuracy, val_accuracy = 1 - 0.6 * np.exp(-epoch / 3), 0.98 - 0.6 * np.exp(-epoch / 3) - 0.002 * (epoch % 3)
        journal.append(
            "progress",
            {"phase": "training", "epoch": epoch, "step": epoch * STEPS, "seconds": epoch * 0.19},
            {
                "batch/step": steps.astype(np.int64),
                "batch/loss": batch.astype(np.float32),
                "batch/accuracy": np.clip(1 - batch / 2.6, 0, 1).astype(np.float32),
                "epoch/epoch": np.array([epoch], np.int64),
                "epoch/loss": np.array([loss]),
                "epoch/val_loss": np.array([val_loss]),
                "epoch/accuracy": np.array([accuracy]),
                "epoch/val_accuracy": np.array([val_accuracy]),
                "epoch/learning_rate": np.array([0.001]),
            },
        )
        where = {"epoch": epoch, "step": epoch * STEPS, "file": "best.weights.h5"}
        journal.append("checkpoint", {"which": "best", "monitor": "val_loss", "value": val_loss, **where})


def running(store: Store, epochs: int = 12, planned: int | None = None) -> str:
    """A run in the middle of its training."""
    journal = started(store, epochs=planned)
    trained(journal, 1, epochs)
    return journal.run_id


def paused(store: Store) -> str:
    """A run that was paused after batch 11 of epoch 13."""
    journal = started(store)
    trained(journal, 1, 12)
    step = 12 * STEPS + 11
    steps = np.arange(12 * STEPS + 1, step + 1)
    journal.append(
        "progress",
        {"phase": "training", "epoch": 12, "step": step, "seconds": 2.4},
        {"batch/step": steps, "batch/loss": np.full(len(steps), 0.1, np.float32)},
    )
    request = store.runs.ask(journal.run_id, "pause")
    journal.append("paused", {"request": request, "epoch": 12, "step": step})
    return journal.run_id


def finished(store: Store, recipe: str = "digits-mlp") -> str:
    """A run that did all its epochs and was tested."""
    journal = started(store, recipe)
    trained(journal, 1, EPOCHS)
    done = {"epoch": EPOCHS, "step": EPOCHS * STEPS, "seconds": 3.9}
    journal.append("progress", {"phase": "testing", **done})
    test, baseline = {"loss": 0.112, "accuracy": 0.9741}, {"loss": 2.303, "accuracy": 0.1037}
    journal.append("finished", {**done, "test": test, "baseline": baseline})
    return journal.run_id


def stopped(store: Store) -> str:
    """A run that somebody stopped in epoch 5."""
    journal = started(store)
    trained(journal, 1, 4)
    request = store.runs.ask(journal.run_id, "stop")
    where = {"epoch": 4, "step": 4 * STEPS + 7, "seconds": 0.9}
    journal.append("stopped", {"request": request, "reason": "Stopped by you.", **where})
    return journal.run_id


def failed(store: Store) -> str:
    """A run whose loss became NaN in epoch 2."""
    journal = started(store)
    trained(journal, 1, 1)
    steps = np.arange(STEPS + 1, STEPS + 15)
    losses = np.full(len(steps), 3.0, np.float32)
    losses[-1] = np.nan
    at = {"phase": "training", "epoch": 1, "step": STEPS + 14}
    journal.append("progress", {**at, "seconds": 0.3}, {"batch/step": steps, "batch/loss": losses})
    journal.append("failed", {"error": "The loss became NaN. The learning rate is 0.5; try 0.01.", **at})
    return journal.run_id


def failed_at_once(store: Store) -> str:
    """A run whose loss became NaN in its second batch; the weights it began with were saved as it ended."""
    journal = started(store)
    at = {"phase": "training", "epoch": 0, "step": 2}
    batches = {"batch/step": np.array([1, 2]), "batch/loss": np.array([3.0, np.nan], np.float32)}
    journal.append("progress", {**at, "seconds": 0.3}, batches)
    journal.append("checkpoint", {"which": "last", "epoch": 0, "step": 2, "file": "last.weights.h5"})
    journal.append("failed", {"error": "The loss became NaN.", **at})
    return journal.run_id


def lost(store: Store) -> str:
    """A run whose process is gone."""
    journal = started(store)
    trained(journal, 1, 10)
    journal.append("lost", {"error": "The process of this run ended without a word (signal 9)."})
    return journal.run_id


def address(page: AppTest, name: str) -> str | None:
    """What the page's address says of ``name``; AppTest gives a list or its only item, by how it was set."""
    value = page.query_params.get(name)
    return value[0] if isinstance(value, list) else value
