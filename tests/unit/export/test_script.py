"""The script as text: what a Keras author would write, and nothing a spec could smuggle in."""

import ast
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import catalog, recipes
from playground.data import outline
from playground.data.sources import OWN_SOURCES
from playground.export import notebook, script
from playground.export.calls import call, literal
from playground.export.named_tables import NAMES
from playground.export.sources import SOURCES
from playground.specs import RunSpec
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import fitting, started


def _long(inputs: list[str]) -> RunSpec:
    """A model whose calls are too long for a line, as a chain or as a graph."""
    many = {
        "kernel_initializer": {
            "kind": "VarianceScaling",
            "args": {"scale": 2.5, "mode": "fan_out", "distribution": "uniform"},
        },
        "kernel_regularizer": {"kind": "L1L2", "args": {"l1": 0.001, "l2": 0.002}},
        "bias_constraint": {"kind": "MinMaxNorm", "args": {"min_value": 0.5, "max_value": 0.75, "rate": 0.25}},
        "use_bias": False,
    }
    name = "a_layer_with_a_name_of_no_less_than_sixty_letters_to_its_name"[:60]
    layers = [
        {"kind": "Flatten", "name": "flatten", "args": {}, "inputs": inputs},
        {"kind": "Dense", "name": "l", "args": {"units": 4, "activation": "relu", **many}, "inputs": []},
        {"kind": "Dense", "name": name, "args": {"units": 4, "activation": "relu", "use_bias": False}, "inputs": []},
        {"kind": "Dense", "name": f"{name[:-1]}2", "args": {"units": 4}, "inputs": ["flatten"] if inputs else []},
        {"kind": "Dense", "name": "batches", "args": {"units": 4}, "inputs": []},
    ]
    if inputs:
        layers.append(
            {"kind": "Concatenate", "name": "keras", "args": {}, "inputs": ["l", name, f"{name[:-1]}2", "batches"]}
        )
    layers.append({"kind": "Dense", "name": "output", "args": {"units": 10, "activation": "softmax"}, "inputs": []})
    spec = recipes.recipe("digits-mlp").spec.model_dump()
    spec["model"]["layers"] = layers
    spec["training"]["optimizer"] = {
        "kind": "SGD",
        "args": {
            "learning_rate": {
                "kind": "CosineDecay",
                "args": {"initial_learning_rate": 0.1, "decay_steps": 100, "alpha": 0.01, "warmup_target": 0.2},
            },
            "momentum": 0.9,
            "nesterov": True,
        },
    }
    spec["training"]["callbacks"] = [
        {"kind": "EarlyStopping", "args": {"monitor": "val_accuracy", "patience": 3}},
        {
            "kind": "ReduceLROnPlateau",
            "args": {
                "monitor": "val_loss",
                "factor": 0.25,
                "patience": 7,
                "min_delta": 0.001,
                "cooldown": 2,
                "min_lr": 1e-05,
            },
        },
    ]
    return RunSpec.from_dict(spec)


def _changed(**layer: object) -> RunSpec:
    spec = recipes.recipe("digits-mlp").spec.model_dump()
    spec["model"]["layers"][1] |= layer
    return RunSpec.from_dict(spec)


@pytest.mark.parametrize("name", recipes.names())
def test_every_recipe_has_a_script_that_parses(name):
    source = script(recipes.recipe(name).spec)
    ast.parse(source)
    assert source.count("keras.utils.set_random_seed(SEED)") == 1
    ast.parse(source.encode())


def test_scripts_are_written_as_ruff_would_write_them(tmp_path):
    """Chains, graphs, long calls, nested objects: checked and formatted with ruff's own defaults."""
    specs = [recipes.recipe(name).spec for name in recipes.names()]
    dataset = first_dataset("digits")
    facts = outline(dataset)
    specs += [started(dataset, facts, template.name) for template in fitting(facts)]
    specs += [_long(inputs) for inputs in ([], ["input"])]
    specs += [
        RunSpec.from_dict(specs[0].model_dump() | {"dataset": first_dataset(entry.id).model_dump()})
        for entry in catalog.entries("datasets")
    ]
    for number, spec in enumerate(specs):
        (tmp_path / f"script_{number}.py").write_text(script(spec), "utf-8")
    for command in (["check"], ["format", "--diff"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(tmp_path)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_dataset_has_lines_of_its_own():
    elsewhere = NAMES | {"table"}  # these are read column by column
    assert set(SOURCES) | elsewhere == {entry.id for entry in catalog.entries("datasets")} | set(OWN_SOURCES)


def test_a_chain_is_a_sequential_model_and_defaults_stay_out():
    source = script(recipes.recipe("digits-mlp").spec)
    assert 'keras.layers.Dense(64, activation="relu", name="hidden"),' in source
    assert "keras.Sequential(" in source
    assert "use_bias" not in source


def test_a_graph_is_a_functional_model():
    spec = recipes.recipe("spiral").spec.model_dump()
    spec["model"]["layers"] = [
        {"kind": "Dense", "name": "left", "args": {"units": 4}, "inputs": ["input"]},
        {"kind": "Dense", "name": "class", "args": {"units": 4}, "inputs": ["input"]},
        {"kind": "Add", "name": "x", "args": {}, "inputs": ["left", "class"]},
        {"kind": "Dense", "name": "output", "args": {"units": 1}, "inputs": []},
    ]
    source = script(RunSpec.from_dict(spec))
    ast.parse(source)
    assert 'class_ = keras.layers.Dense(4, name="class")(inputs)' in source
    assert 'x_ = keras.layers.Add(name="x")([left, class_])' in source
    assert "model = keras.Model(inputs, output)" in source


@pytest.mark.parametrize(
    ("args", "written"),
    [
        ({"units": 3}, "keras.layers.Dense(3)"),
        ({"units": 3, "use_bias": True}, "keras.layers.Dense(3)"),
        ({"units": 3, "use_bias": False}, "keras.layers.Dense(3, use_bias=False)"),
        ({"units": 3, "activation": {"kind": "relu", "args": {}}}, 'keras.layers.Dense(3, activation="relu")'),
        (
            {"units": 3, "kernel_regularizer": {"kind": "L2", "args": {"l2": 0.1}}},
            "keras.layers.Dense(3, kernel_regularizer=keras.regularizers.L2(l2=0.1))",
        ),
    ],
)
def test_calls(args, written):
    assert call("layers", "Dense", args) == written


def test_a_schedule_in_the_place_of_a_rate():
    rate = {"kind": "CosineDecay", "args": {"initial_learning_rate": 0.1, "decay_steps": 100}}
    assert (
        call("optimizers", "SGD", {"learning_rate": rate})
        == "keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.CosineDecay(0.1, 100))"
    )


def test_unknown_things_are_refused():
    with pytest.raises(LookupError, match="'Lambda' is not among the layers"):
        call("layers", "Lambda", {})
    with pytest.raises(LookupError, match="no argument 'function'"):
        call("layers", "Dense", {"function": "x"})
    with pytest.raises(LookupError, match="among the activations"):
        call("layers", "Dense", {"units": 1, "activation": "os.system"})
    with pytest.raises(LookupError, match="units: Expected a number"):
        call("layers", "Dense", {"units": {"a": 1}})
    for initializer in ({}, {"kind": 1}, {"kind": "Zeros", "args": 3}, {"kind": "Constant", "args": {"value": {}}}):
        with pytest.raises(LookupError):
            call("layers", "Dense", {"units": 1, "kernel_initializer": initializer})
    with pytest.raises(TypeError, match="Expected a number"):
        literal({"a": 1})


UNTIMED = settings(deadline=None)
HOSTILE = (
    '"""\nimport os\nos.system("x")\n"""',
    "a\nimport os",
    "a\rimport os",
    "a\u2028import os",
    "a\x0cimport os",
    "\\",
    '"); import os; ("',
    "${jndi}",
    "coding: utf-7",
    "-*- coding: rot13 -*-",
    "fmt: off",
)


def shape_of(source: str) -> str:
    """Everything that Python makes of the bytes of a script, but the text in its quotes."""
    tree = ast.parse(source.encode())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


LETTERS = st.text(
    st.characters() | st.sampled_from(["\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", '"', "'", "\\"])
)


@UNTIMED
@given(LETTERS)
def test_no_name_changes_what_a_script_does(name):
    spec = recipes.recipe("digits-mlp").spec
    hostile = script(spec.model_copy(update={"name": name}))
    assert shape_of(hostile) == shape_of(script(spec))
    cells = [cell["source"] for cell in json.loads(notebook(spec.model_copy(update={"name": name})))["cells"]]
    assert len(cells) == len(json.loads(notebook(spec))["cells"])
    assert not re.search(r"[<>\[\]`*_$|!]", cells[0][0])


@UNTIMED
@given(LETTERS)
def test_no_text_changes_what_a_script_does(text):
    assert ast.literal_eval(literal(text)) == text
    assert literal(text).isprintable()
    try:
        callback = RunSpec.from_dict(_watching(text))
    except ValueError:
        return
    source = script(callback)
    assert shape_of(source) == shape_of(script(RunSpec.from_dict(_watching("loss"))))
    assert text in [node.value for node in ast.walk(ast.parse(source.encode())) if isinstance(node, ast.Constant)]


def _watching(monitor: str) -> dict:
    spec = recipes.recipe("digits-mlp").spec.model_dump()
    spec["training"]["callbacks"] = [{"kind": "EarlyStopping", "args": {"monitor": monitor}}]
    return spec


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(name):
    spec = recipes.recipe("digits-mlp").spec
    hostile = script(spec.model_copy(update={"name": name}))
    tree = ast.parse(hostile)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import) and node.names[0].name == "os"]
    assert imports == []
    assert shape_of(hostile) == shape_of(script(spec.model_copy(update={"name": "model"})))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    assert ast.literal_eval(literal(text)) == text
    spec = recipes.recipe("digits-mlp").spec.model_dump()
    spec["training"]["callbacks"] = [{"kind": "EarlyStopping", "args": {"monitor": text}}]
    tree = ast.parse(script(RunSpec.from_dict(spec)))
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert text in values


@pytest.mark.parametrize("value", [1, -1.5, 1e-30, True, None, "a", (1, 2), (1,), (), ((1, 2), (3, 4))])
def test_literals_mean_what_they_were(value):
    assert ast.literal_eval(literal(value)) == value


def test_a_step_is_written_as_the_app_does_it():
    spec = recipes.recipe("iris-mlp").spec.model_dump()
    spec["dataset"]["steps"] = [{"kind": "standardise", "args": {}}]
    source = script(RunSpec.from_dict(spec))
    assert "x[train].mean(axis=0, dtype=np.float64)" in source
    assert "validation" not in source, "iris-mlp keeps no validation part"
