"""Kept weights to start from: part of the spec, and a problem where they no longer belong to the layers."""

import pytest

from playground import data, recipes
from playground.runs.weights import keep, path
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.problems import problems
from playground.specs.shapes import Shapes
from playground.specs.stack import added

SPEC = recipes.recipe("digits-mlp").spec
KEPT = SPEC.model_copy(update={"model": SPEC.model.model_copy(update={"weights": "ab" * 32})})
FACTS = data.outline(SPEC.dataset)


def found(spec: RunSpec, words: str) -> list[str]:
    shapes = Shapes(weights_misfit=words)
    said = problems(spec, FACTS, Settings(), shapes)
    return [each.rule for each in said if each.rule == "weights-misfit"]


def test_weights_that_do_not_fit_block_the_run_and_the_fix_starts_afresh():
    shapes = Shapes(weights_misfit="the layer hidden has other shapes than they have")
    problem = next(each for each in problems(KEPT, FACTS, Settings(), shapes) if each.rule == "weights-misfit")
    assert problem.is_blocking
    assert "the layer hidden" in problem.reason
    assert problem.fix == SPEC


def test_nothing_is_said_of_weights_that_fit_or_are_not_there():
    assert found(KEPT, "") == []
    assert found(SPEC, "left over from before") == []


def test_edits_of_the_layers_keep_the_weights_named():
    assert added(KEPT, "Dropout").model.weights == KEPT.model.weights


def test_kept_weights_are_named_by_what_they_hold(tmp_path):
    settings = Settings(home=tmp_path / "home")
    file = tmp_path / "some.weights.h5"
    file.write_bytes(b"abc")
    digest = keep(file, settings)
    assert digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert path(digest, settings).read_bytes() == b"abc"
    assert keep(file, settings) == digest
    assert [each.name for each in settings.weights_dir.iterdir()] == [f"{digest}.weights.h5"]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "a" * 63, "g" * 64])
def test_a_name_that_is_none_leads_nowhere(name, tmp_path):
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        path(name, Settings(home=tmp_path))
