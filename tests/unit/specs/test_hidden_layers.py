"""Another activation or initializer for all hidden layers at once."""

import pytest

from playground import recipes
from playground.catalog.bends import bends
from playground.data import outline
from playground.specs.hidden_layers import bent_layers, with_activation, with_initializer
from playground.specs.problems import problems
from playground.specs.run_spec import LayerSpec, ModelSpec

pytestmark = pytest.mark.unit

SPIRAL = recipes.recipe("spiral").spec


def model_of(*layers):
    values = [
        {"kind": kind, "name": name, "args": args, "inputs": list(inputs)} for kind, name, args, *inputs in layers
    ]
    return SPIRAL.model_copy(update={"model": ModelSpec.model_validate({"layers": values})})


def kinds(spec):
    return [(layer.kind, layer.args.get("activation")) for layer in spec.model.layers]


@pytest.mark.parametrize("name", [name for name in recipes.names() if recipes.recipe(name).offline])
@pytest.mark.parametrize("kind", ["tanh", "LeakyReLU"])
def test_no_example_breaks_and_no_output_changes(name, kind):
    spec = recipes.recipe(name).spec
    facts = outline(spec.dataset)
    changed = with_activation(spec, kind, {}, facts)
    assert changed.model.layers[-1] == spec.model.layers[-1]
    before = {problem.rule for problem in problems(spec, facts) if problem.is_blocking}
    assert {problem.rule for problem in problems(changed, facts) if problem.is_blocking} <= before


@pytest.mark.parametrize("entry", bends(), ids=lambda entry: entry.id)
def test_every_activation_can_be_taken(entry):
    changed = with_activation(SPIRAL, entry.id)
    wanted = entry.id
    if entry.kind == "activations":
        assert [layer.args.get("activation") for layer in changed.model.layers[:-1]] == [wanted, wanted]
    else:
        assert [layer.kind for layer in changed.model.layers] == ["Dense", wanted, "Dense", wanted, "Dense"]
        assert [layer.args.get("activation") for layer in changed.model.layers[::2]][:2] == ["linear", "linear"]


def test_a_layer_takes_its_arguments_and_the_place_among_its_readers():
    spec = model_of(
        ("Dense", "a", {"units": 4, "activation": "relu"}),
        ("Dense", "b", {"units": 4, "activation": "tanh"}),
        ("Concatenate", "both", {}, "a", "b"),
        ("Dense", "out", {"units": 1, "activation": "sigmoid"}),
    )
    changed = with_activation(spec, "LeakyReLU", {"negative_slope": 0.1})
    layers = {layer.name: layer for layer in changed.model.layers}
    assert layers["both"].inputs == ("leaky_relu", "leaky_relu_1")
    assert layers["leaky_relu"].args.plain() == {"negative_slope": 0.1}
    assert [layer.name for layer in changed.model.layers] == ["a", "leaky_relu", "b", "leaky_relu_1", "both", "out"]


def test_activation_layers_are_replaced_and_plain_layers_left_plain():
    spec = model_of(
        ("Dense", "a", {"units": 4}),
        ("BatchNormalization", "norm", {}),
        ("Activation", "act", {"activation": "relu"}),
        ("ReLU", "act2", {}),
        ("Dense", "out", {"units": 1, "activation": "sigmoid"}),
    )
    assert bent_layers(spec) == ("act", "act2")
    changed = with_activation(spec, "gelu")
    assert kinds(changed)[2:4] == [("Activation", "gelu"), ("Activation", "gelu")]
    assert changed.model.layers[0] == spec.model.layers[0]
    assert [layer.kind for layer in with_activation(spec, "ELU").model.layers][2:4] == ["ELU", "ELU"]


def test_where_no_layer_bends_those_that_could_do():
    spec = model_of(("Dense", "a", {"units": 4}), ("Dense", "out", {"units": 1, "activation": "sigmoid"}))
    assert bent_layers(spec) == ("a",)
    assert kinds(with_activation(spec, "relu"))[0] == ("Dense", "relu")


def test_the_gates_of_recurrent_layers_stay():
    spec = model_of(("LSTM", "memory", {"units": 4}), ("Dense", "out", {"units": 1, "activation": "sigmoid"}))
    assert bent_layers(spec) == ()
    assert with_activation(spec, "relu") == spec


def test_an_initializer_goes_to_hidden_kernels_only():
    changed = with_initializer(SPIRAL, "HeNormal")
    assert [layer.args.get("kernel_initializer") for layer in changed.model.layers] == ["HeNormal", "HeNormal", None]
    scaled = with_initializer(SPIRAL, "VarianceScaling", {"scale": 2.0})
    assert isinstance(scaled.model.layers[0], LayerSpec)
    assert scaled.model.layers[0].args.plain()["kernel_initializer"] == {
        "kind": "VarianceScaling",
        "args": {"scale": 2.0},
    }


def test_a_name_that_is_none_is_refused():
    with pytest.raises(KeyError, match="no activation 'relo'"):
        with_activation(SPIRAL, "relo")
