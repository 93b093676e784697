"""The preview of augmentation shows what training sees: what the first layers make of training images, at random."""

from typing import Any

import numpy as np
import pytest

from playground.data import prepare
from playground.engine.errors import RefusedError
from playground.engine.questions import QUESTIONS
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.augmented import augmenting
from playground.specs.edit import with_value

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


def asked(spec: RunSpec, draw: int, settings: Settings) -> dict[str, np.ndarray]:
    """What a workbench answers."""
    return QUESTIONS["augmented"]({"spec": spec.model_dump(), "draw": draw}, {}, settings)[1]


def test_samples_of_the_training_part_are_changed_at_random(tmp_path):
    settings, spec = Settings(home=tmp_path), RunSpec.from_dict(SPEC)
    with pytest.raises(RefusedError, match="not prepared"):
        asked(spec, 0, settings)
    x = prepare(spec.dataset, spec.seed, settings).array("x_train")
    first, again, other = (asked(spec, draw, settings) for draw in (0, 0, 1))
    samples, results = first["samples"], first["results"]
    assert (samples.shape, results.shape) == ((4, 8, 8, 1), (4, 6, 8, 8, 1))
    assert all((x == sample).all(axis=(1, 2, 3)).any() for sample in samples)
    assert len(np.unique(results.reshape(24, -1), axis=0)) > 18
    np.testing.assert_array_equal(results, again["results"])
    assert not np.array_equal(samples, other["samples"])
    flips = RunSpec.from_dict(SPEC)
    flips = with_value(flips, "model.layers", [SPEC["model"]["layers"][0], *SPEC["model"]["layers"][2:]])
    made = asked(flips, 0, settings)
    for sample, of in zip(made["samples"], made["results"], strict=True):
        for each in of:
            assert np.array_equal(each, sample) or np.array_equal(each, sample[:, ::-1])


def test_a_model_without_augmentation_is_refused_in_words(tmp_path):
    plain = with_value(RunSpec.from_dict(SPEC), "model.layers", SPEC["model"]["layers"][2:])
    with pytest.raises(RefusedError, match="does not begin with layers that change images"):
        asked(plain, 0, Settings(home=tmp_path))


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
