"""How many threads a run's operations use: decided in a process of its own, as a run's is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from playground import data, recipes
from playground.settings import Settings
from playground.specs.facts import Facts
from playground.training.cost import cost
from playground.training.shapes import summarise
from playground.training.threads import multiply_adds
from tests.contract.training.specs import DIGITS_CNN, DIGITS_LSTM, MLP, layer, spec

ROOT = Path(__file__).parents[3]
_TRAIN = """
import json, sys
from pathlib import Path
import tensorflow as tf
from playground import data
from playground.runs import open_store
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training import session

if sys.argv[3] == "in use":
    tf.constant(1.0)
settings, spec = Settings(home=Path(sys.argv[2])), RunSpec.from_json(sys.argv[1])
prepared = data.prepare(spec.dataset, spec.seed, settings)
store = open_store(settings)
run_id = store.runs.create(spec, "local")
store.runs.append(run_id, "started", {"device": "CPU"})
session.train(spec, prepared, store.runs.journal(run_id), settings.run_dir(run_id), settings, {"device": "CPU"})
print(json.dumps([store.runs.run(run_id).state, tf.config.threading.get_intra_op_parallelism_threads()]))
"""
WIDE = [layer("Dense", "wide", units=2000), layer("Dense", "wider", units=2000), *MLP]


@pytest.mark.parametrize(
    ("layers", "before", "threads"), [(MLP, "", 1), (WIDE, "", 0), (MLP, "in use", 0)], ids=["small", "wide", "in-use"]
)
def test_a_small_network_leaves_the_other_processors_alone(tmp_path, layers, before, threads):
    command = [sys.executable, "-c", _TRAIN, spec(layers, epochs=1).to_json(), str(tmp_path), before]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout.splitlines()[-1]) == ["finished", threads]  # 0: as TensorFlow likes


@pytest.mark.parametrize(
    ("layers", "shape"),
    [(MLP, (2,)), (DIGITS_CNN, (8, 8, 1)), (DIGITS_LSTM, (8, 8))],
    ids=["dense", "convolution", "recurrent"],
)
def test_the_quick_count_comes_near_the_exact_one(layers, shape):
    summary = summarise(spec(layers).model, shape, "float32", Settings())
    exact = sum(
        each.multiply_adds
        for each in cost(spec(layers), Facts(task="multiclass", input_shape=shape, classes=tuple("0123456789"))).layers
    )
    assert exact <= multiply_adds(summary, shape) <= 1.5 * exact


def test_examples_on_both_sides():
    def per_step(name: str) -> int:
        chosen = recipes.recipe(name).spec
        facts = data.outline(chosen.dataset)
        summary = summarise(chosen.model, facts.input_shape, facts.input_dtype, Settings())
        return multiply_adds(summary, facts.input_shape) * chosen.training.batch_size

    assert per_step("spiral") < per_step("digits-mlp") < 1_000_000
    assert per_step("digits-cnn") > 30_000_000
