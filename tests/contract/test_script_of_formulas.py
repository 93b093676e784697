"""Formulas in an exported script: plain Keras code, laid out as a formatter would, that gives the app's numbers."""

import subprocess
import sys

import pytest

from playground.catalog.formulas import ROLES
from playground.export import script
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_here
from tests.contract.training.specs import chosen, layer, spec

pytestmark = pytest.mark.contract

_SWISH = chosen("Formula", formula=ROLES["activations"].examples["Swish"])
_SNAKE = chosen("Formula", formula=ROLES["activations"].examples["Snake"])
_LAYERS = [
    layer("Dense", "first", units=6, activation=_SWISH),
    layer("Dense", "second", units=5, activation=_SNAKE),
    layer("Activation", "third", activation=_SWISH),
    layer("Dense", "output", units=1, activation="sigmoid"),
]
_RATE = chosen(
    "Formula",
    formula=ROLES["schedules"].examples["Warm-up, then cosine"],
    initial_learning_rate=0.05,
    decay_steps=20,
)


def _case(precision="float32"):
    made = spec(
        _LAYERS,
        optimizer=chosen("Adam", learning_rate=_RATE),
        loss=chosen("Formula", formula=ROLES["losses"].examples["Focal"]),
    )
    return with_value(made, "training.precision", precision)


@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16"])
def test_the_script_gives_the_numbers_of_the_app(precision, tmp_path, monkeypatch):
    case = _case(precision)
    text = script(case)
    assert text.count("def activation_formula") == 2, "each once, however often it is used"
    assert "ScheduleFormula(initial_learning_rate=0.05, decay_steps=20)" in text
    gives_the_numbers_here("formulas", case, text, tmp_path, monkeypatch)


@pytest.mark.parametrize("table", ROLES)
def test_every_example_is_written_as_a_formatter_would(table, tmp_path):
    for number, formula in enumerate(ROLES[table].examples.values()):
        args = {"formula": formula}
        made = spec()
        if table == "activations":
            made = spec([layer("Dense", "h", units=3, activation=chosen("Formula", **args)), *_LAYERS[-1:]])
        elif table == "losses":
            made = spec(loss=chosen("Formula", **args))
        else:
            rate = chosen("Formula", initial_learning_rate=0.1, decay_steps=7, **args)
            made = spec(optimizer=chosen("SGD", learning_rate=rate))
        (tmp_path / f"script_{number}.py").write_text(script(made), "utf-8")
    for command in (["format", "--check"], ["check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(tmp_path)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
