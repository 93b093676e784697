"""A run in the app, and the same run as code that a Python of its own runs without the app."""

import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from playground import data
from playground.runs import open_store
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training import session

WITHIN = 1e-4
"""How far a loss of the code may be from the app's, relative to it, on a CPU."""

_RUNNER = """
import json, sys
import matplotlib
matplotlib.use("Agg")
left = {"__name__": "__main__"}
for number, source in enumerate(json.load(open(sys.argv[1]))):
    exec(compile(source, f"part {number}", "exec"), left)
print("RESULT", json.dumps({"history": left["history"].history, "test": left.get("test", {})}))
"""


def gives_the_numbers_of_the_app(name: str, case: RunSpec, sources: list[str], folder: Path) -> None:
    """Train ``case`` in the app, run ``sources`` one after the other, and compare; prints how far they are apart."""
    ours, test = _in_the_app(case, Settings(home=folder / "home"))
    _compare(name, ours, test, _alone(sources, folder))
    assert list(folder.glob("*.keras")), "the model is saved"


def gives_the_numbers_here(
    name: str, case: RunSpec, source: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above for one script, in this process, which has Keras already; many times faster."""
    assert "playground" not in source
    ours, test = _in_the_app(case, Settings(home=folder / "home"))
    monkeypatch.chdir(folder)
    left: dict[str, Any] = {"__name__": "__main__"}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "`shuffle=True` was passed")  # Keras's, of every generator
        try:
            exec(compile(source, "the script", "exec"), left)  # what we have written
        finally:
            keras.config.set_dtype_policy("float32")  # a script may have chosen another for its whole process
    _compare(name, ours, test, {"history": left["history"].history, "test": left.get("test", {})})
    assert list(folder.glob("*.keras")), "the model is saved"


def _compare(name: str, ours: dict[str, list[float]], test: dict[str, float], result: dict[str, Any]) -> None:
    assert set(result["history"]) <= set(ours)
    furthest = max(
        float(np.max(np.abs(np.subtract(ours[metric], values)) / np.abs(values)))
        for metric, values in result["history"].items()
        if metric.endswith("loss")
    )
    print(f"{name}: the losses of {len(ours['loss'])} epochs differ by at most {furthest:.1e} of them")
    assert furthest <= WITHIN
    for metric, values in result["history"].items():
        assert ours[metric] == pytest.approx(values, rel=1e-3, abs=1e-4), metric
    assert test == {metric: pytest.approx(value, rel=1e-3, abs=1e-4) for metric, value in result["test"].items()}


def _in_the_app(case: RunSpec, settings: Settings) -> tuple[dict[str, list[float]], dict[str, float]]:
    store = open_store(settings)
    run_id = store.runs.create(case, "tester")
    store.runs.append(run_id, "started", {"pid": 1, "device": "CPU"})
    prepared = data.prepare(case.dataset, case.seed, settings, None)
    session.train(case, prepared, store.runs.journal(run_id), settings.run_dir(run_id), settings, {"device": "CPU"})
    run = store.runs.run(run_id)
    assert run.state == "finished", run.error
    values: dict[str, list[float]] = {}
    for event in store.runs.events(run_id):
        for column, numbers in event.columns.items():
            if column.startswith("epoch/"):
                values.setdefault(column.removeprefix("epoch/"), []).extend(numbers.tolist())
    return values, dict(run.test)


def _alone(sources: list[str], folder: Path) -> dict[str, Any]:
    path = folder / "sources.json"
    path.write_text(json.dumps(sources), "utf-8")
    command = [sys.executable, "-c", _RUNNER, str(path)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout.rsplit("RESULT ", 1)[1])
    return result
