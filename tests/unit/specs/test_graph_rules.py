"""Rules about what reads what: branches, joins, layers that are off."""

import pytest

from playground import catalog, data
from playground.catalog import reading
from playground.data.sources import SOURCES
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.problems import Problem, problems
from playground.specs.shapes import Shapes
from playground.specs.stack import rereading, switched
from playground.specs.usual import usual_args
from tests.unit.specs.rule_cases import DIGITS, MULTICLASS, OUTPUT, Case, dense, names, of_rule, stack

CONV = ("Conv2D", {"filters": 8, "kernel_size": 3, "padding": "same", "activation": "relu"})
OFF = switched(stack("Flatten", dense(), dense(), OUTPUT), "c")
READS_OFF = rereading(OFF, "d", ["c"])

CASES = [
    Case(
        "reads-too-many",
        stack("Flatten", dense(), dense(), OUTPUT, d=["b", "c"]),
        stack("Flatten", dense(), dense(), "Concatenate", OUTPUT, d=["b", "c"]),
        "model.layers.d.inputs",
        "Dense reads one layer, received 2; join them first",
        is_blocking=True,
    ),
    Case(
        "reads-resting",
        READS_OFF,
        OFF,
        "model.layers.d.inputs",
        "received c, which is switched off; read what it read, or switch it on",
        is_blocking=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_rule_finds_its_problem_and_its_fix_mends_it(case):
    case.check()


def test_a_layer_that_read_one_that_is_off_reads_what_that_read():
    (problem,) = of_rule("reads-resting", READS_OFF, MULTICLASS)
    assert problem.fix.model.layers[-1].inputs == ("b",)


def shapes(spec: RunSpec, *outputs: tuple[int, ...], error: str = "", trainable: int = 0) -> Shapes:
    """The answer for a model whose first layers give ``outputs``; the next does not fit where there is an ``error``."""
    layers = [
        {"name": layer.name, "kind": layer.kind, "output_shape": shape, "parameters": 0, "trainable": 0}
        for layer, shape in zip(spec.model.layers, outputs, strict=False)
    ]
    wrong = {"layer": spec.model.layers[len(outputs)].name, "message": error} if error else None
    summary = {"layers": layers, "parameters": trainable, "trainable": trainable}
    return Shapes.from_answer({"summary": summary, "error": wrong})


def found(spec: RunSpec, known: Shapes) -> list[Problem]:
    return list(problems(spec, MULTICLASS, None, known))


def test_a_window_larger_than_what_is_left_is_named_with_both_sizes():
    spec = stack(("MaxPooling2D", {"pool_size": 4}), ("MaxPooling2D", {"pool_size": 3}), "Flatten", OUTPUT)
    (problem,) = found(spec, shapes(spec, (2, 2, 1), error="no"))
    assert (problem.rule, problem.place, problem.is_blocking) == ("shrunk-to-nothing", "model.layers.b", True)
    assert "expected at least 3 × 3 for its window, received 2 × 2" in problem.reason
    assert problem.fix.model.layers[1].args["padding"] == "same"
    (other,) = found(spec, shapes(spec, (3, 3, 1), error="Keras's words"))
    assert (other.rule, other.reason) == ("does-not-fit", "Keras's words"), "the window fits, so it is something else"


def test_gaps_count_in_the_reach_of_a_window():
    spec = stack(("Conv2D", {"filters": 2, "kernel_size": 3, "dilation_rate": 4}), "Flatten", OUTPUT)
    image = MULTICLASS.model_copy(update={"input_shape": (8, 8, 1)})
    (problem,) = problems(spec, image, None, shapes(spec, error="no"))
    assert "expected at least 9 × 9 for its window, received 8 × 8" in problem.reason


def test_a_skip_into_another_number_of_channels_gets_a_projection():
    spec = stack(CONV, CONV, "Add", "Flatten", OUTPUT, c=["a", "b"])
    (problem,) = found(spec, shapes(spec, (8, 8, 4), (4, 4, 8), error="no"))
    assert (problem.rule, problem.is_blocking) == ("unlike-shapes", True)
    assert "received 8 × 8 × 4 (a) and 4 × 4 × 8 (b); put a Conv2D with a window of 1 after a" in problem.reason
    new, add = problem.fix.model.layers[2:4]
    assert (new.kind, new.inputs, new.args.plain()) == (
        "Conv2D",
        ("a",),
        {"filters": 8, "kernel_size": 1, "strides": 2},
    )
    assert add.inputs == (new.name, "b")


def test_rows_of_another_length_get_a_dense_layer():
    spec = stack("Flatten", dense(), "Add", OUTPUT, c=["a", "b"])
    (problem,) = found(spec, shapes(spec, (64,), (32,), error="no"))
    assert problem.fix.model.layers[2].args["units"] == 32


def test_what_cannot_be_made_alike_is_left_out():
    spec = stack(CONV, "Flatten", "Add", OUTPUT, c=["a", "b"])
    (problem,) = found(spec, shapes(spec, (8, 8, 8), (512,), error="no"))
    assert "make them the same, or leave it out" in problem.reason
    assert [layer.kind for layer in problem.fix.model.layers] == ["Conv2D", "Flatten", "Dense"]


def test_more_than_a_hundred_weights_a_row_want_something_against_learning_by_heart():
    sizes = ((64,), (64,), (10,))
    assert found(DIGITS, shapes(DIGITS, *sizes, trainable=100_000)) == []
    (problem,) = found(DIGITS, shapes(DIGITS, *sizes, trainable=100_001))
    assert (problem.rule, problem.is_blocking) == ("more-weights-than-rows", False)
    assert "received 100,001 for 1,000 rows" in problem.reason
    assert [layer.kind for layer in problem.fix.model.layers] == ["Flatten", "Dense", "Dropout", "Dense"]
    assert found(problem.fix, shapes(problem.fix, (64,), (64,), (64,), (10,), trainable=100_001)) == []
    stops = with_value(DIGITS, "training.callbacks", [{"kind": "EarlyStopping", "args": {"patience": 3}}])
    assert found(stops, shapes(stops, *sizes, trainable=100_001)) == []


@pytest.mark.parametrize("kind", [e.id for e in catalog.entries("layers") if e.reading.least > 1])
def test_every_layer_that_joins_is_asked_for_its_second_input(kind):
    spec = stack("Flatten", dense(64), (kind, usual_args("layers", kind)), OUTPUT)
    (problem,) = [each for each in found(spec, shapes(spec, (64,), (64,), error="no")) if each.is_blocking]
    assert problem.rule == "reads-too-few"
    assert catalog.entry("layers", kind).reading.in_words() in problem.reason
    assert problem.fix.model.layers[2].inputs == ("a", "b")
    assert reading.ONE.in_words() == "one layer"


@pytest.mark.parametrize("source", ["digits", "iris", "wine", "breast_cancer"])
def test_the_largest_input_is_what_the_rows_hold(source):
    dataset = DIGITS.dataset.model_copy(update={"source": source, "steps": ()})
    options = data.outline(dataset)
    rows = SOURCES[source].load({}, 0, Settings(), lambda share, words: None).x
    assert options.largest == pytest.approx(float(abs(rows).max()))
