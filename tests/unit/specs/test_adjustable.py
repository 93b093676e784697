"""Which numbers of a run can be changed from one of its epochs to the next."""

import pytest

from playground import catalog
from playground.recipes import recipe
from playground.specs import RunSpec
from playground.specs.adjustable import adjustable, adjusted
from playground.specs.edit import with_value

pytestmark = pytest.mark.unit


def with_l2(spec: RunSpec) -> RunSpec:
    regularizer = {"kind": "L2", "args": {"l2": 0.01}}
    return with_value(spec, "model.layers.0.kernel_regularizer", regularizer)


@pytest.fixture
def spec() -> RunSpec:
    return with_l2(recipe("digits-cnn").spec)


def test_numbers_of_layers_their_parts_the_optimizer_and_the_batch_are_listed(spec):
    values = {number.path: number.value for number in adjustable(spec)}
    assert next(iter(values.items())) == ("training.batch_size", 32)
    assert values["model.layers.0.kernel_regularizer.l2"] == 0.01
    assert values["training.optimizer.beta_1"] == 0.9
    assert values["training.optimizer.clipnorm"] is None
    dropouts = [at for at, layer in enumerate(spec.model.layers) if layer.kind == "Dropout"]
    assert dropouts
    assert all(values[f"model.layers.{at}.rate"] > 0 for at in dropouts)
    assert not [path for path in values if "learning_rate" in path or "initializer" in path or "units" in path]
    assert "training.optimizer.ema_momentum" not in values, "nothing is averaged"


@pytest.mark.parametrize("entry", catalog.entries("optimizers"), ids=lambda entry: entry.id)
def test_every_number_of_every_optimizer_can_be_put_back(spec, entry):
    spec = with_value(spec, "training.optimizer", entry.id)
    for number in adjustable(spec):
        same = adjusted(spec, {number.path: number.value})
        assert {each.path: each.value for each in adjustable(same)} == {
            each.path: each.value for each in adjustable(spec)
        }


def test_several_at_once_and_none_where_one_is_refused(spec):
    changed = adjusted(spec, {"model.layers.0.kernel_regularizer.l2": 0.5, "training.batch_size": 7})
    assert changed.training.batch_size == 7
    assert changed.model.layers[0].args["kernel_regularizer"]["args"]["l2"] == 0.5
    with pytest.raises(ValueError, match=r"model\.layers\.0\.filters.*cannot be changed while a run trains"):
        adjusted(spec, {"training.batch_size": 7, "model.layers.0.filters": 2})
