"""One value changed by its path: what comes out, and what is refused in one line."""

import sys

import pydantic
import pytest

from playground import recipes
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import SHORT, describe, parse, with_value

DIGITS = recipes.recipe("digits-mlp").spec
SPIRAL = recipes.recipe("spiral").spec


def leaves(value: object, path: str = "") -> set[tuple[str, str]]:
    """Every single value in a dumped spec, with its path."""
    if isinstance(value, dict):
        return {leaf for key, item in value.items() for leaf in leaves(item, f"{path}.{key}")}
    if isinstance(value, list | tuple):
        return {leaf for key, item in enumerate(value) for leaf in leaves(item, f"{path}.{key}")}
    return {(path, repr(value))}


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("training.epochs=5", "training.epochs", 5),
        ("training.epochs=ten", "training.epochs", "ten"),
        ("learning_rate=1e-3", "learning_rate", 1e-3),
        ("a = true", "a", True),
        ("a=null", "a", None),
        ("name=a=b", "name", "a=b"),
        ('a={"kind": "SGD"}', "a", {"kind": "SGD"}),
        ("a=[1, 2", "a", "[1, 2"),
        ("a=", "a", ""),
        ("a=NaN", "a", "NaN"),
        ("a=-Infinity", "a", "-Infinity"),
        ("a=1000000000000000000000000", "a", 10**24),
        # More digits than Python reads as a number, deeper than it reads lists: text, which is refused where it goes.
        ("a=" + "9" * 5000, "a", "9" * 5000),
        ("a=" + "[" * sys.getrecursionlimit() * 50, "a", "[" * sys.getrecursionlimit() * 50),
    ],
)
def test_the_value_is_json_or_text(text, path, value):
    assert parse(text) == (path, value)


@pytest.mark.parametrize("text", ["", "training.epochs", "=5", " =5"])
def test_what_is_no_assignment_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"expected path=value, such as training\.epochs=5"):
        parse(text)


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("seed", 3, lambda spec: spec.seed),
        ("name", "Mine", lambda spec: spec.name),
        ("training.epochs", 5, lambda spec: spec.training.epochs),
        ("training.epochs", 10**30, lambda spec: spec.training.epochs),
        ("dataset.split.test", 0.25, lambda spec: spec.dataset.split.args["test"]),
        ("dataset.split.args.test", 0.25, lambda spec: spec.dataset.split.args["test"]),
        ("dataset.steps.0.maximum", 8.0, lambda spec: spec.dataset.steps[0].args["maximum"]),
        ("dataset.steps.scale.maximum", 8.0, lambda spec: spec.dataset.steps[0].args["maximum"]),
        ("model.layers.hidden.units", 10**12, lambda spec: spec.model.layers[1].args["units"]),
        ("model.layers.1.args.units", 7, lambda spec: spec.model.layers[1].args["units"]),
        ("model.layers.hidden.name", "deep", lambda spec: spec.model.layers[1].name),
        ("training.metrics.accuracy.kind", "AUC", lambda spec: spec.training.metrics[0].kind),
        ("training.metrics", [], lambda spec: list(spec.training.metrics)),
        ("training.optimizer.args.learning_rate", 0.5, lambda spec: spec.training.optimizer.args["learning_rate"]),
        ("training.optimizer.beta_1", 0.5, lambda spec: spec.training.optimizer.args["beta_1"]),
        ("optimizer", "SGD", lambda spec: spec.training.optimizer.kind),
        ("dataset", "iris", lambda spec: spec.dataset.source),
        ("optimizer.clipnorm", 2.0, lambda spec: spec.training.optimizer.args["clipnorm"]),
    ],
)
def test_a_value_is_put_where_its_path_says_and_nowhere_else(path, value, found):
    changed = with_value(DIGITS, path, value)
    assert found(changed) == value
    assert len(leaves(changed.model_dump()) ^ leaves(DIGITS.model_dump())) <= 2  # the old value and the new one


@pytest.mark.parametrize("short", SHORT)
def test_a_short_path_is_the_long_one(short):
    value = {"epochs": 3, "batch_size": 7, "learning_rate": 0.5, "optimizer": "SGD", "loss": "Huber"}[short]
    assert with_value(DIGITS, short, value) == with_value(DIGITS, SHORT[short], value) != DIGITS


def test_arguments_inside_an_object_can_be_set():
    scheduled = with_value(DIGITS, "learning_rate", {"kind": "CosineDecay"})
    rate = with_value(scheduled, "training.optimizer.learning_rate.decay_steps", 9).training.optimizer.args
    assert rate["learning_rate"].plain() == {"kind": "CosineDecay", "args": {"decay_steps": 9}}


def test_a_new_kind_drops_the_arguments_that_it_does_not_have():
    adam = with_value(with_value(DIGITS, "optimizer.beta_1", 0.5), "optimizer.clipnorm", 1.0)
    assert dict(with_value(adam, "optimizer", "SGD").training.optimizer.args) == {
        "clipnorm": 1.0,
        "learning_rate": 0.001,
    }
    assert dict(with_value(SPIRAL, "dataset.source", "digits").dataset.options) == {}


def test_an_unknown_kind_keeps_its_arguments_for_the_rules_to_judge():
    assert dict(with_value(DIGITS, "optimizer", "Adamm").training.optimizer.args) == {"learning_rate": 0.001}
    assert (
        with_value(with_value(DIGITS, "optimizer", "Mine"), "optimizer.speed", 1).training.optimizer.args["speed"] == 1
    )


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("training.epoch", 3, ["training.epoch:", "did you mean epochs?"]),
        ("epoch", 3, ["epoch:", "did you mean epochs?"]),
        ("training.optimizer.lerning_rate", 3, ["did you mean learning_rate?"]),
        ("training.optimizer.args.lerning_rate", 3, ["did you mean learning_rate?"]),
        ("dataset.optins", {}, ["did you mean options?"]),
        ("dataset.noise", 0.1, ["dataset.noise:", "expected one of", "options"]),
        ("dataset.options.noise", 0.1, ["digits has nothing to set"]),
        ("model.layers.hiden.units", 3, ["model.layers.hiden:", "3 items", "did you mean hidden?"]),
        ("model.layers.9", {}, ["model.layers.9:", "flatten, hidden, output"]),
        ("model.layers." + "9" * 5000, {}, ["no such item"]),
        ("training.callbacks.0", {}, ["0 items", "nothing can be set here"]),
        ("seed.x", 1, ["seed is 7 and has no parts"]),
        ("", 1, ["there is no such setting"]),
        ("training..epochs", 1, ["there is no such setting"]),
        ("training.epochs", "ten", ["training.epochs: expected a whole number of at least 1", '"ten"']),
        ("training.epochs", 2.0, ["training.epochs: expected a whole number", "2.0"]),
        ("training.epochs", True, ["training.epochs: expected a whole number", "true"]),
        ("training.batch_size", 0, ["training.batch_size: expected a whole number of at least 1, received 0"]),
        ("seed", -1, ["seed: expected a whole number of at least 0 and below 2,147,483,648, received -1"]),
        ("name", 5, ["name: expected text, received 5"]),
        ("name", "a" * 300, ["name: expected text of at most 200 characters", "…"]),
        ("name", "a\0b", ["name: expected text without the character NUL, received"]),
        ("dataset.target", [], ["dataset.target: expected text or a whole number, received []"]),
        ("model.layers.hidden.name", "a b", ["starts with a letter", '"a b"']),
        ("model.layers", 3, ["model.layers: expected a list, received 3"]),
        ("model.layers", [1], ["model.layers.0: expected an object with kind, args, name, inputs, received 1"]),
        ("model", None, ["model: expected an object with layers, resting, weights, received nothing"]),
        ("training.callbacks", [{"kind": "EarlyStopping"}] * 31, ["training.callbacks: expected at most 30 items"]),
        ("dataset.options", 3, ["dataset.options: expected arguments by name, received 3"]),
        ("training.optimizer.learning_rate", {"a": [[[[[[[[[[[[[1]]]]]]]]]]]]]}, ["12 deep"]),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(path, value, words):
    with pytest.raises(ValueError, match=r"^[^\n]+$") as caught:
        with_value(DIGITS, path, value)
    message = str(caught.value)
    assert all(word in message for word in words), message
    assert len(message) < 400 + len(path)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            {"dataset": {"source": "digits"}, "training": DIGITS.training.model_dump()},
            "model: expected a value, received nothing",
        ),
        ({"dataset": {"source": "digits"}}, "model: expected a value, received nothing (and 1 more problem)"),
        ({**DIGITS.model_dump(), "modle": 1}, "modle: there is no such setting; did you mean model?"),
        (
            {**DIGITS.model_dump(), "model": {"layers": [{"kind": "Dense", "name": "a", "unit": 1}]}},
            "model.layers.0.unit: there is no such setting; expected one of kind, args, name, inputs",
        ),
    ],
)
def test_a_spec_that_is_none_is_described_by_its_first_error(value, message):
    with pytest.raises(pydantic.ValidationError) as caught:
        RunSpec.from_dict(value)
    assert describe(caught.value) == message


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("cpu_slots", "0", 'PLAYGROUND_CPU_SLOTS: expected a whole number of at least 1, received "0"'),
        ("max_epochs", "many", 'PLAYGROUND_MAX_EPOCHS: expected a whole number of at least 1, received "many"'),
        ("host_idle_s", "-1", 'PLAYGROUND_HOST_IDLE_S: expected greater than 0, received "-1"'),
    ],
)
def test_a_setting_is_named_as_the_environment_has_it(monkeypatch, name, value, message):
    monkeypatch.setenv(f"PLAYGROUND_{name.upper()}", value)
    with pytest.raises(pydantic.ValidationError) as caught:
        Settings()
    assert describe(caught.value) == message


def test_errors_of_other_classes_keep_pydantic_s_own_place():
    with pytest.raises(pydantic.ValidationError) as caught:
        recipes.Recipe.model_validate({**recipes.recipe("digits-mlp").model_dump(), "order": "first"})
    assert describe(caught.value).startswith("order: expected a whole number")
