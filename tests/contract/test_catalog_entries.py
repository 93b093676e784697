"""Every entry of the catalogue with the real Keras: built as the app builds it, trained a step, and exported."""

from typing import Any

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog import Entry
from playground.export import calls
from playground.settings import Settings
from playground.specs import Args, RunSpec
from playground.specs.usual import usual_args
from playground.training.build import BuildError, build
from playground.training.objects import made
from playground.training.shapes import summarise
from tests.contract.tiny import (
    BY_RANK,
    BY_TASK,
    DOWNHILL,
    IN_FRONT,
    SHAPES,
    offered,
    reads_whole_numbers,
    required,
    rows,
    trains_and_is_exported,
)
from tests.contract.training.specs import MULTICLASS, SQUARED, chosen, layer, spec

# Masking in front of Flatten: Keras warns, and the mask has come to its end as it should.
pytestmark = pytest.mark.filterwarnings("ignore:Layer 'flat' .* was passed an input with a mask:UserWarning")


def with_layer(each: Entry, rank: int, *front: dict[str, Any]) -> RunSpec:
    """A classifier with the layer ``each`` behind ``front``, on inputs of ``rank`` axes."""
    source = front[-1]["name"] if front else "input"
    args = {**each.usual, **required(each, rank)}
    first = layer(each.id, "it", *[source] * each.reading.least, **args)
    end = layer("Dense", "output", units=3 if rank == 1 else 10, activation="softmax")
    return spec([*front, first, layer("Flatten", "flat"), end], loss=MULTICLASS, optimizer=DOWNHILL, **BY_RANK[rank])


@pytest.mark.parametrize("each", offered("layers"))
def test_every_layer_trains_and_is_exported_and_saved(each, tmp_path):
    rank, is_whole = each.ranks[0] if each.ranks else 2, reads_whole_numbers(each)
    run = with_layer(each, rank, *([IN_FRONT[rank]] if rank in IN_FRONT else []))
    model, _ = trains_and_is_exported(run, is_whole=is_whole)
    assert type(model.get_layer("it")) is getattr(keras.layers, each.id)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    x = rows(model.input_shape[1:], is_whole)
    np.testing.assert_allclose(
        loaded(x, training=False).numpy(), model(x, training=False).numpy(), rtol=1e-5, atol=1e-6
    )


RANK_CASES = [
    pytest.param(each, rank, id=f"{each.id}-{rank}")
    for each in catalog.entries("layers")
    for rank in (each.ranks or (1, 2, 3))
]


@pytest.mark.parametrize(("each", "rank"), RANK_CASES)
def test_every_layer_takes_inputs_of_every_rank_that_it_is_offered_for(each, rank):
    run, shape = with_layer(each, rank), SHAPES[rank]
    model, found = build(run.model, shape), summarise(run.model, shape, "float32", Settings())
    out = model(rows(shape, reads_whole_numbers(each)), training=True).numpy()
    assert np.isfinite(out).all()
    assert found.parameters == model.count_params()
    assert found.layers[0].output_shape == tuple(model.get_layer("it").output.shape[1:])


OTHER_RANKS = [
    pytest.param(each, rank, id=f"{each.id}-{rank}")
    for each in catalog.entries("layers")
    for rank in (1, 2, 3, 4)
    if each.ranks and rank not in each.ranks
]


@pytest.mark.parametrize(("each", "rank"), OTHER_RANKS)
def test_a_layer_is_offered_for_every_rank_that_it_takes(each, rank):
    with pytest.raises(BuildError, match=r"^Layer it "):
        summarise(with_layer(each, rank).model, SHAPES[rank], "float32", Settings())


AUGMENTATIONS = [case for case in offered("layers") if case.values[0].group == "Augmentation"]


@pytest.mark.parametrize("each", AUGMENTATIONS)
def test_augmentation_changes_images_in_training_and_leaves_them_alone_in_prediction(each):
    keras.utils.set_random_seed(1)
    images = np.random.default_rng(0).random((16, 16, 16, 3), np.float32)
    changing = made("layers", each.id, usual_args("layers", each.id))
    several = [changing(images, training=True).numpy() for _ in range(8)]  # some of it happens to a few batches only
    trained, predicted = np.concatenate(several), changing(images, training=False).numpy()
    is_always_on = not hasattr(changing, "generator")  # nothing random about it
    assert not np.allclose(trained, np.concatenate([images] * 8), atol=1e-3)
    assert trained.min() > -0.01
    assert trained.max() < 1.01
    assert np.allclose(predicted, several[0] if is_always_on else images, atol=1e-6)


@pytest.mark.parametrize("each", [case for case in offered("layers") if case.values[0].channels])
def test_a_layer_for_colours_refuses_other_images(each):
    n = max(each.channels) + 2
    with pytest.raises(BuildError, match=f"channels.* {n}"):
        summarise(with_layer(each, 3).model, (8, 8, n), "float32", Settings())


@pytest.mark.parametrize("each", offered("layers"))
def test_what_a_new_layer_starts_with_can_be_built(each):
    """The usual arguments, on inputs as large as those of the smallest pictures on offer."""
    rank = each.ranks[0] if each.ranks else 2
    large = {1: (6,), 2: (28, 12), 3: (28, 28, 3), 4: (8, 8, 8, 3), 5: (2, 8, 8, 8, 3)}[rank]
    run = with_layer(each, rank).model
    usual = run.layers[0].model_copy(update={"args": Args(usual_args("layers", each.id))})
    found = summarise(run.model_copy(update={"layers": (usual, *run.layers[1:])}), large, "float32", Settings())
    assert found.layers[0].name == "it"


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
