"""The exported script of a run on texts of one's own makes the same numbers of the same words."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.export import script
from playground.settings import settings
from playground.specs import StepSpec
from playground.specs.args import Args
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_here
from tests.contract.training.specs import layer

pytestmark = pytest.mark.contract

WORDS = ["Good", "good,", "bad!", "it's", "don't", "naïve", "the", "The", "plot", "(old)", "10%", "GROẞ"]
HIDDEN = {
    "sequences": [layer("Embedding", "embed", input_dim=16, output_dim=4), layer("GlobalAveragePooling1D", "mean")],
    "multi_hot": [layer("Dense", "hidden", units=4, activation="tanh")],
}


def texts(path: Path) -> None:
    """Sentences of two columns, a few of them missing or equal, and a number with gaps."""
    rng = np.random.default_rng(3)
    lines = ["note,more,size,kind"]
    for row in range(110):
        note = " ".join(rng.choice(WORDS, rng.integers(4, 12))).replace(",", "")
        more = "" if row % 20 == 3 else " ".join(rng.choice(["a", "b", "C", "c,", "d"], 8))
        lines.append(f'no {row} {note},"also {more}",{"" if row % 9 == 0 else row % 7},{"ab"[rng.integers(2)]}')
    path.write_text("\n".join([*lines, *lines[4:9]]), "utf-8")


@pytest.mark.parametrize(
    ("kind", "args", "features"),
    [
        ("sequences", {"max_words": 14, "length": 6}, ("note",)),
        (
            "sequences",
            {"max_words": 14, "length": 8, "standardize": "lower", "padding": "post", "truncating": "post"},
            ("note",),
        ),
        ("multi_hot", {"max_words": 12}, ("note", "size", "more")),
        ("multi_hot", {"max_words": 300, "standardize": "none"}, ("more", "note")),
    ],
)
def test_the_script_gives_the_numbers_of_the_app(kind, args, features, home, tmp_path, monkeypatch):
    path = tmp_path / "texts.csv"
    texts(path)
    profile = take_in(path, path.name, settings(), lambda fraction, message: None)
    spec = with_value(proposed(profile, settings(), seed=5), "training.epochs", 2)
    kinds: tuple[tuple[str, dict[str, Any]], ...] = (
        (("fill", {}), (kind, args)) if "size" in features else ((kind, args),)
    )
    steps = tuple(StepSpec(kind=each, args=Args(given)) for each, given in kinds)
    spec = spec.model_copy(update={"dataset": spec.dataset.model_copy(update={"features": features, "steps": steps})})
    spec = with_value(spec, "model.layers", [*HIDDEN[kind], spec.model.layers[-1].model_dump()])
    source = script(spec)
    folder = tmp_path / "alone"
    folder.mkdir()
    shutil.copy(path, folder)
    shutil.copytree(settings().uploads_dir, folder / "home" / "uploads")
    written = tmp_path / "written.py"
    written.write_text(source, "utf-8")
    for command in (["check"], ["format", "--diff"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(written)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    gives_the_numbers_here(kind, spec, source, folder, monkeypatch)
