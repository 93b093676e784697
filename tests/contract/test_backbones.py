"""Pretrained networks as layers: built, frozen, thawed, given published weights, trained, and exported."""

from typing import Any

import keras
import numpy as np
import pytest
from keras.src.utils import file_utils

from playground.catalog import BACKBONES
from playground.data import outline
from playground.export import notebook, script
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import BuildError, build, compile_model
from playground.training.cost import cost
from playground.training.shapes import shapes_only, summarise
from tests.contract.tiny import exported, sizes
from tests.contract.training.specs import MULTICLASS, layer, spec

pytestmark = pytest.mark.contract

SMALL = {"alpha": 0.35, "pooling": "avg"}
IN_FRONT = (
    layer("Concatenate", "colours", "input", "input", "input"),
    layer("Resizing", "larger", height=32, width=32),
    layer("Rescaling", "pixels", scale=16.0),
)
ANSWER = layer("Dense", "output", units=10, activation="softmax")


def network(**args: Any) -> RunSpec:
    """Digits as small photographs before the smallest network, with ``args``."""
    layers = [*IN_FRONT, layer("MobileNetV2", "backbone", **{"weights": None, **SMALL, **args}), ANSWER]
    return spec(layers, "digits", steps=({"kind": "add_channel", "args": {}},), loss=MULTICLASS, epochs=2)


def built(run: RunSpec) -> keras.Model:
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(run.seed)
    facts = outline(run.dataset)
    return build(run.model, facts.input_shape, facts.input_dtype)


def norms(model: keras.Model) -> list[keras.Layer]:
    base = model.get_layer("backbone").layers[-1]
    return [each for each in base.layers if isinstance(each, keras.layers.BatchNormalization)]


@pytest.mark.parametrize("kind", BACKBONES)
def test_each_is_built_without_allocating_and_has_the_published_parameters(kind):
    about = BACKBONES[kind]
    side = about.least_side
    layers = [layer("Resizing", "larger", "input", height=side, width=side), layer(kind, "backbone", weights=None)]
    run = spec([*layers, layer("GlobalAveragePooling2D", "mean"), ANSWER], "digits")
    found = summarise(run.model, (8, 8, 3), "float32", Settings()).layers[1]
    args = {} if about.entry.param("alpha") is None else {"alpha": 1.0}
    assert found.parameters == about.file(args).parameters
    assert found.trainable == 0
    assert len(found.output_shape) == 3


@pytest.mark.parametrize("kind", BACKBONES)
def test_addresses_and_checksums_are_those_of_keras_itself(kind, monkeypatch):
    """Keras is asked for its weights, and what it would download is looked at instead."""
    about = BACKBONES[kind]
    asked: dict[str, Any] = {}

    def get_file(fname: str, origin: str, file_hash: str | None = None, **_: Any) -> str:
        asked.update(name=fname, url=origin, checksum=file_hash)
        return "/nothing.h5"

    monkeypatch.setattr(file_utils, "get_file", get_file)
    monkeypatch.setattr(keras.Model, "load_weights", lambda *_args, **_kwargs: None)
    for alpha, file in list(about.files.items())[:2]:
        with shapes_only():
            args = {} if alpha is None else {"alpha": alpha}
            getattr(keras.applications, kind)(input_shape=(224, 224, 3), include_top=False, **args)
        assert asked == {"name": file.name, "url": file.url, "checksum": file.checksum}


def test_a_frozen_network_does_not_change_and_its_norms_keep_their_statistics():
    model, _ = trained_on_noise(network())
    fresh = built(network())
    base = model.get_layer("backbone")
    assert base.count_params() == 410_208
    assert base.trainable_weights == []
    for one, other in zip(base.get_weights(), fresh.get_layer("backbone").get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_thawed_its_last_layers_learn_and_norms_stay_as_they_are():
    run = network(trainable=True, trainable_layers=8)
    model, before = trained_on_noise(run)
    base = model.get_layer("backbone").layers[-1]
    changed = [
        each.name
        for each, old in zip(base.layers, before, strict=True)
        if any(not np.array_equal(one, two) for one, two in zip(each.get_weights(), old, strict=True))
    ]
    assert changed == [each.name for each in base.layers[-8:] if each.trainable_weights]
    assert changed
    assert not any("bn" in name.lower() for name in changed)


def test_from_scratch_norms_learn_too():
    model = built(network(trainable=True))
    assert all(each.trainable for each in norms(model))
    assert summarise(network(trainable=True).model, (8, 8, 1), "float32", Settings()).trainable == 396_128 + 12_810


def trained_on_noise(run: RunSpec) -> tuple[keras.Model, list[list[np.ndarray]]]:
    """The model of ``run`` after two steps, and what the layers of its network held before."""
    model = built(run)
    compile_model(model, run.training)
    before = [each.get_weights() for each in model.get_layer("backbone").layers[-1].layers]
    rng = np.random.default_rng(1)
    for _ in range(2):
        model.train_on_batch(rng.uniform(0, 16, (8, 8, 8, 1)).astype("float32"), np.arange(8))
    return model, before


def test_its_input_is_preprocessed_as_its_family_wants():
    images = np.random.default_rng(2).uniform(0, 255, (2, 32, 32, 3)).astype("float32")
    for kind in ("MobileNetV2", "VGG16"):
        run = spec([layer(kind, "backbone", weights=None, pooling="max")], "digits")
        keras.utils.set_random_seed(1)
        model = build(run.model, (32, 32, 3))
        base = model.get_layer("backbone").layers[-1]
        family = getattr(keras.applications, BACKBONES[kind].module)
        np.testing.assert_allclose(model(images), base(family.preprocess_input(images.copy())), rtol=1e-4, atol=1e-5)


def test_saved_and_loaded_it_answers_the_same(tmp_path):
    model = built(network())
    model.save(tmp_path / "it.keras")
    images = np.random.default_rng(2).uniform(0, 16, (2, 8, 8, 1)).astype("float32")
    again = keras.models.load_model(tmp_path / "it.keras", safe_mode=True)
    np.testing.assert_array_equal(again(images), model(images))


def test_it_has_a_cost():
    run = network()
    found = cost(run, outline(run.dataset))
    backbone = found.layers[3]
    assert 1_000_000 < backbone.multiply_adds < 2_000_000
    assert backbone.kept_bytes > 100_000
    assert found.gradients_bytes == 4 * 12_810


@pytest.mark.parametrize("args", [{}, {"trainable": True, "trainable_layers": 8}])
def test_the_exported_code_makes_the_same_network(args):
    run = network(**args)
    model = built(run)
    other = exported(run)["model"]
    assert sizes(other) == sizes(model)
    for one, two in zip(model.weights, other.weights, strict=True):
        np.testing.assert_array_equal(one, two)
    assert [w.path for w in model.trainable_weights] == [w.path for w in other.trainable_weights]
    images = np.random.default_rng(2).uniform(0, 16, (2, 8, 8, 1)).astype("float32")
    np.testing.assert_array_equal(other(images), model(images))
    assert "pretrained_backbone" in str(notebook(run))


def test_the_exported_code_names_the_file_that_the_app_loads():
    assert BACKBONES["MobileNetV2"].file(SMALL).url in script(network(weights="imagenet"))
    run = spec([layer("VGG16", "it"), layer("Flatten", "flat"), ANSWER], "digits", loss=MULTICLASS)
    assert 'weights="imagenet"' in script(run)


def test_what_is_not_on_offer_is_refused_by_layer():
    for args, words in (({"include_top": True}, "no argument 'include_top'"), ({}, "three|3 channels|expects")):
        run = spec([layer("MobileNetV2", "it", **args), ANSWER], "digits")
        with pytest.raises(BuildError, match=words) as caught:
            build(run.model, (32, 32, 3) if args else (32, 32, 4))
        assert caught.value.layer == "it"
    inside = spec([layer("TimeDistributed", "it", layer={"kind": "MobileNetV2", "args": {}}), ANSWER], "digits")
    with pytest.raises(BuildError, match="whole network"):
        build(inside.model, (2, 32, 32, 3))
