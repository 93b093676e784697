"""The exported script of every setting of training gives the numbers of the app."""

from pathlib import Path

import numpy as np
import pytest

from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.export import script
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_here
from tests.contract.test_script_of_table import agrees
from tests.contract.training.specs import chosen, layer, spec

_THREE = [layer("Dense", "hidden", units=5, activation="tanh"), layer("Dense", "output", units=3, activation="softmax")]
_WARM = chosen("CosineDecay", initial_learning_rate=0.0, decay_steps=10, warmup_steps=4, warmup_target=0.02)
_EMA = {"use_ema": True, "ema_momentum": 0.8}


def _wine(loss: str, **training: object) -> RunSpec:
    made = spec(_THREE, "wine", steps=(chosen("standardise"),), loss=chosen(loss), epochs=2, batch_size=20)
    for name, value in training.items():
        made = with_value(made, f"training.{name}", value)
    return made


CASES = {
    "balanced classes of one-hot targets": _wine(
        "CategoricalCrossentropy", class_weight="balanced", weighted_metrics=True
    ),
    "numbers for classes as labels": _wine("SparseCategoricalCrossentropy", class_weight=[0.5, 1.0, 3.0]),
    "an average of the weights": spec(optimizer=chosen("Adam", learning_rate=0.02, **_EMA)),
    "validated with the average": spec(
        optimizer=chosen("Adam", learning_rate=0.02, **_EMA), callbacks=(chosen("SwapEMAWeights"),)
    ),
    "warm-up, accumulation and clipping": spec(
        optimizer=chosen("AdamW", learning_rate=_WARM, gradient_accumulation_steps=3, global_clipnorm=0.1)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_script_gives_the_numbers_of_the_app(name, tmp_path, monkeypatch):
    gives_the_numbers_here(name, CASES[name], script(CASES[name]), tmp_path, monkeypatch)


def test_a_column_of_ones_own_table_weighs_the_rows(home, tmp_path, monkeypatch):
    path = _table(tmp_path)
    case = proposed(take_in(path, path.name, settings(), lambda fraction, message: None), settings(), seed=4)
    for where, value in {
        "dataset.target": "kind",
        "dataset.features": ["size", "width"],
        "dataset.steps": [{"kind": "drop_gaps"}, {"kind": "standardise"}],
        "training.sample_weight": "times",
        "training.class_weight": "balanced",
    }.items():
        case = with_value(case, where, value)
    agrees("weights", case, path, tmp_path, monkeypatch)


def _table(folder: Path) -> Path:
    """A table with gaps in the target and in a column that is learned from, whose rows are left out."""
    rng = np.random.default_rng(2)
    lines = ["size;width;times;kind"]
    for row in range(140):
        size = "" if row % 17 == 4 else f"{rng.normal():.2f}".replace(".", ",")
        kind = ("yes", "no", "no", "")[row % 4]
        lines.append(f"{size};{row % 11};{str(row % 3 * 0.5).replace('.', ',')};{kind}")
    path = folder / "own.csv"
    path.write_text("\n".join(lines))
    return path
