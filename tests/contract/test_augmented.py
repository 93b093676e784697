"""The preview of augmentation shows what training sees: what the first layers make of training images, at random."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from playground.data import prepare
from playground.engine.client import Client, SpecError
from playground.specs import RunSpec
from playground.specs.augmented import augmenting
from playground.specs.edit import with_value
from tests.faults.engine import engine

pytestmark = pytest.mark.contract

SPEC: dict[str, Any] = {
    "version": 1,
    "seed": 3,
    "dataset": {"source": "digits", "steps": [{"kind": "scale", "args": {"maximum": 16}}, {"kind": "add_channel"}]},
    "model": {
        "layers": [
            {"kind": "RandomFlip", "name": "flip", "args": {"mode": "horizontal"}},
            {"kind": "RandomTranslation", "name": "move", "args": {"height_factor": 0.2, "width_factor": 0.2}},
            {"kind": "Flatten", "name": "flatten"},
            {"kind": "Dense", "name": "output", "args": {"units": 10, "activation": "softmax"}},
        ]
    },
    "training": {"optimizer": {"kind": "Adam"}, "loss": {"kind": "SparseCategoricalCrossentropy"}},
}


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("augmented")) as client:
        yield client


def test_samples_of_the_training_part_are_changed_at_random(client):
    spec = RunSpec.from_dict(SPEC)
    with pytest.raises(SpecError, match="not prepared"):
        client.ask("augmented", {"spec": SPEC, "draw": 0})
    x = prepare(spec.dataset, spec.seed, client.settings).array("x_train")
    first, again, other = (client.ask("augmented", {"spec": SPEC, "draw": draw})[1] for draw in (0, 0, 1))
    samples, results = first["samples"], first["results"]
    assert (samples.shape, results.shape) == ((4, 8, 8, 1), (4, 6, 8, 8, 1))
    assert all((x == sample).all(axis=(1, 2, 3)).any() for sample in samples)
    assert len(np.unique(results.reshape(24, -1), axis=0)) > 18
    np.testing.assert_array_equal(results, again["results"])
    assert not np.array_equal(samples, other["samples"])
    flips = RunSpec.from_dict(SPEC)
    flips = with_value(flips, "model.layers", [SPEC["model"]["layers"][0], *SPEC["model"]["layers"][2:]])
    made = client.ask("augmented", {"spec": flips.model_dump(), "draw": 0})[1]
    for sample, of in zip(made["samples"], made["results"], strict=True):
        for each in of:
            assert np.array_equal(each, sample) or np.array_equal(each, sample[:, ::-1])


def test_a_model_without_augmentation_is_refused_in_words(client):
    plain = with_value(RunSpec.from_dict(SPEC), "model.layers", SPEC["model"]["layers"][2:])
    with pytest.raises(SpecError, match="does not begin with layers that change images"):
        client.ask("augmented", {"spec": plain.model_dump(), "draw": 0})


def test_only_the_layers_before_anything_learns_are_taken():
    layers = [
        {"kind": "Reshape", "name": "image", "args": {"target_shape": [8, 8, 1]}},
        {"kind": "RandomFlip", "name": "flip"},
        {"kind": "Rescaling", "name": "scale", "args": {"scale": 2.0}},
        {"kind": "Conv2D", "name": "conv", "args": {"filters": 2, "kernel_size": 3}},
        {"kind": "RandomFlip", "name": "late"},
    ]
    spec = with_value(RunSpec.from_dict(SPEC), "model.layers", layers)
    assert [layer.name for layer in augmenting(spec.model)] == ["image", "flip"]
    assert augmenting(with_value(spec, "model.layers", layers[3:]).model) == ()
