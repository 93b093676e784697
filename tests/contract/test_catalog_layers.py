"""Every layer of the catalogue with the real Keras: built as the app builds it, trained a step, saved, and exported."""

from typing import Any

import keras
import numpy as np
import pytest

from playground import catalog
from playground.catalog import Entry
from playground.settings import Settings
from playground.specs import Args, RunSpec
from playground.specs.usual import usual_args
from playground.training.build import BuildError, build
from playground.training.objects import made
from playground.training.shapes import summarise
from tests.contract.tiny import (
    BY_RANK,
    DOWNHILL,
    IN_FRONT,
    SHAPES,
    offered,
    reads_whole_numbers,
    required,
    rows,
    trains_and_is_exported,
)
from tests.contract.training.specs import MULTICLASS, layer, spec


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
