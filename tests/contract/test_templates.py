"""Every template on every dataset it fits: built, asked, trained a step; and on inputs that no dataset has yet."""

import math
from collections.abc import Iterable

import pytest

from playground import catalog
from playground.data import SOURCES, outline
from playground.settings import Settings
from playground.specs import DatasetSpec, RunSpec, StepSpec
from playground.specs.dataset_change import changed
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.specs.problems import Problem, problems
from playground.specs.templates import fitting, started
from playground.training.shapes import summarise
from tests.contract.tiny import trained
from tests.contract.training.test_fixes import mended, shapes_of
from tests.sweeps import some

CHANNEL = StepSpec(kind="add_channel")
WITHOUT_FILE = [entry.id for entry in catalog.entries("datasets") if SOURCES[entry.id].stamp is None]
LIMIT = 1_000_000
CLASSES = tuple("abcdefg")


def _datasets() -> list[DatasetSpec]:
    made = [first_dataset(source) for source in WITHOUT_FILE]
    made.append(first_dataset("digits").model_copy(update={"steps": (*first_dataset("digits").steps, CHANNEL)}))
    inputs = [each for each in made if outline(each).vocabulary is None]  # numbers of symbols have no order
    return [*made, *(each.model_copy(update={"target": "input"}) for each in inputs)]


def _cases() -> list[object]:
    """Each template once for every task, rank and number of channels that a dataset brings it."""
    cases: dict[tuple[object, ...], object] = {}
    for each in _datasets():
        facts = outline(each)
        channels = facts.input_shape[-1] if len(facts.input_shape) == 3 else None
        for template in fitting(facts):
            kind = (facts.task, facts.is_sequence_answered, facts.vocabulary is None)
            key = (template.name, kind, len(facts.input_shape), channels)
            name = f"{template.name}-{each.source}-{facts.task}"
            cases.setdefault(key, pytest.param(started(each, facts, template.name), id=f"{name}-{channels or ''}"))
    return list(cases.values())


def _others() -> list[tuple[DatasetSpec, str]]:
    """Every template on every dataset; cheap enough where nothing is trained."""
    return [(each, template.name) for each in _datasets() for template in fitting(outline(each))]


@pytest.mark.parametrize("run", some(_cases(), 3))
def test_a_template_is_right_for_every_dataset_it_fits(run: RunSpec):
    facts, shapes = outline(run.dataset), shapes_of(run)
    assert shapes.error == ""
    assert shapes.output(run.model.layers[-1].name) == facts.answer_shape
    assert shapes.parameters < LIMIT
    found = problems(run, facts, Settings(), shapes)
    assert alarms(found, facts) == []
    model, values = trained(run)
    assert math.isfinite(values["loss"])
    assert model.count_params() == shapes.parameters


def test_no_rule_finds_anything_in_a_template_on_any_dataset():
    found = {}
    for dataset, name in _others():
        facts, run = outline(dataset), started(dataset, outline(dataset), name)
        shapes = shapes_of(run)
        assert shapes.output(run.model.layers[-1].name) == facts.answer_shape, (dataset, name)
        found |= {(dataset.source, name): alarms(problems(run, facts, Settings(), shapes), facts)}
    print(f"{len(_others())} templates on datasets, {sum(map(len, found.values()))} false alarms")
    assert [each for each in found.items() if each[1]] == []


_ALLOWED = frozenset({"weights-elsewhere"})
"""Warnings that a template may bring: published weights are not on every machine."""
_FEW = 20
"""Rows of the sets that are followed by hand; every template but the smallest is too large for them."""


def alarms(found: Iterable[Problem], facts: Facts) -> list[str]:
    """What is said of a template and should not be."""
    few = {"more-weights-than-rows"} if facts.n_train is not None and facts.n_train < _FEW else set()
    return [problem.reason for problem in found if problem.rule not in _ALLOWED | few]


@pytest.mark.parametrize("shape", [(4, 4), (5, 9, 1), (8, 8, 3), (28, 28), (32, 40, 3), (61, 45), (224, 224, 3)])
@pytest.mark.parametrize("task", ["multiclass", "reconstruction"])
def test_images_of_any_size(shape, task):
    facts = _facts(task, shape)
    for template in fitting(facts):
        spec = started(DatasetSpec(source="digits"), facts, template.name)
        made = summarise(spec.model, shape, "float32", Settings())
        assert made.layers[-1].output_shape == facts.answer_shape, template.name
        limit = 12_000_000 if template.name in ("mlp", "logistic") else 2_500_000
        assert made.parameters < (limit if max(shape) > 100 else LIMIT), template.name


@pytest.mark.parametrize("shape", [(1, 1), (2, 5), (50, 3), (1000, 1)])
def test_sequences_of_any_length(shape):
    facts = _facts("regression", shape)
    for template in fitting(facts):
        spec = started(DatasetSpec(source="digits"), facts, template.name)
        made = summarise(spec.model, shape, "float32", Settings())
        assert made.layers[-1].output_shape == (1,), template.name


@pytest.mark.parametrize("n", [1, 3, 200])
def test_texts_as_word_numbers(n):
    facts = Facts(task="binary", input_shape=(n,), classes=("blame", "praise"), vocabulary=1000)
    assert len(fitting(facts)) == 6
    for template in fitting(facts):
        spec = started(DatasetSpec(source="moons"), facts, template.name)
        made = summarise(spec.model, (n,), "float32", Settings())
        assert made.layers[-1].output_shape == (1,), template.name
        assert made.layers[0].parameters == 1000 * 32


def _facts(task: str, shape: tuple[int, ...]) -> Facts:
    return Facts.model_validate(
        {
            "task": task,
            "input_shape": shape,
            "target_shape": shape if task == "reconstruction" else (),
            "classes": CLASSES if task == "multiclass" else (),
        }
    )


@pytest.mark.parametrize("template", [each.name for each in fitting(_facts("multiclass", (8, 8)))])
def test_any_model_of_images_can_be_led_to_rebuild_them_and_back(template):
    """The target is changed under a finished model; the remedies lead to one that fits."""
    own = first_dataset("digits")
    itself = own.model_copy(update={"target": "input"})
    spec = started(own, outline(own), template)
    rebuilding = mended(changed(spec, itself, outline(itself)).spec)
    assert shapes_of(rebuilding).output(rebuilding.model.layers[-1].name) == (8, 8)
    assert rebuilding.training.loss.kind == "MeanSquaredError"
    trained(rebuilding)
    again = changed(rebuilding, own, outline(own)).spec
    assert shapes_of(mended(again)) == shapes_of(spec)
