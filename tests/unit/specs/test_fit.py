"""Layers against the shapes that Keras computed; the shapes are written by hand here."""

import pytest

from playground import data
from playground.specs import RunSpec
from playground.specs.problems import Problem, problems
from playground.specs.rules.fit import rank_words, spelled_shape
from playground.specs.shapes import Shapes
from playground.specs.stack import added, removed, rereading, switched
from tests.unit.specs.example import EXAMPLE

DIGITS = RunSpec.from_dict(EXAMPLE)


def shapes(spec: RunSpec, *outputs: tuple[int | None, ...], error: str = "") -> Shapes:
    """The answer for a model whose first layers give ``outputs``; the next does not fit where there is an ``error``."""
    layers = [
        {"name": layer.name, "kind": layer.kind, "output_shape": shape, "parameters": 0, "trainable": 0}
        for layer, shape in zip(spec.model.layers, outputs, strict=False)
    ]
    wrong = {"layer": spec.model.layers[len(outputs)].name, "message": error} if error else None
    return Shapes.from_answer({"summary": {"layers": layers, "parameters": 0, "trainable": 0}, "error": wrong})


def found(spec: RunSpec, known: Shapes) -> list[Problem]:
    """The problems that need shapes."""
    before = problems(spec, data.outline(spec.dataset))
    return [each for each in problems(spec, data.outline(spec.dataset), None, known) if each not in before]


def kinds(spec: RunSpec) -> list[str]:
    return [layer.kind for layer in spec.model.layers]


def test_nothing_is_said_where_all_fit_or_nothing_is_known():
    assert found(DIGITS, shapes(DIGITS, (64,), (64,), (10,))) == []
    assert found(DIGITS, Shapes()) == []
    assert found(DIGITS, Shapes(note="The engine is starting.")) == []


def test_an_image_layer_after_flatten_is_moved_and_given_its_channel():
    spec = added(DIGITS, "Conv2D")
    (problem,) = found(spec, shapes(spec, (64,), (64,), error="Keras's own words"))
    assert problem.place == "model.layers.conv2d"
    assert problem.is_blocking
    assert problem.reason == (
        "model.layers.conv2d: Conv2D expects an image with channels, received 64; "
        "move it before Flatten, and give the images a channel axis"
    )
    assert kinds(problem.fix) == ["Conv2D", "Flatten", "Dense", "Dense"]
    assert [step.kind for step in problem.fix.dataset.steps] == ["scale", "add_channel"]


def test_a_resting_layer_stays_where_it_is_in_a_remedy():
    spec = switched(added(added(DIGITS, "Dropout", 0), "Conv2D"), "dropout")
    (problem,) = found(spec, shapes(spec, (64,), (64,), error="no"))
    assert [each.layer.name for each in problem.fix.model.resting] == ["dropout"]
    assert kinds(switched(problem.fix, "dropout")) == ["Dropout", "Conv2D", "Flatten", "Dense", "Dense"]


def test_a_sequence_layer_is_moved_before_flatten():
    spec = added(DIGITS, "LSTM")
    (problem,) = found(spec, shapes(spec, (64,), (64,), error="no"))
    assert problem.reason.endswith("LSTM expects a sequence, received 64; move it before Flatten")
    assert kinds(problem.fix) == ["LSTM", "Flatten", "Dense", "Dense"]


def test_an_image_layer_on_a_sequence_gets_a_channel_from_the_data():
    spec = added(DIGITS, "MaxPooling2D", 0)
    (problem,) = found(spec, shapes(spec, error="no"))
    assert problem.fix.model == spec.model
    assert problem.fix.dataset.steps[-1].kind == "add_channel"


def test_where_no_channel_can_come_from_the_data_a_reshape_brings_it():
    spec = added(added(DIGITS, "Dense", 0), "MaxPooling2D", 1)
    (problem,) = found(spec, shapes(spec, (8, 32), error="no"))
    assert problem.fix.model.layers[1].args.plain() == {"target_shape": [8, 32, 1]}


def test_what_reads_rows_gets_a_flatten():
    spec = added(DIGITS, "RepeatVector", 0)
    (problem,) = found(spec, shapes(spec, error="no"))
    assert kinds(problem.fix) == ["Flatten", "RepeatVector", "Flatten", "Dense", "Dense"]


def test_a_merge_is_joined_with_a_layer_of_its_shape():
    spec = added(DIGITS, "Add")
    (problem,) = found(spec, shapes(spec, (64,), (64,), error="no"))
    assert problem.fix.model.layers[2].inputs == ("flatten", "hidden")
    lonely = added(DIGITS, "Add", 0)
    (problem,) = found(lonely, shapes(lonely, error="no"))
    assert problem.fix == DIGITS


def test_what_cannot_be_explained_keeps_the_words_of_keras_and_can_be_left_out():
    spec = added(DIGITS, "Reshape", 1)
    (problem,) = found(spec, shapes(spec, (64,), error="Layer reshape (Reshape) does not fit: 64 is odd."))
    assert problem.reason == "Layer reshape (Reshape) does not fit: 64 is odd."
    assert problem.fix == DIGITS


def test_an_answer_at_every_place_is_flattened():
    spec = removed(DIGITS, "flatten")
    (problem,) = found(spec, shapes(spec, (8, 64), (8, 10)))
    assert problem.rule == "unflattened"
    assert kinds(problem.fix) == ["Dense", "Flatten", "Dense"]


def test_a_model_without_output_layer_gets_one():
    spec = removed(removed(DIGITS, "output"), "hidden")
    (problem,) = found(spec, shapes(spec, (64,)))
    assert problem.rule == "no-output-layer"
    assert kinds(problem.fix) == ["Flatten", "Dense"]
    assert problem.fix.model.layers[-1].args.plain() == {"units": 10, "activation": "softmax"}
    pooled = added(spec, "GlobalMaxPooling1D", 1)
    assert found(pooled, shapes(pooled, (10,), (10,))) == [], "ten numbers for ten classes"


def test_what_was_said_of_a_layer_is_not_said_again():
    spec = RunSpec.from_dict(EXAMPLE | {"model": {"layers": [{"kind": "Dens", "name": "a"}]}})
    assert found(spec, shapes(spec, error="'Dens' is not among the layers on offer")) == []


def test_a_layer_that_reads_several_keeps_the_words_of_keras():
    spec = rereading(added(DIGITS, "Add"), "add", ["flatten", "hidden"])
    (problem,) = found(spec, shapes(spec, (64,), (64,), error="Layer add (Add) does not fit."))
    assert problem.reason == "Layer add (Add) does not fit."


@pytest.mark.parametrize(
    ("shape", "words"), [((8, 8, 32), "8 × 8 × 32"), ((1024,), "1,024"), ((None, 4), "? × 4"), ((), "1")]
)
def test_shapes_in_words(shape, words):
    assert spelled_shape(shape) == words


def test_ranks_in_words():
    assert rank_words((2, 3)) == "a sequence or an image with channels"


def test_a_layer_that_changes_colours_is_left_out_of_grey_images():
    spec = added(DIGITS, "RandomHue", 0)
    (problem,) = found(spec, shapes(spec, error="no"))
    assert (
        problem.reason
        == "model.layers.random_hue: RandomHue expects images with 3 channels, received 8 × 8; leave it out"
    )
    assert problem.fix == DIGITS
