"""The exported script draws the same sequences as the app and trains to the same numbers."""

import pytest

from playground import data
from playground.export import script
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from tests.contract.alone import gives_the_numbers_here


def _of(source: str, template: str, **changes: object) -> RunSpec:
    dataset = first_dataset(source)
    spec = started(dataset, data.outline(dataset), template, seed=4)
    values = {"training.epochs": 2, "dataset.options.n_samples": 200, **changes}
    for path, value in values.items():
        spec = with_value(spec, path.replace("__", "."), value)
    return spec


CASES = {
    "a sequence beside each of two": _of("aligned", "many_to_many"),
    "texts by their letters": _of("reversed", "encoder_decoder"),
    "sums by rows of 0 and 1": _of("addition", "encoder_decoder", training__loss={"kind": "CategoricalCrossentropy"}),
}


@pytest.mark.parametrize("name", CASES)
def test_the_script_gives_the_numbers_of_the_app(name, tmp_path, monkeypatch):
    gives_the_numbers_here(name, CASES[name], script(CASES[name]), tmp_path, monkeypatch)
