"""Every number of every run as one table, from every kind of store."""

import csv

import numpy as np

from playground import recipes
from playground.runs import Store, going_on
from playground.runs.scalars import HEAD, ids, lines, of_run, table
from playground.specs.edit import with_value

SPEC = recipes.recipe("digits-mlp").spec


def told(store: Store, name: str, losses: list[float], owner: str = "local") -> str:
    """A run of two batches an epoch with these losses; returns its id."""
    run_id = store.runs.create(with_value(SPEC, "name", name), owner)
    journal = store.runs.journal(run_id)
    journal.append("started", {"device": "CPU"})
    for epoch, loss in enumerate(losses, start=1):
        columns = {
            "batch/step": np.array([2 * epoch - 1, 2 * epoch]),
            "batch/loss": np.array([loss + 1, loss], np.float32),
            "epoch/epoch": np.array([epoch]),
            "epoch/step": np.array([2 * epoch]),
            "epoch/loss": np.array([loss]),
        }
        journal.append("progress", {"phase": "training", "epoch": epoch, "step": 2 * epoch}, columns)
    return run_id


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_every_number_is_a_row(store):
    first, second = told(store, "one", [0.5, float("nan")]), told(store, "=two", [0.1])
    store.runs.append(first, "finished", {"epoch": 2, "step": 4, "test": {"loss": 0.75}})
    rows = read(table(store))
    assert tuple(rows[0]) == HEAD
    found = [tuple(row.values()) for row in rows if row["run"] == first]
    assert found == [
        (first, "one", "batch", "", "1", "loss", "1.5"),
        (first, "one", "batch", "", "2", "loss", "0.5"),
        (first, "one", "epoch", "1", "2", "loss", "0.5"),
        (first, "one", "batch", "", "3", "loss", "nan"),
        (first, "one", "batch", "", "4", "loss", "nan"),
        (first, "one", "epoch", "2", "4", "loss", "nan"),
        (first, "one", "test", "2", "4", "loss", "0.75"),
    ]
    assert [row["name"] for row in rows if row["run"] == second] == ["'=two"] * 3
    assert [np.float32(row["value"]) for row in rows if row["run"] == second] == [
        np.float32(1.1),
        np.float32(0.1),
        np.float32(0.1),
    ]
    assert {row["at"] for row in read(table(store, has_batches=False))} == {"epoch", "test"}


def test_which_runs(store):
    mine, other = told(store, "mine", [1.0]), told(store, "other", [2.0], owner="somebody")
    assert ids(store) == [mine, other]
    assert ids(store, "local") == [mine]
    assert {row["run"] for row in read(table(store, [other, "nosuchrun"]))} == {other}
    assert "".join(lines(store, [])) == ",".join(HEAD) + "\n"


def test_what_was_taken_back_is_left_out(store):
    run_id = told(store, "resumed", [0.5, 0.4])
    saved = {"epoch": 1, "step": 2, "seconds": 0.1}
    store.runs.append(run_id, "checkpoint", {"which": "last", "epoch": 1, "step": 2, "saved": saved})
    store.runs.append(run_id, "failed", {"error": "Its process was killed."})
    going_on.resume(store, run_id)
    found = [(each.at, each.step, each.value) for each in of_run(store.runs, run_id)]
    assert found == [("batch", 1, 1.5), ("batch", 2, 0.5), ("epoch", 2, 0.5)]
