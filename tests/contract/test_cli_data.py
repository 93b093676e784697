"""``run --data``: from somebody's file to a trained network, through the engine."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from playground.cli import main
from playground.data.uploads.look import retargeted
from playground.data.uploads.proposal import proposed
from playground.engine.client import Client
from playground.engine.tables import submit_table, taken_in
from playground.settings import settings
from playground.specs import RunSpec
from tests.faults.engine import engine, wait_for

pytestmark = pytest.mark.contract

NEAR = ("titanic.csv", "pima-indians-diabetes.csv")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("data")) as client:
        yield client


@pytest.fixture
def places(client) -> dict[str, str]:
    return {"PLAYGROUND_HOME": str(client.settings.home), "PLAYGROUND_SLOTS_DIR": str(client.settings.slots_dir)}


@pytest.fixture
def command(places) -> Run:
    def run(*args: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "playground", "run", *args]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, **places})

    return run


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of which the number decides the class, and a column that tells it outright."""
    lines = ["size,colour,told,kind"]
    for row in range(120):
        size = row * 37 % 100
        lines.append(f"{size / 10},{('red', 'blue')[row % 3 == 0]},{'ny'[size > 50]},{('small', 'large')[size > 50]}")
    path = tmp_path / "own.csv"
    path.write_text("\n".join(lines))
    return path


def left_over(client: Client) -> list[Path]:
    return [path for path in client.settings.uploads_dir.iterdir() if not (path / "profile.json").exists()]


def test_a_table_is_learned_and_the_proposal_explained(client, command, table, tmp_path):
    saved = tmp_path / "spec.json"
    done = command("--data", str(table), "--save", str(saved), "--set", "seed=2")
    assert done.returncode == 0, done.stderr
    for words in (
        "120 rows, 4 columns",
        "Target kind: it is the last column",
        "Put aside told",
        "Steps: one_hot, stand",
    ):
        assert words in done.stderr
    assert "test accuracy" in done.stdout
    spec = RunSpec.from_json(saved.read_text())
    assert (spec.seed, spec.dataset.target, spec.dataset.features) == (2, "kind", ("size", "colour"))
    assert left_over(client) == []
    again = command(str(saved), "--json")
    result = json.loads(again.stdout)
    assert result["test"]["accuracy"] > result["baseline"]["accuracy"]


def test_a_workbook_s_sheet_and_rows_in_two_parts_are_said(command, tmp_path):
    rows = [{"size": at % 6 / 2, "colour": ("red", "blue")[at % 3 > 1], "kind": "ab"[at % 12 > 5]} for at in range(120)]
    path = tmp_path / "own.xlsx"
    pd.DataFrame(rows).to_excel(path, index=False, startrow=3, sheet_name="Birds")
    done = command("--data", str(path), "--set", "epochs=1", "--set", "training.callbacks=[]")
    assert done.returncode == 0, done.stderr
    assert "Read from the sheet 'Birds'; empty rows above the table: 3." in done.stderr
    assert "Equal to a training row: 18 of validation, 18 of test." in done.stderr


def test_target_by_position_and_task(client, command, table):
    done = command("--data", str(table), "--target", "-4", "--task", "regression", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result["test"]) == {"loss", "mean_absolute_error", "r2_score"}
    assert client.store.runs.spec(result["id"]).dataset.target == "size"


def test_what_cannot_be_learned_is_one_line_and_nothing_is_left(client, places, table, tmp_path, monkeypatch, capsys):
    for name, value in places.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    noise = tmp_path / "noise.csv"
    noise.write_bytes(bytes(range(256)) * 50)
    for args, words in [
        (("--data", str(noise)), "holds binary data"),
        (("--data", str(tmp_path / "gone.csv")), "No such file"),
        (("--data", str(tmp_path)), "expected a file"),
        (("--data", str(table), "--target", "kinds"), "no column 'kinds'. Did you mean kind?"),
        (("--data", str(table), "--target", "99"), "no column 99"),
        (("--data", str(table), "--task", "regression"), "holds no numbers to predict"),
        (("--data", str(table), "--task", "series"), "expected numbers"),
        (("digits-mlp", "--data", str(table)), "either a recipe or spec file, or a table"),
        (("digits-mlp", "--target", "x"), "go with --data"),
        ((), "either a recipe or spec file, or a table"),
    ]:
        assert main(["run", *args]) == 2, args
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1
        assert words in said.err
    settings.cache_clear()
    assert left_over(client) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("name", "target", "metric", "least", "most"),
    [
        ("penguins.csv", None, "accuracy", 0.95, 1.0),
        ("titanic.csv", None, "accuracy", 0.78, 0.93),
        ("movie-reviews.csv.gz", None, "accuracy", 0.80, 1.0),
        ("boston-housing.csv", -1, "r2_score", 0.75, 1.0),
        ("pima-indians-diabetes.csv", None, "accuracy", 0.72, 1.0),
        ("monthly-sunspots.csv", None, "mean_absolute_error", 0.0, None),
        ("daily-min-temperatures.csv", None, "mean_absolute_error", 0.0, None),
    ],
)
def test_proposals_are_good(client, test_data, name, target, metric, least, most):
    """What ``run --data`` does, but for the start of a process, which takes longer than the training.

    A bound near what is reached, on few rows, is one for the mean of three seeds.
    """
    profile = taken_in(client, submit_table(client, test_data / name, name))
    if target is not None:
        profile = retargeted(profile, target, client.settings)
    seeds = (1, 2, 3) if name in NEAR else (1,)
    ids = [client.submit(proposed(profile, client.settings, seed=seed)) for seed in seeds]
    results = [wait_for(client, run_id, lambda run: run.is_ended) for run_id in ids]
    assert [(run.state, run.error) for run in results] == [("finished", None)] * len(seeds)
    reached = statistics.mean(run.test[metric] for run in results)
    simplest = statistics.mean(run.baseline[metric] for run in results)
    print(f"{name}: {metric} {reached:.4f}, the simplest answer {simplest:.4f}")
    assert least <= reached <= (simplest if most is None else most)
