"""The exported script, run by a Python of its own, gives the numbers of the app."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from playground import data, recipes
from playground.export import script
from playground.runs import open_store
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.training import session
from tests.contract.training.specs import ADAM, TWO_ARMS, chosen, spec

_RUNNER = """
import json, runpy, sys
import keras, numpy as np
if len(sys.argv) > 2:
    found = np.load(sys.argv[2])
    parts = tuple((found[f"x_{part}"], found[f"y_{part}"]) for part in ("train", "test"))
    keras.datasets.mnist.load_data = lambda: parts
left = runpy.run_path(sys.argv[1])
print("RESULT", json.dumps({"history": left["history"].history, "test": left.get("test", {})}))
"""


def _short(name: str, epochs: int = 2) -> RunSpec:
    return with_value(recipes.recipe(name).spec, "training.epochs", epochs)


CASES = {
    "digits-mlp": _short("digits-mlp"),
    "digits-cnn": _short("digits-cnn", 1),
    "iris-mlp": _short("iris-mlp", 5),
    "spiral": _short("spiral", 4),
    "mnist-ann": _short("mnist-ann", 1),
    "a graph on standardised columns": spec(
        [*TWO_ARMS],
        "diabetes",
        options={},
        steps=(chosen("standardise"), chosen("min_max")),
        loss=chosen("MeanSquaredError"),
        optimizer=ADAM,
        metrics=(chosen("MeanAbsoluteError"), chosen("R2Score")),
        callbacks=(chosen("EarlyStopping", monitor="val_loss", patience=0),),
    ),
    "one-hot wine": spec(
        [{"kind": "Dense", "name": "output", "args": {"units": 3, "activation": "softmax"}, "inputs": []}],
        "wine",
        steps=(chosen("standardise"),),
        loss=chosen("CategoricalCrossentropy"),
        optimizer=chosen(
            "SGD", learning_rate=chosen("ExponentialDecay", initial_learning_rate=0.1, decay_steps=5, decay_rate=0.5)
        ),
    ),
    "everything trains": spec(split=chosen("none"), epochs=2),
}


def _mnist(folder: Path) -> Path:
    rng = np.random.default_rng(0)
    folder.mkdir(parents=True)
    arrays = {}
    for part, n in (("train", 600), ("test", 100)):
        arrays[f"x_{part}"] = rng.integers(0, 256, (n, 28, 28)).astype(np.uint8)
        arrays[f"y_{part}"] = rng.integers(0, 10, n).astype(np.uint8)
    np.savez(folder / "mnist.npz", **arrays)
    return folder / "mnist.npz"


@pytest.mark.parametrize("name", CASES)
def test_the_script_gives_the_numbers_of_the_app(name, tmp_path):
    case = CASES[name]
    settings = Settings(home=tmp_path / "home")
    mnist = [str(_mnist(settings.datasets_dir))] if case.dataset.source == "mnist" else []

    store = open_store(settings)
    run_id = store.runs.create(case, "tester")
    store.runs.append(run_id, "started", {"pid": 1, "device": "CPU"})
    prepared = data.prepare(case.dataset, case.seed, settings, None)
    session.train(case, prepared, store.runs.journal(run_id), settings.run_dir(run_id), settings, {"device": "CPU"})
    run = store.runs.run(run_id)
    assert run.state == "finished", run.error
    ours: dict[str, list[float]] = {}
    for event in store.runs.events(run_id):
        for column, values in event.columns.items():
            if column.startswith("epoch/"):
                ours.setdefault(column.removeprefix("epoch/"), []).extend(values.tolist())

    path = tmp_path / "script.py"
    path.write_text(script(case), "utf-8")
    command = [sys.executable, "-c", _RUNNER, str(path), *mnist]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.rsplit("RESULT ", 1)[1])
    assert set(result["history"]) <= set(ours)
    for metric, values in result["history"].items():
        assert ours[metric] == pytest.approx(values, rel=1e-3, abs=1e-4), metric
    assert run.test == {metric: pytest.approx(value, rel=1e-3, abs=1e-4) for metric, value in result["test"].items()}
    assert list(tmp_path.glob("*.keras")), "the script saves its model"
