"""``run --data`` for images and arrays and ``run --openml``: from the file to a trained network, through the engine."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from playground.data.uploads.upload import brought
from playground.engine.client import Client
from playground.engine.tables import submit_public, taken_in
from tests.faults.engine import engine
from tests.openml_server import ROWS, flowers
from tests.pictures import archive, classes
from tests.unit.data.file_server import Files

pytestmark = pytest.mark.contract

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def openml() -> Iterator[Files]:
    with flowers() as server:
        yield server


@pytest.fixture(scope="module")
def client(tmp_path_factory, openml) -> Iterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("PLAYGROUND_OPENML_URL", openml.url)
        with engine(tmp_path_factory.mktemp("arrays"), openml_url=openml.url) as client:
            client.ensure_host()
            yield client


@pytest.fixture
def command(client) -> Run:
    places = {"PLAYGROUND_HOME": str(client.settings.home), "PLAYGROUND_SLOTS_DIR": str(client.settings.slots_dir)}

    def run(*args: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "playground", "run", *args, "--set", "training.epochs=2"]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, **places})

    return run


def test_a_zip_of_images_is_learned_and_the_proposal_explained(command, tmp_path):
    path = archive(tmp_path / "shapes.zip", {**classes(10, size=(12, 10)), "low/notes.txt": b"none"})
    done = command("--data", str(path))
    assert done.returncode == 0, done.stderr
    for words in (
        "20 images of shape 10 × 12 × 3",
        "Task binary: there are 2 folders, each a class",
        "Classes: high (10), low (10)",
        "Left out: 1 not called like an image, such as low/notes.txt",
        "Steps: scale",
    ):
        assert words in done.stderr
    assert "test accuracy" in done.stdout


def test_arrays_are_learned_and_a_target_is_refused(client, command, tmp_path):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 5))
    np.savez(tmp_path / "numbers.npz", x=x, y=x.sum(axis=1))
    done = command("--data", str(tmp_path / "numbers.npz"), "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["state"], set(result["test"])) == ("finished", {"loss", "mean_absolute_error", "r2_score"})
    assert client.store.runs.spec(result["id"]).dataset.source == "arrays"
    refused = command("--data", str(tmp_path / "numbers.npz"), "--target", "y")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "whose targets are fixed: leave out --target" in refused.stderr


def test_a_job_takes_in_a_set_of_openml(client, openml):
    profile = taken_in(client, submit_public(client, "openml", "flowers"))
    assert (profile.name, profile.n_rows, profile.openml) == ("flowers (OpenML 61)", ROWS, 61)
    assert (profile.target, profile.target_reason) == ("class", "it is OpenML's target")
    assert brought(profile.file, client.settings) == profile
    openml.asked.clear()
    assert taken_in(client, submit_public(client, "openml", "61")) == profile
    assert openml.asked == [], "it is here already"
