"""Whole models to start from."""

import pytest

from playground import catalog, data
from playground.specs import DatasetSpec
from playground.specs.edit import with_value
from playground.specs.problems import problems
from playground.specs.rules.head import head
from playground.specs.templates import TEMPLATES, applied, fitting, started

DATASETS = [entry.id for entry in catalog.entries("datasets")]


def facts_of(source: str):
    dataset = DatasetSpec(source=source)
    return dataset, data.outline(dataset)


@pytest.mark.parametrize("source", DATASETS)
def test_all_that_fit_a_dataset_are_right_for_its_task(source):
    dataset, facts = facts_of(source)
    assert fitting(facts)
    for template in fitting(facts):
        spec = started(dataset, facts, template.name)
        assert problems(spec, facts) == (), template.name
        assert head(spec) is not None


@pytest.mark.parametrize("source", DATASETS)
def test_without_template_only_the_layers_are_missing(source):
    dataset, facts = facts_of(source)
    assert [problem.rule for problem in problems(started(dataset, facts), facts)] == ["no-layers"]


def test_which_fit():
    names = {source: [template.name for template in fitting(facts_of(source)[1])] for source in DATASETS}
    assert names["digits"] == ["logistic", "mlp", "cnn"]
    assert names["moons"] == ["logistic", "mlp"]
    assert names["plane"] == ["linear", "mlp"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_rest_of_a_draft_stays(name):
    dataset, facts = facts_of("plane" if name == "linear" else "digits")
    before = with_value(with_value(started(dataset, facts, seed=5), "epochs", 3), "optimizer", "SGD")
    after = applied(before, facts, name)
    assert (after.seed, after.training.epochs, after.training.optimizer.kind) == (5, 3, "SGD")
    assert after.dataset == dataset
    assert after.name == TEMPLATES[name].label
    assert applied(with_value(before, "name", "Mine"), facts, name).name == "Mine"


def test_there_is_no_other():
    dataset, facts = facts_of("iris")
    with pytest.raises(KeyError):
        started(dataset, facts, "lenet")
