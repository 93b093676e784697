"""The script as text: what a Keras author would write, and nothing a spec could smuggle in."""

import ast

import pytest

from playground import recipes
from playground.export import script
from playground.export.calls import call, literal
from playground.specs import RunSpec


def _changed(**layer: object) -> RunSpec:
    spec = recipes.recipe("digits-mlp").spec.model_dump()
    spec["model"]["layers"][1] |= layer
    return RunSpec.from_dict(spec)


@pytest.mark.parametrize("name", recipes.names())
def test_every_recipe_has_a_script_that_parses(name):
    source = script(recipes.recipe(name).spec)
    ast.parse(source)
    assert source.count("keras.utils.set_random_seed(SEED)") == 1
    assert max(map(len, source.splitlines())) <= 130


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
    with pytest.raises(TypeError, match="Expected a number"):
        literal({"a": 1})


HOSTILE = (
    '"""\nimport os\nos.system("x")\n"""',
    "a\nimport os",
    "a\rimport os",
    "a\u2028import os",
    "a\x0cimport os",
    "\\",
    '"); import os; ("',
    "${jndi}",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_comment(name):
    spec = recipes.recipe("digits-mlp").spec
    plain = ast.dump(ast.parse(script(spec.model_copy(update={"name": "model"}))))
    hostile = script(spec.model_copy(update={"name": name}))
    tree = ast.parse(hostile)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import) and node.names[0].name == "os"]
    assert imports == []
    saved = [line for line in hostile.splitlines() if line.startswith("model.save(")]
    assert len(saved) == 1
    assert ast.dump(ast.parse(hostile.replace(saved[0], 'model.save("model.keras")'))) == plain


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
