"""Makes, trains and exports what the catalogue offers, each entry in a run as small as it can be.

The exported code is run up to ``fit``, and what it has made by then must have the same configuration.
"""

import functools
import math
from typing import Any

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog import Entry, Param
from playground.data import outline
from playground.export import script
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.problems import problems
from playground.training.build import build, compile_model
from playground.training.resident import Resident
from playground.training.targets import targets
from tests.contract.training.specs import BINARY, CHANNEL, MULTICLASS, SQUARED, chosen, layer

ROWS = 8
IN_FRONT = {
    3: layer("Concatenate", "shaped", "input", "input", "input"),
    4: layer("Reshape", "shaped", target_shape=(4, 4, 4, 1)),
    5: layer("Reshape", "shaped", target_shape=(2, 4, 4, 2, 1)),
}
"""What brings the data of no such rank to it: images of three channels, volumes, and sequences of volumes."""
BY_RANK: dict[int, dict[str, Any]] = {
    1: {"source": "iris"},
    2: {"source": "digits"},
    3: {"source": "digits", "steps": (CHANNEL,)},
    4: {"source": "digits"},
    5: {"source": "digits"},
}
SHAPES = {1: (6,), 2: (8, 4), 3: (8, 8, 3), 4: (4, 4, 4, 3), 5: (2, 4, 4, 4, 3)}
BY_TASK: dict[str, dict[str, Any]] = {
    "binary": {"source": "moons", "layers": [layer("Dense", "output", units=1, activation="sigmoid")], "loss": BINARY},
    "multiclass": {
        "source": "iris",
        "layers": [layer("Dense", "output", units=3, activation="softmax")],
        "loss": MULTICLASS,
    },
    # A Poisson loss takes the logarithm of the output, so the output stays above zero.
    "regression": {
        "source": "plane",
        "layers": [layer("Dense", "output", units=1, activation="softplus")],
        "loss": SQUARED,
    },
    "reconstruction": {
        "source": "iris",
        "target": "input",
        "layers": [layer("Dense", "output", units=4, activation="sigmoid")],
        "loss": SQUARED,
    },
}
DOWNHILL = chosen("SGD", learning_rate=0.1)
GIVEN = {
    "target_shape": (-1,),
    "boundaries": (2, 4),
    "values": (0.1, 0.01, 0.001),
    "layer": chosen("Dense", units=2),
    "equation": "...a,ab->...b",
    "bin_boundaries": (-0.5, 0.5),
    "mean": (0.5,),
    "variance": (2.0,),
    "axes": -1,
    "input_dim": 10,
}
GIVEN_IN = {("Bidirectional", "layer"): chosen("GRU", units=2)}


def offered(kind: str) -> list[Any]:
    """The entries of a table as cases."""
    return [pytest.param(each, id=each.id) for each in catalog.entries(kind)]


def required(each: Entry, rank: int = 1) -> dict[str, Any]:
    """Small values for the arguments without which ``each`` cannot be made."""
    needed = [param for param in each.params if param.required]
    return {param.name: GIVEN_IN.get((each.id, param.name)) or _small(param, rank) for param in needed}


def _small(param: Param, rank: int) -> Any:
    if param.name in GIVEN:
        return GIVEN[param.name]
    if param.name == "dims":
        return tuple(range(rank, 0, -1))
    if param.kind in ("int", "shape"):
        return max(2, int(param.minimum or 0))
    if param.kind == "float":
        return 0.5 if param.maximum is None or param.maximum > 0.5 else param.maximum / 2
    if param.kind == "choice":
        return param.choices[0]
    if param.kind == "object":
        return catalog.entries(param.of)[1].id
    raise LookupError(f"no small value for {param}")


@functools.cache
def rows(shape: tuple[int, ...], is_whole: bool) -> np.ndarray:
    """Inputs: whole numbers from 0 to 1 for what looks rows up by number, or numbers around zero."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, 2, (ROWS, *shape)) if is_whole else rng.normal(size=(ROWS, *shape))
    return x.astype(np.float32)


def reads_whole_numbers(each: Entry) -> bool:
    """Whether a layer looks its inputs up by number."""
    return any(each.param(name) for name in ("input_dim", "num_tokens"))


def labels(facts: Facts) -> np.ndarray:
    """Targets of the dataset's task, every class among them; the inputs where these are to be rebuilt."""
    if facts.task == "reconstruction":
        return rows(facts.input_shape, False)
    shape = (ROWS, *facts.target_shape)
    n = math.prod(shape)
    return (np.arange(n) % len(facts.classes) if facts.classes else np.linspace(0.5, 2.5, n)).reshape(shape)


def trained(run: RunSpec, *, is_whole: bool = False) -> tuple[keras.Model, dict[str, float]]:
    """The model of ``run`` after one step of the app's own loop, and what the step reports."""
    facts = outline(run.dataset)
    assert [problem.reason for problem in problems(run, facts, Settings()) if problem.is_blocking] == []
    keras.utils.clear_session(free_memory=False)  # names are numbered
    keras.utils.set_random_seed(1)
    model = build(run.model, facts.input_shape)
    compile_model(model, run.training)
    x, y = rows(facts.input_shape, is_whole), targets(labels(facts), facts, run.training)
    before = {each.name: _trainable(each) for each in model.layers if each.trainable_weights}
    block = Resident(model, x, y, ROWS).block(np.arange(ROWS), 0, 1)
    assert {name: math.isfinite(value) for name, value in block.closed.items()} == dict.fromkeys(block.closed, True)
    assert before
    stuck = [name for name, weights in before.items() if np.array_equal(weights, _trainable(model.get_layer(name)))]
    assert stuck == [], "a step changes weights of every layer that has some"
    return model, block.closed


def _trainable(each: keras.Layer) -> np.ndarray:
    return np.concatenate([weight.numpy().ravel() for weight in each.trainable_weights])


def exported(run: RunSpec) -> dict[str, Any]:
    """What the exported script of ``run`` has made before it fits: its globals."""
    keras.utils.clear_session(free_memory=False)
    head, rest = script(run).split("# Load\n")
    define = rest.split("# Define")[1].split("# Fit")[0]
    made_by_script: dict[str, Any] = {}
    exec(compile(f"{head}\n# Define{define}", "script", "exec"), made_by_script)
    return made_by_script


def configurations(model: keras.Model) -> dict[str, Any]:
    """Configurations of all layers by name, and of what the model was compiled with."""
    found = {each.name: keras.saving.serialize_keras_object(each) for each in model.layers}
    found.pop("input", None)  # a Sequential has none
    return {"layers": found, "compiled": model.get_compile_config()}


def sizes(model: keras.Model) -> dict[str, tuple[Any, int]]:
    """Output shape and parameters of all layers by name."""
    return {each.name: (each.output.shape, each.count_params()) for each in model.layers if each.name != "input"}


def trains_and_is_exported(run: RunSpec, *, is_whole: bool = False) -> tuple[keras.Model, dict[str, float]]:
    """One step in the app; the exported code makes the same."""
    model, values = trained(run, is_whole=is_whole)
    other = exported(run)["model"]
    assert configurations(other) == configurations(model)
    assert sizes(other) == sizes(model)
    return model, values
