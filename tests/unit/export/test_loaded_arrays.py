"""The lines of a script that load and prepare give the arrays that the app prepares, for every source."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playground.data import SOURCES, outline, prepare
from playground.data.downloads.seaborn import URL, path_of
from playground.data.sets.seaborn_tables import SEABORN
from playground.export import script
from playground.export.loading import loading, parts
from playground.settings import Settings
from playground.specs import DatasetSpec, RunSpec, StepSpec
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started

WITHOUT_FILE = [name for name, source in SOURCES.items() if source.stamp is None]
UNEVEN = {"balance": 0.4, "flipped": 0.1, "n_samples": 203}
PLANE = StepSpec(kind="plane_features", args={"sin_x": True, "cos_y": True, "angle": True, "distance": True})
WAVES = StepSpec(kind="plane_features", args={"x": False, "sin_y": True, "frequency": 1})
OTHERS = {
    "uneven and wrong": DatasetSpec(source="three_spirals", options=UNEVEN),
    "many blobs": DatasetSpec(source="blobs", options={**UNEVEN, "balance": 0.9, "n_classes": 7}),
    "features of the plane": DatasetSpec(source="checkerboard", options=UNEVEN, steps=(PLANE,)),
    "a few of them, standardised": DatasetSpec(source="ripple", steps=(WAVES, StepSpec(kind="standardise"))),
    "of two columns": DatasetSpec(source="iris", features=("petal width (cm)", 0), steps=(PLANE,)),
    "some columns of a table": first_dataset("tips").model_copy(update={"features": ("day", "total_bill")}),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"))


def spec_of(dataset: DatasetSpec) -> RunSpec:
    return started(dataset, outline(dataset), seed=5)


def compare(spec: RunSpec, server: Settings) -> None:
    lines = loading(spec)
    prepared = prepare(spec.dataset, spec.seed, server)
    code = "\n".join(["import numpy as np", *lines.imports, "SEED = 5", *lines.functions, lines.load, lines.prepare])
    found: dict[str, np.ndarray] = {}
    exec(code.replace(URL, f"{server.datasets_dir}/seaborn"), found)
    for part in parts(spec):
        x, y = prepared.array(f"x_{part}"), prepared.array(f"y_{part}")
        is_exact = SOURCES[spec.dataset.source].columns is None
        np.testing.assert_allclose(found[f"x_{part}"], x, rtol=0 if is_exact else 1e-5, atol=0 if is_exact else 1e-6)
        np.testing.assert_allclose(found[f"y_{part}"].reshape(y.shape), y, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("source", WITHOUT_FILE)
def test_of_every_source(source, server):
    compare(spec_of(first_dataset(source)), server)


@pytest.mark.parametrize("name", OTHERS)
def test_of_options_and_steps(name, server):
    compare(spec_of(OTHERS[name]), server)


@pytest.mark.parametrize("source", SEABORN)
def test_of_tables_that_are_files(source, server):
    path = path_of(source, server)
    write(path, source)
    compare(spec_of(first_dataset(source)), server)


def write(path: Path, source: str) -> None:
    """A table of the right form: random numbers, names in turn, and gaps where there may be some."""
    table, rng = SEABORN[source], np.random.default_rng(0)
    rows = np.arange(table.n_rows)

    def drawn() -> np.ndarray:
        return rng.normal(size=len(rows))

    frame = pd.DataFrame(index=rows)
    for column in table.columns:
        values = np.array(column.values, object)[rows % len(column.values)] if column.values else drawn()
        frame[column.name] = np.where(rows % 17 == 3, np.nan, values) if column.has_gaps else values
    classes = [int(name) if name.isdigit() else name for name in table.classes]
    frame[table.target] = [classes[row // 3 % len(classes)] for row in rows] if classes else drawn()
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False)


def test_they_are_written_as_ruff_would_write_them(tmp_path):
    every = [first_dataset(source) for source in (*WITHOUT_FILE, *SEABORN)] + list(OTHERS.values())
    for number, dataset in enumerate(every):
        (tmp_path / f"script_{number}.py").write_text(script(spec_of(dataset)), "utf-8")
    for command in (["check"], ["format", "--diff"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(tmp_path)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
