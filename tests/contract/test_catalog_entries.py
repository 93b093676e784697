"""Every entry of the catalogue with the real Keras: built as the app builds it, trained a step, and exported."""

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog import Entry
from playground.export import calls
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import BuildError, build
from playground.training.objects import made
from playground.training.shapes import summarise
from tests.contract.tiny import BY_RANK, BY_TASK, DOWNHILL, SHAPES, offered, required, rows, trains_and_is_exported
from tests.contract.training.specs import MULTICLASS, SQUARED, chosen, layer, spec


def with_layer(each: Entry, rank: int) -> RunSpec:
    """A classifier that begins with the layer ``each`` on inputs of ``rank`` axes."""
    reads = ("input", "input") if each.group == "Merge" else ()
    first = layer(each.id, "it", *reads, **required(each, rank))
    end = layer("Dense", "output", units=3 if rank == 1 else 10, activation="softmax")
    return spec([first, layer("Flatten", "flat"), end], loss=MULTICLASS, optimizer=DOWNHILL, **BY_RANK[rank])


@pytest.mark.parametrize("each", offered("layers"))
def test_every_layer_trains_and_is_exported(each):
    rank = each.ranks[0] if each.ranks else 2
    model, _ = trains_and_is_exported(with_layer(each, rank), is_whole=each.param("input_dim") is not None)
    assert type(model.get_layer("it")) is getattr(keras.layers, each.id)


RANK_CASES = [
    pytest.param(each, rank, id=f"{each.id}-{rank}")
    for each in catalog.entries("layers")
    for rank in (each.ranks or (1, 2, 3))
]


@pytest.mark.parametrize(("each", "rank"), RANK_CASES)
def test_every_layer_takes_inputs_of_every_rank_that_it_is_offered_for(each, rank):
    run, shape = with_layer(each, rank), SHAPES[rank]
    model, found = build(run.model, shape), summarise(run.model, shape, "float32", Settings())
    out = model(rows(shape, each.param("input_dim") is not None)).numpy()
    assert np.isfinite(out).all()
    assert found.parameters == model.count_params()
    assert found.layers[0].output_shape == tuple(model.get_layer("it").output.shape[1:])


OTHER_RANKS = [
    pytest.param(each, rank, id=f"{each.id}-{rank}")
    for each in catalog.entries("layers")
    for rank in (1, 2, 3)
    # An embedding can look up every number of a picture too, which nobody means.
    if each.ranks and rank not in each.ranks and each.param("input_dim") is None
]


@pytest.mark.parametrize(("each", "rank"), OTHER_RANKS)
def test_a_layer_is_offered_for_every_rank_that_it_takes(each, rank):
    with pytest.raises(BuildError, match=r"^Layer it "):
        summarise(with_layer(each, rank).model, SHAPES[rank], "float32", Settings())


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
