"""Specs: what is written is read, and what means the same is equal."""

import copy
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from playground import recipes
from playground.specs import Args, DatasetSpec, LayerSpec, LossSpec, OptimizerSpec, RunSpec, StepSpec
from tests.unit.specs.example import EXAMPLE, changed


def sha256_of_json(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_example_is_the_same_after_json():
    spec = RunSpec.from_dict(EXAMPLE)
    again = RunSpec.from_json(spec.to_json(indent=2))
    assert again == spec
    assert hash(again) == hash(spec)
    assert again.to_json() == spec.to_json()
    assert json.loads(spec.to_json()) == EXAMPLE


@pytest.mark.parametrize("name", recipes.names())
def test_every_recipe_is_the_same_after_json(name: str):
    spec = recipes.recipe(name).spec
    assert RunSpec.from_json(spec.to_json()) == spec
    assert RunSpec.from_json(spec.to_json()).digest == spec.digest


def test_what_is_left_out_takes_its_default():
    spec = copy.deepcopy(EXAMPLE)
    for path in ("version", "name", "seed"):
        del spec[path]
    for name in ("options", "target", "features", "steps", "split"):
        del spec["dataset"][name]
    del spec["model"]["layers"][0]["args"], spec["model"]["layers"][0]["inputs"]
    read = RunSpec.from_dict(spec)
    assert (read.version, read.name, read.seed, read.dataset.split.kind) == (1, "", 0, "holdout")
    assert read.model.layers[0] == LayerSpec(kind="Flatten", name="flatten")


def test_the_digest_is_that_of_the_canonical_json():
    """Worked out here from its definition: a digest that moves makes every stored run look new."""
    expected = changed("dataset.steps.0.args.maximum", 16.0)
    del expected["name"], expected["version"]
    spec = RunSpec.from_dict(EXAMPLE)
    assert spec.digest == sha256_of_json(expected)
    assert spec.prepared_key == sha256_of_json({"dataset": expected["dataset"], "seed": 7})


def test_the_digest_ignores_name_order_and_the_spelling_of_numbers():
    spec = RunSpec.from_dict(EXAMPLE)
    backwards = dict(reversed(EXAMPLE.items()))
    for same in (
        changed("name", "Another name"),
        changed("model.layers.1.args", {"activation": "relu", "units": 64.0}),
        backwards,
    ):
        assert RunSpec.from_dict(same).digest == spec.digest


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("seed", 8),
        ("training.epochs", 21),
        ("training.optimizer.args", {"learning_rate": 0.002}),
        ("model.layers.1.name", "other"),
        ("dataset.split.args", {}),
    ],
)
def test_the_digest_notices_everything_else(path: str, value: object):
    assert RunSpec.from_dict(changed(path, value)).digest != RunSpec.from_dict(EXAMPLE).digest


@pytest.mark.parametrize(
    ("path", "value", "is_other"),
    [
        ("seed", 8, True),
        ("dataset.split.args", {"test": 0.2}, True),
        ("training.epochs", 21, False),
        ("model.layers.1.args", {"units": 8}, False),
    ],
)
def test_prepared_arrays_depend_on_dataset_and_seed_only(path: str, value: object, is_other: bool):
    key, other = RunSpec.from_dict(EXAMPLE).prepared_key, RunSpec.from_dict(changed(path, value)).prepared_key
    assert (key != other) == is_other


@pytest.mark.parametrize(
    ("spec", "argument", "expected"),
    [
        (LayerSpec(kind="Dense", name="a", args=Args(units=64.0)), "units", 64),
        (LayerSpec(kind="Conv2D", name="a", args=Args(filters=8, kernel_size=[3.0, 3])), "kernel_size", (3, 3)),
        (LayerSpec(kind="Dropout", name="a", args=Args(rate=0)), "rate", 0.0),
        (OptimizerSpec(kind="Adam", args=Args(learning_rate=1)), "learning_rate", 1.0),
        (LossSpec(kind="Huber", args=Args(delta=2)), "delta", 2.0),
        (StepSpec(kind="scale", args=Args(maximum=16)), "maximum", 16.0),
        (LayerSpec(kind="Dense", name="a", args=Args(units=64.5)), "units", 64.5),
        (LayerSpec(kind="Dense", name="a", args=Args(units=True)), "units", True),
    ],
)
def test_numbers_take_the_type_of_their_argument(spec: LayerSpec, argument: str, expected: object):
    value = spec.args[argument]
    assert value == expected
    assert type(value) is type(expected), "a value that does not fit is kept for the check that tells about it"


def test_numbers_inside_nested_objects_take_their_type_too():
    dense = LayerSpec(kind="Dense", name="a", args=Args(units=8, kernel_regularizer={"kind": "L2", "args": {"l2": 1}}))
    assert type(dense.args["kernel_regularizer"]["args"]["l2"]) is float
    decay = {"kind": "ExponentialDecay", "args": {"initial_learning_rate": 1, "decay_steps": 10.0, "decay_rate": 1}}
    schedule = OptimizerSpec(kind="Adam", args=Args(learning_rate=decay)).args["learning_rate"]["args"]
    assert type(schedule["initial_learning_rate"]) is float
    wrapped = {"kind": "LSTM", "args": {"units": 8.0}}
    inner = LayerSpec(kind="Bidirectional", name="a", args=Args(layer=wrapped)).args["layer"]["args"]
    assert type(inner["units"]) is int


def test_kinds_and_arguments_that_nobody_knows_are_kept_as_they_are():
    """What is wrong with them is told elsewhere, with the nearest names; the spec must survive until then."""
    layer = LayerSpec(kind="DenseXL", name="a", args=Args(units=64.0, colour="red"))
    assert layer.args == Args(units=64.0, colour="red")
    assert LayerSpec(kind="Dense", name="a", args=Args(units=1.0, colour=1)).args == Args(units=1, colour=1)
    assert DatasetSpec(source="nowhere", options=Args(noise=1)).options == Args(noise=1)


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=200), st.integers(0, 2**31 - 1))
def test_any_name_and_seed_survive_json(name: str, seed: int):
    spec = RunSpec.from_dict({**EXAMPLE, "name": name, "seed": seed})
    assert RunSpec.from_json(spec.to_json()) == spec
    assert (spec.name, spec.seed) == (name, seed)


def test_nothing_can_be_changed_in_place():
    spec = RunSpec.from_dict(EXAMPLE)
    for part, field in ((spec, "seed"), (spec.training, "epochs"), (spec.model.layers[0], "name")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, field, 1)


def test_every_part_of_a_spec_is_a_frozen_model():
    def parts(value: object):
        if isinstance(value, BaseModel):
            yield value
            for name in type(value).model_fields:
                yield from parts(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                yield from parts(item)

    found = list(parts(RunSpec.from_dict(EXAMPLE)))
    assert len(found) > 8
    for part in found:
        assert part.model_config["frozen"]
        assert part.model_config["extra"] == "forbid"
        hash(part)
