"""What we offer ourselves raises no warning: every recipe, and every template on every dataset that it fits."""

import pytest

from playground import catalog, data, recipes
from playground.settings import Settings
from playground.specs.first_dataset import first_dataset
from playground.specs.problems import problems
from playground.specs.templates import fitting, started

PAIRS = [
    (entry.id, template.name)
    for entry in catalog.entries("datasets")
    for template in fitting(data.outline(first_dataset(entry.id)))
]


@pytest.mark.parametrize("name", recipes.names())
def test_no_recipe_is_warned_of(name):
    spec = recipes.recipe(name).spec
    assert [problem.reason for problem in problems(spec, data.outline(spec.dataset), Settings())] == []


@pytest.mark.parametrize(("source", "template"), PAIRS)
def test_no_template_is_warned_of(source, template):
    dataset = first_dataset(source)
    facts = data.outline(dataset)
    spec = started(dataset, facts, template)
    assert [problem.reason for problem in problems(spec, facts, Settings())] == []
