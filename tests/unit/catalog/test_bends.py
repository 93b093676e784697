"""What the labs can show is all that the catalogue has."""

import pytest

from playground import catalog
from playground.catalog.bends import bend, bends
from playground.catalog.loss_domains import LOSS_DOMAINS
from playground.catalog.tables import facts
from playground.ui import lab_fields
from playground.ui.losses_choice import losses_of

pytestmark = pytest.mark.unit

VIEWS = ("regression", "binary", "multiclass")


def test_every_activation_and_every_layer_that_is_one_is_there_once():
    layers = [each.id for each in catalog.entries("layers") if each.group == "Activation" and each.id != "Activation"]
    assert [each.id for each in bends()] == [*(each.id for each in catalog.entries("activations")), *layers]
    assert {"ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"} <= set(layers)
    assert bend("relu").kind == "activations"
    assert bend("ReLU").kind == "layers"
    assert bend("no such") is None


@pytest.mark.parametrize("entry", catalog.entries("activations"), ids=lambda entry: entry.id)
def test_a_function_has_all_arguments_that_keras_gives_it_but_values_and_axis(entry):
    described = facts()["tables"]["activations"][entry.id]["arguments"]
    wanted = {each["name"]: each["default"] for each in described if each["name"] not in ("x", "axis")}
    assert {param.name: param.default for param in bend(entry.id).params} == wanted


@pytest.mark.parametrize("entry", bends(), ids=lambda entry: entry.id)
def test_every_argument_that_can_be_moved_has_a_widget(entry):
    assert [param.name for param in lab_fields.movable(entry, "activations")] == [param.name for param in entry.params]


def test_every_loss_is_looked_at_and_its_domain_is_said():
    every = {entry.id for entry in catalog.entries("losses")}
    assert {entry.id for view in VIEWS for entry in losses_of(view)} == every
    assert set(LOSS_DOMAINS) == every


@pytest.mark.parametrize("table", ["losses", "initializers"])
def test_the_default_of_every_argument_lies_on_its_slider(table):
    for entry in catalog.entries(table):
        for param in lab_fields.movable(entry, table):
            if param.kind == "float" and param.default is not None:
                low, high = lab_fields.RANGES[table, param.name]
                assert low <= param.default <= high, (entry.id, param.name)
                assert param.accepts(low)
                assert param.accepts(high)
