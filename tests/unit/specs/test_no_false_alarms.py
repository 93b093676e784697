"""What we offer ourselves raises no warning: every template on every dataset that it fits."""

import pytest

from playground import catalog, data
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.specs.problems import problems
from playground.specs.templates import fitting, started

PAIRS = [
    (entry.id, template.name)
    for entry in catalog.entries("datasets")
    for template in fitting(data.outline(first_dataset(entry.id)))
]


def alarms(spec: RunSpec, facts: Facts) -> list[str]:
    """What is said of ``spec``, but for files that this machine may or may not have."""
    found = problems(spec, facts, Settings())
    return [problem.reason for problem in found if problem.rule != "weights-elsewhere"]


@pytest.mark.parametrize(("source", "template"), PAIRS)
def test_no_template_is_warned_of(source, template):
    dataset = first_dataset(source)
    facts = data.outline(dataset)
    spec = started(dataset, facts, template)
    assert alarms(spec, facts) == []
