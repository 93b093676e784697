"""The exported script of a run on images or arrays of one's own reads the same file and gives the app's numbers."""

import io
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.export import script
from playground.settings import settings
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_here
from tests.pictures import archive, classes, image

pytestmark = pytest.mark.contract

STEPS = (
    {"kind": "resize", "args": {"height": 12, "width": 14, "method": "lanczos"}},
    {"kind": "center_crop", "args": {"height": 10, "width": 9}},
    {"kind": "grey", "args": {}},
    {"kind": "standardise_channels", "args": {}},
)


def pictures(path: Path) -> Path:
    """A divided archive with a broken image, one of too many pixels, and hidden files."""
    found = {**classes(14, "set/train/"), **classes(5, "set/val/"), **classes(6, "set/test/")}
    found["set/train/high/broken.png"] = image(3)[:60]
    huge = io.BytesIO()
    Image.new("1", (8_000, 6_300)).save(huge, "PNG")
    found["set/train/low/huge.png"] = huge.getvalue()
    found["__MACOSX/set/train/high/._000.png"] = b"notes"
    found["set/train/low/.hidden.png"] = image(4)
    found["set/readme.txt"] = b"read me"
    return archive(path, found)


def arrays(path: Path) -> Path:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(90, 12, 2))
    np.savez(path, x=x, y=x.sum(axis=(1, 2)))
    return path


def divided(path: Path) -> Path:
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 256, (80, 9, 8), dtype=np.uint8), np.array(["no", "yes"])[np.arange(80) % 2]
    np.savez_compressed(path, x_train=x[:60], y_train=y[:60], x_test=x[60:], y_test=y[60:])
    return path


@pytest.mark.parametrize(
    ("make", "name", "steps"),
    [
        (pictures, "set.zip", None),
        (pictures, "set.zip", STEPS),
        (arrays, "waves.npz", None),
        (divided, "divided.npz", None),
    ],
    ids=["images", "steps", "sequences", "divided"],
)
def test_the_script_gives_the_numbers_of_the_app(make, name, steps, home, tmp_path, monkeypatch):
    path = make(tmp_path / name)
    server = settings()
    profile = take_in(path, path.name, server, lambda fraction, message: None)
    spec = with_value(proposed(profile, server, seed=4), "training.epochs", 2)
    # The data is what matters here, and a small network is built in no time.
    layers = [{"kind": "Flatten", "name": "flatten"}, spec.model.layers[-1].model_dump()]
    spec = with_value(spec, "model.layers", layers)
    if steps:
        spec = with_value(spec, "dataset.steps", steps)
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
    gives_the_numbers_here("images", spec, source, folder, monkeypatch)
