"""Images before a pretrained network, its weights, and its second phase."""

import pytest

from playground import catalog, data
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.fine_tune import fine_tuned, frozen, learning_rate
from playground.specs.first_dataset import first_dataset
from playground.specs.problems import Problem, problems
from playground.specs.shapes import Shapes
from playground.specs.templates import started
from tests.unit.specs.rule_cases import OUTPUT, stack

KEPT = "ab" * 32


def facts(*shape: int, largest: float | None = 255.0) -> Facts:
    return Facts(task="multiclass", input_shape=shape, classes=tuple("0123456789"), largest=largest)


def said(spec: RunSpec, about: Facts, rule: str, shapes: Shapes | None = None) -> list[Problem]:
    return [each for each in problems(spec, about, None, shapes or Shapes()) if each.rule == rule]


def network(kind: str = "MobileNetV2", **args: object) -> RunSpec:
    return stack((kind, {"pooling": "avg", **args}), OUTPUT)


@pytest.mark.parametrize(("kind", "least"), [(name, each.least_side) for name, each in catalog.BACKBONES.items()])
def test_images_that_are_too_small_are_enlarged(kind, least):
    (problem,) = said(network(kind), facts(least - 1, 200, 3), "images-too-small")
    assert problem.is_blocking
    assert f"at least {least} × {least}, received {least - 1} × 200" in problem.reason
    assert problem.fix.model.layers[0].kind == "Resizing"
    assert problem.fix.model.layers[0].args["height"] == least
    assert said(network(kind), facts(least, least, 3), "images-too-small") == []


@pytest.mark.parametrize(("shape", "kinds"), [((40, 40, 1), ["Concatenate"]), ((40, 40), ["Reshape", "Concatenate"])])
def test_grey_images_are_given_three_channels(shape, kinds):
    (problem,) = said(network(), facts(*shape), "grey-for-colour")
    assert problem.is_blocking
    assert [layer.kind for layer in problem.fix.model.layers[: len(kinds)]] == kinds
    assert len(problem.fix.model.layers[len(kinds) - 1].inputs) == 3
    assert said(network(), facts(40, 40, 3), "grey-for-colour") == []


def test_a_layer_that_keras_refuses_for_that_is_told_of_once():
    shapes = Shapes(wrong_layer="a", error="Keras's own words")
    rules = [each.rule for each in problems(network(), facts(8, 8, 1), None, shapes) if each.is_blocking]
    assert sorted(rules) == ["grey-for-colour", "images-too-small"]


def test_scaled_images_are_scaled_back():
    (problem,) = said(network(), facts(40, 40, 3, largest=1.0), "scaled-pixels")
    assert not problem.is_blocking
    assert problem.fix.model.layers[0].args["scale"] == 255.0
    assert said(problem.fix, facts(40, 40, 3, largest=1.0), "scaled-pixels") == []
    resized = stack(("Resizing", {"height": 64, "width": 64}), ("MobileNetV2", {}), OUTPUT)
    assert len(said(resized, facts(40, 40, 3, largest=1.0), "scaled-pixels")) == 1
    for largest in (255.0, None):
        assert said(network(), facts(40, 40, 3, largest=largest), "scaled-pixels") == []


def test_pixels_are_as_the_network_wants_them_and_not_called_unscaled():
    assert said(network(), facts(40, 40, 3), "unscaled-inputs") == []


def test_random_weights_that_stay_as_they_are():
    (problem,) = said(network(weights=None), facts(40, 40, 3), "frozen-at-random")
    assert problem.fix.model.layers[0].args["weights"] == "imagenet"
    assert said(network(weights=None, trainable=True), facts(40, 40, 3), "frozen-at-random") == []
    assert said(network(), facts(40, 40, 3), "frozen-at-random") == []


def test_weights_that_are_not_here_are_named_with_their_place(tmp_path):
    settings = Settings(home=tmp_path)
    file = catalog.BACKBONES["MobileNetV2"].files[1.0]

    def found(spec: RunSpec) -> list[Problem]:
        return [each for each in problems(spec, facts(40, 40, 3), settings) if each.rule == "weights-elsewhere"]

    (problem,) = found(network())
    assert not problem.is_blocking
    assert f"{file.name} (9.0 MB) in {settings.datasets_dir / file.folder}" in problem.reason
    assert found(network(weights=None)) == []
    assert found(fine_tuned(network(), KEPT)) == []
    path = settings.datasets_dir / file.folder / file.name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert found(network()) == []


def test_values_that_are_not_on_offer_are_refused():
    for name, value in (("alpha", 0.4), ("weights", "noisy-student"), ("trainable_layers", 0), ("include_top", True)):
        place = f"model.layers.a.{name}"
        found = problems(network(**{name: value}), facts(40, 40, 3))
        assert [each.place for each in found if each.is_blocking] == [place], name


def test_the_second_phase_thaws_the_end_and_slows_down():
    spec = with_value(network(), "learning_rate", 0.002)
    tuned = fine_tuned(spec, KEPT, 12)
    layer = tuned.model.layers[0]
    assert (layer.args["trainable"], layer.args["trainable_layers"], layer.args["pooling"]) == (True, 12, "avg")
    assert tuned.model.weights == KEPT
    assert learning_rate(tuned) == pytest.approx(0.00002)
    assert frozen(tuned) == []
    assert tuned.model.layers[1:] == spec.model.layers[1:]
    assert fine_tuned(spec, KEPT).model.layers[0].args["trainable_layers"] == catalog.BACKBONES["MobileNetV2"].thawed


def test_a_schedule_stays_as_it_is():
    args = {"initial_learning_rate": 0.01, "decay_steps": 10, "decay_rate": 0.9}
    schedule = {"kind": "ExponentialDecay", "args": args}
    spec = with_value(network(), "training.optimizer.learning_rate", schedule)
    assert learning_rate(spec) is None
    assert fine_tuned(spec, KEPT).training == spec.training


@pytest.mark.parametrize("source", ["digits", "cifar10", "mnist"])
def test_the_template_prepares_images_for_it(source):
    dataset = first_dataset(source)
    spec = started(dataset, data.outline(dataset), "pretrained")
    (layer,) = frozen(spec)
    assert layer.args["alpha"] == 0.35
    found = problems(spec, data.outline(dataset))
    assert [each.reason for each in found] == []
