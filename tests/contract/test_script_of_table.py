"""The exported script of a run on a table of one's own reads the same file and gives the numbers of the app."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from playground.data.uploads.profile import Profile
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.export import script
from playground.settings import settings
from playground.specs import RunSpec, SplitSpec, StepSpec
from playground.specs.args import Args
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_here

pytestmark = pytest.mark.contract


def european(path: Path, target: str) -> None:
    """A table with gaps, categories, truth values, a European spelling and a number column with a word in it."""
    rng = np.random.default_rng(0)
    lines = ["Größe;Farbe;offen;Land;Note;Ziel"]
    for row in range(120):
        size = "" if row % 11 == 0 else f"{rng.normal():.3f}".replace(".", ",")
        colour = ("rot", "grün", "", "blau")[row % 4]
        mark = "krank" if row == 7 else str(row % 6)
        goal = (
            f"{rng.normal(100, 30):.1f}".replace(".", ",") if target == "number" else ("ja", "nein", "offen")[row % 3]
        )
        lines.append(f"{size};{colour};{row % 5 == 0};Land {row % 25};{mark};{goal}")
    path.write_text("\n".join(lines), "latin-1")


def dated(path: Path) -> None:
    """A table with dates, texts, groups, a column that names the part, gaps and duplicate rows."""
    rng = np.random.default_rng(1)
    lines = ["nr,when,note,house,part,size,kind"]
    for row in range(160):
        day = f"{1 + row * 7 % 28:02}.{1 + row % 12:02}.{2019 + row % 3}" if row % 9 else ""
        words = " ".join(rng.choice(["good", "bad", "old", "new", "red", "large"], 5))
        part = ("train", "Train", "test", "val")[row % 4]
        size = "" if row % 13 == 5 else f"{rng.normal():.2f}"
        kind = "ab"[rng.integers(2)]
        lines.append(f"{row * 37 % 160},{day},the note says {words},house {row % 17},{part},{size},{kind}")
    path.write_text("\n".join([*lines, *lines[5:25]]))


def series(path: Path) -> None:
    """A series, newest value first, with a gap."""
    values = np.cumsum(np.random.default_rng(2).normal(size=200))
    lines = [f"{2000 + at // 12}-{1 + at % 12:02},{'' if at == 50 else f'{values[at]:.3f}'}" for at in range(200)]
    path.write_text("\n".join(["month,value", *lines[::-1]]))


@pytest.fixture
def taken(home, tmp_path) -> Callable[..., Profile]:
    def take(path: Path) -> Profile:
        return take_in(path, path.name, settings(), lambda fraction, message: None)

    return take


def agrees(name: str, spec: RunSpec, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script of ``spec``, tidy as ruff wants it, gives the losses of the app beside a copy of the file."""
    spec = with_value(spec, "training.epochs", 2)
    source = script(spec)
    written = tmp_path / "written.py"
    written.write_text(source, "utf-8")
    for command in (["check"], ["format", "--diff"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(written)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "alone"
    folder.mkdir()
    shutil.copy(path, folder)
    shutil.copytree(settings().uploads_dir, folder / "home" / "uploads")
    gives_the_numbers_here(name, spec, source, folder, monkeypatch)


@pytest.mark.parametrize("target", ["number", "class"])
def test_the_script_gives_the_numbers_of_the_app(target, taken, tmp_path, monkeypatch):
    path = tmp_path / "eigene.csv"
    european(path, target)
    agrees(target, proposed(taken(path), settings(), seed=4), path, tmp_path, monkeypatch)


def changed(spec: RunSpec, steps: tuple[str, ...], split: str, **args: Any) -> RunSpec:
    features = ("when", "note", "house", "size")
    made = tuple(StepSpec(kind=kind, args=Args({"max_words": 12} if kind == "tfidf" else {})) for kind in steps)
    update = {"features": features, "steps": made, "split": SplitSpec(kind=split, args=Args(args))}
    training = spec.training
    if split == "none":  # without a validation part, training cannot stop early
        training = training.model_copy(update={"callbacks": ()})
    dataset = spec.dataset.model_copy(update=update)
    return spec.model_copy(update={"dataset": dataset, "training": training})


PLAIN = ("date_parts", "fill", "one_hot", "tfidf", "standardise")


@pytest.mark.parametrize(
    ("steps", "split", "args"),
    [
        (PLAIN, "holdout", {}),
        (("drop_gaps", "drop_duplicates", "date_parts", "one_hot", "tfidf", "min_max"), "repeated", {"repeat": 3}),
        (PLAIN, "kfold", {"fold": 2}),
        (PLAIN, "groups", {"column": "house"}),
        (PLAIN, "by_column", {"column": "part"}),
        (PLAIN, "ordered", {"column": "nr"}),
        (PLAIN, "none", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_dates_texts_and_every_split(steps, split, args, taken, tmp_path, monkeypatch):
    path = tmp_path / "dated.csv"
    dated(path)
    agrees(split, changed(proposed(taken(path), settings(), seed=5), steps, split, **args), path, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    "steps", [("plane_features", "fill", "standardise"), ("standardise", "plane_features")], ids="-".join
)
def test_features_of_two_columns(steps, taken, tmp_path, monkeypatch):
    rng = np.random.default_rng(3)
    path = tmp_path / "plane.csv"
    gaps = {row: "" for row in range(0, 100, 17) if "fill" in steps}
    lines = [f"{gaps.get(row, row % 13)},{rng.normal():.3f},{'ab'[row % 2]}" for row in range(100)]
    path.write_text("\n".join(["width,height,kind", *lines]))
    spec = proposed(taken(path), settings(), seed=7)
    args = {"plane_features": {"sin_x": True, "angle": True, "frequency": 0.5}}
    made = tuple(StepSpec(kind=kind, args=Args(args.get(kind, {}))) for kind in steps)
    dataset = spec.dataset.model_copy(update={"features": ("width", "height"), "steps": made})
    spec = spec.model_copy(update={"dataset": dataset})
    spec = spec.model_copy(update={"training": spec.training.model_copy(update={"batch_size": 16})})
    agrees("plane", spec, path, tmp_path, monkeypatch)


def test_a_workbook(taken, tmp_path, monkeypatch):
    dated(tmp_path / "dated.csv")
    frame = pd.read_csv(tmp_path / "dated.csv")
    frame["when"] = pd.to_datetime(frame["when"], format="%d.%m.%Y")
    path = tmp_path / "dated.xlsx"
    frame.to_excel(path, index=False, startrow=2, sheet_name="Häuser")
    agrees(
        "workbook", changed(proposed(taken(path), settings(), seed=5), PLAIN, "holdout"), path, tmp_path, monkeypatch
    )


@pytest.mark.parametrize(
    "options", [{"difference": False}, {"difference": True, "stride": 2, "horizon": 3}], ids=["plain", "changes"]
)
def test_a_series(options, taken, tmp_path, monkeypatch):
    path = tmp_path / "series.csv"
    series(path)
    spec = proposed(taken(path), settings(), seed=6)
    assert spec.dataset.source == "series"
    dataset = spec.dataset.model_copy(update={"options": spec.dataset.options.replace(**options)})
    agrees("series", spec.model_copy(update={"dataset": dataset}), path, tmp_path, monkeypatch)


def test_no_script_is_better_than_a_wrong_one(taken, tmp_path):
    path = tmp_path / "dated.csv"
    dated(path)
    spec = changed(proposed(taken(path), settings()), ("group_rare", *PLAIN), "holdout")
    with pytest.raises(LookupError, match="group_rare"):
        script(spec)
