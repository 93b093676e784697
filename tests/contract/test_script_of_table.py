"""The exported script of a run on a table of one's own reads the same file and gives the numbers of the app."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from playground.data.proposal import proposed
from playground.data.upload import take_in
from playground.export import script
from playground.settings import settings
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_of_the_app

pytestmark = pytest.mark.contract


def write(path: Path, target: str) -> Path:
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
    return path


@pytest.mark.parametrize("target", ["number", "class"])
def test_the_script_gives_the_numbers_of_the_app(target, home, tmp_path):
    path = write(tmp_path / "eigene.csv", target)
    server = settings()
    profile = take_in(path, path.name, server, lambda fraction, message: None)
    spec = with_value(proposed(profile, server, seed=4), "training.epochs", 3)
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
    shutil.copytree(server.uploads_dir, folder / "home" / "uploads")
    gives_the_numbers_of_the_app(target, spec, [source], folder)


def test_no_script_is_better_than_a_wrong_one(home, tmp_path):
    path = tmp_path / "dates.csv"
    path.write_text(
        "when,what,y\n" + "\n".join(f"2020-01-{1 + row % 28:02},{'ab'[row % 2]},{row}" for row in range(60))
    )
    server = settings()
    spec = proposed(take_in(path, path.name, server, lambda fraction, message: None), server)
    with pytest.raises(LookupError, match="type date: 'when'"):
        script(spec)
