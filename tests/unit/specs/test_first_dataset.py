"""How a dataset is prepared until somebody changes that."""

import pytest

from playground import catalog
from playground.data import outline
from playground.specs.first_dataset import first_dataset

EVERY = [entry.id for entry in catalog.entries("datasets")]


@pytest.mark.parametrize("source", EVERY)
def test_every_dataset_has_a_preparation_that_fits_it(source):
    dataset = first_dataset(source)
    assert dataset.source == source
    assert outline(dataset).task in catalog.entry("datasets", source).tasks


@pytest.mark.parametrize(
    ("source", "steps", "split"),
    [
        ("digits", [("scale", 16.0)], "holdout"),
        ("mnist", [("scale", 255.0)], "given"),
        ("iris", [("standardise", None)], "holdout"),
        ("moons", [], "holdout"),
    ],
)
def test_the_usual_preparation(source, steps, split):
    dataset = first_dataset(source)
    assert [(step.kind, step.args.get("maximum")) for step in dataset.steps] == steps
    assert dataset.split.kind == split


def test_an_unknown_dataset_is_refused_by_name():
    with pytest.raises(KeyError, match="seals"):
        first_dataset("seals")
