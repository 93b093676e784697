"""Every entry of the catalogue but layers with the real Keras: made as in the app, trained a step, and exported."""

import keras
import pytest

from playground import catalog
from playground.export import calls
from playground.training.objects import made
from tests.contract.tiny import (
    BY_TASK,
    DOWNHILL,
    offered,
    required,
    trains_and_is_exported,
)
from tests.contract.training.specs import SQUARED, chosen, layer, spec


@pytest.mark.parametrize("each", offered("activations"))
def test_every_activation_trains_and_is_exported(each):
    run = spec(
        [
            layer("Dense", "it", units=4, activation=each.id),
            layer("Activation", "again", activation=each.id),
            layer("Dense", "output", units=1),
        ],
        "plane",
        loss=SQUARED,
        optimizer=DOWNHILL,
    )
    model, _ = trains_and_is_exported(run)
    assert model.get_layer("it").activation is getattr(keras.activations, each.id)


LOSS_CASES = [
    pytest.param(each, task, id=f"{each.id}-{task}") for each in catalog.entries("losses") for task in each.tasks
]


@pytest.mark.parametrize(("each", "task"), LOSS_CASES)
def test_every_loss_trains_and_is_exported_for_each_of_its_tasks(each, task):
    model, values = trains_and_is_exported(
        spec(**{**BY_TASK[task], "loss": chosen(each.id), "metrics": ()}, optimizer=DOWNHILL)
    )
    assert set(values) == {"loss"}
    assert type(model.loss) is getattr(keras.losses, each.id)


@pytest.mark.parametrize("each", offered("optimizers"))
def test_every_optimizer_trains_and_is_exported(each):
    layers = [layer("Dense", "hidden", units=4, activation="tanh"), layer("Dense", "output", units=1)]
    model, _ = trains_and_is_exported(spec(layers, "plane", loss=SQUARED, optimizer=chosen(each.id, **required(each))))
    assert type(model.optimizer) is getattr(keras.optimizers, each.id)


@pytest.mark.parametrize("each", offered("schedules"))
def test_every_schedule_trains_and_is_exported(each):
    rate = chosen(each.id, **required(each))
    model, _ = trains_and_is_exported(spec(**BY_TASK["regression"], optimizer=chosen("SGD", learning_rate=rate)))
    assert type(model.optimizer._learning_rate) is getattr(keras.optimizers.schedules, each.id)


METRIC_CASES = [
    pytest.param(each, task, id=f"{each.id}-{task}") for each in catalog.entries("metrics") for task in each.tasks
]


@pytest.mark.parametrize(("each", "task"), METRIC_CASES)
def test_every_metric_is_measured_and_exported_for_each_of_its_tasks(each, task):
    case = dict(BY_TASK[task])
    if task == "multiclass" and "Sparse" not in each.id and each.id != "accuracy":
        case["loss"] = chosen("CategoricalCrossentropy")  # the loss decides whether labels come as rows of 0 and 1
    _, values = trains_and_is_exported(spec(**case, metrics=(chosen(each.id, **required(each)),), optimizer=DOWNHILL))
    assert len(values) == 2


PARTS = {"initializers": "kernel_initializer", "regularizers": "kernel_regularizer", "constraints": "kernel_constraint"}
PART_CASES = [pytest.param(kind, each, id=f"{kind}-{each.id}") for kind in PARTS for each in catalog.entries(kind)]


@pytest.mark.parametrize(("kind", "each"), PART_CASES)
def test_every_part_of_a_layer_trains_and_is_exported(kind, each):
    part = {PARTS[kind]: chosen(each.id, **required(each))}
    model, _ = trains_and_is_exported(
        spec([layer("Dense", "output", units=1, **part)], "plane", loss=SQUARED, optimizer=DOWNHILL)
    )
    assert type(getattr(model.get_layer("output"), PARTS[kind])) is getattr(getattr(keras, kind), each.id)


@pytest.mark.parametrize("each", offered("callbacks"))
def test_every_callback_is_made_and_exported(each):
    args = required(each)
    code = calls.call("callbacks", each.id, args)
    one, other = made("callbacks", each.id, args), eval(code, {"keras": keras})
    assert type(one) is type(other) is getattr(keras.callbacks, each.id)
    assert vars(one) == vars(other)
