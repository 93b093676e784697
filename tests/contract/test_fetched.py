"""Downloaded sets hold what Keras makes of the same files, and the written code loads the same rows."""

import keras
import numpy as np
import pytest

from playground.data import prepare
from playground.data.plan import plan
from playground.export.sources import SOURCES
from playground.settings import Settings
from playground.specs import DatasetSpec, SplitSpec
from tests.contract.stand_ins import stand_in

WHOLE = SplitSpec(kind="none")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *(
            (name, options)
            for name in ("imdb", "reuters")
            for options in (
                {"num_words": 100, "maxlen": 20},
                {
                    "num_words": 250,
                    "maxlen": 30,
                    "skip_top": 12,
                    "index_from": 5,
                    "padding": "post",
                    "truncating": "post",
                },
                {"num_words": 120, "output_mode": "multi_hot"},
            )
        ),
        ("cifar10", {}),
        ("cifar100", {}),
        ("cifar100", {"label_mode": "coarse"}),
        ("california_housing", {}),
    ],
)
def test_rows_are_those_that_the_written_code_loads(name, options, tmp_path, monkeypatch):
    settings = Settings(home=tmp_path / "home")
    stand_in(name, settings, monkeypatch)
    spec = DatasetSpec(source=name, options=options, split=WHOLE)
    prepared = prepare(spec, 1, settings)
    left = {"np": np, "keras": keras}
    written = SOURCES[name](plan(spec))
    exec("\n".join([*written.imports, *written.code]), left)  # our own code
    np.testing.assert_array_equal(prepared.array("x_train"), left["x"])
    y = prepared.array("y_train").ravel()
    np.testing.assert_array_equal(y, left["y"].astype(y.dtype))
    assert left["x"].dtype == prepared.facts.input_dtype
