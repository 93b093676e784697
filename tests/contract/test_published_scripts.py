"""The written code reads published files, as they lie in the folder of datasets, to the rows that the app has."""

import keras
import numpy as np
import pandas as pd
import pytest

from playground import recipes
from playground.data import prepare
from playground.export.loading import loading
from playground.settings import Settings
from playground.specs import Args, RunSpec, SplitSpec
from playground.specs.edit import with_value
from tests.contract.stand_ins import stand_in
from tests.unit.data.test_published_files import FILES, dataset


def spec_of(name: str) -> RunSpec:
    spec = recipes.recipe("digits-mlp").spec
    return spec.model_copy(update={"dataset": dataset(name), "seed": 3})


@pytest.mark.parametrize("name", FILES)
def test_the_written_code_loads_the_rows_of_the_app(name, tmp_path, monkeypatch):
    settings = Settings(home=tmp_path)
    spec = spec_of(name)
    if name == "boston_housing":
        split = SplitSpec(kind="given", args=Args({"validation": 0.0}))
        spec = with_value(spec, "dataset.split", split.model_dump())
    stand_in(name, settings, monkeypatch)
    prepared = prepare(spec.dataset, spec.seed, settings)
    left = {"np": np, "keras": keras, "pd": pd, "SEED": spec.seed}
    made = loading(spec)
    exec("\n".join([*made.imports, *made.functions, made.load, made.prepare]), left)  # our own code
    assert np.array_equal(left["x_train"], prepared.array("x_train"))
    assert np.array_equal(np.ravel(left["y_train"]), np.ravel(prepared.array("y_train")))
    assert np.array_equal(left["x_test"], prepared.array("x_test"))
