"""The remedies of layers that do not fit, held against Keras: following them ends in a model that can be trained."""

import pytest

from playground import catalog, data
from playground.settings import Settings
from playground.specs import DatasetSpec, RunSpec
from playground.specs.problems import problems
from playground.specs.shapes import Shapes
from playground.specs.stack import added, removed, rows
from playground.specs.templates import started
from playground.training.build import BuildError
from playground.training.shapes import LimitError, summarise
from tests.sweeps import some

KINDS = [entry.id for entry in catalog.entries("layers")]
STARTS = [("digits", "mlp"), ("digits", "cnn"), ("iris", "mlp"), ("plane", "linear")]


def shapes_of(spec: RunSpec) -> Shapes:
    """What the workbench answers."""
    facts = data.outline(spec.dataset)
    if not spec.model.layers:
        return Shapes()
    try:
        made = summarise(spec.model, facts.input_shape, facts.input_dtype, Settings())
    except (BuildError, LimitError) as error:
        wrong = {"layer": error.layer, "message": str(error)}
        return Shapes.from_answer({"summary": error.so_far.to_dict(), "error": wrong})
    return Shapes.from_answer({"summary": made.to_dict(), "error": None})


def mended(spec: RunSpec, most: int = 8) -> RunSpec:
    """``spec`` after pressing the first button of the first blocking problem until there is none."""
    for _ in range(most + 1):
        found = problems(spec, data.outline(spec.dataset), Settings(), shapes_of(spec))
        blocking = [problem for problem in found if problem.is_blocking]
        if not blocking:
            return spec
        assert blocking[0].fix is not None, blocking[0]
        assert blocking[0].fix != spec, blocking[0]
        assert "\n" not in blocking[0].reason
        spec = blocking[0].fix
    pytest.fail(f"still {blocking[0].reason}")


@pytest.mark.parametrize(("source", "template"), STARTS)
@pytest.mark.parametrize("kind", some(KINDS, 3))
def test_wherever_a_layer_is_put_its_remedies_lead_to_a_model(kind, source, template):
    dataset = DatasetSpec(source=source)
    spec = started(dataset, data.outline(dataset), template)
    for at in range(len(rows(spec.model)) + 1):
        mended(added(spec, kind, at))


@pytest.mark.parametrize("kind", ["Conv2D", "MaxPooling2D", "SpatialDropout2D"])
def test_one_press_mends_an_image_layer_after_flatten(kind):
    dataset = DatasetSpec(source="digits")
    spec = added(started(dataset, data.outline(dataset), "mlp"), kind)
    assert mended(spec, most=1).dataset.steps[-1].kind == "add_channel"


def test_a_window_larger_than_the_image_may_reach_over_its_border():
    dataset = DatasetSpec(source="digits")
    spec = started(dataset, data.outline(dataset), "cnn")
    for _ in range(3):
        spec = added(spec, "MaxPooling2D", 4)
    found = mended(spec, most=3)
    assert [row.layer.kind for row in rows(found.model)].count("MaxPooling2D") == 5


def test_removing_the_flatten_of_a_template_is_mended():
    dataset = DatasetSpec(source="digits")
    spec = removed(started(dataset, data.outline(dataset), "cnn"), "flatten")
    kinds = [layer.kind for layer in mended(spec, most=1).model.layers]
    assert "GlobalAveragePooling2D" in kinds
