"""The remedies of a layer that stands alone, held against Keras: they end in a model, or leave it out."""

import pytest

from playground import data
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.problems import problems
from playground.specs.stack import added
from playground.specs.templates import started
from tests.contract.training.test_fixes import KINDS, mended, shapes_of
from tests.sweeps import some


@pytest.mark.parametrize("source", ["digits", "iris", "moons", "plane"])
@pytest.mark.parametrize("kind", some(KINDS, 3))
def test_from_a_single_layer_the_remedies_lead_to_a_model(kind, source):
    dataset = DatasetSpec(source=source)
    facts = data.outline(dataset)
    empty = started(dataset, facts)
    first = added(empty, kind, 0)
    found = [problem for problem in problems(first, facts, Settings(), shapes_of(first)) if problem.is_blocking]
    if found and found[0].fix == empty:
        return  # it is left out: nothing of it is a start for this data
    assert mended(first).model.layers
