"""A notebook names the packages that its lines need."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.export import notebook
from playground.settings import settings
from tests.pictures import archive, classes


def images(path: Path) -> Path:
    return archive(path / "images.zip", classes(8))


def workbook(path: Path) -> Path:
    frame().to_excel(path / "table.xlsx", index=False)
    return path / "table.xlsx"


def parquet(path: Path) -> Path:
    frame().to_parquet(path / "table.parquet")
    return path / "table.parquet"


def frame() -> pd.DataFrame:
    values = np.random.default_rng(0).normal(size=(60, 2))
    return pd.DataFrame({"size": values[:, 0], "weight": values[:, 1], "kind": ["a", "b", "b"] * 20})


@pytest.mark.parametrize(
    ("make", "needs"),
    [
        (images, "scikit-learn, Pillow"),
        (workbook, "pandas, scikit-learn, openpyxl"),
        (parquet, "pandas, scikit-learn, PyArrow"),
    ],
)
def test_the_packages_are_named(make, needs, home, tmp_path):
    path = make(tmp_path)
    spec = proposed(take_in(path, path.name, settings(), lambda fraction, message: None), settings())
    first = json.loads(notebook(spec))["cells"][0]["source"]
    assert f"It needs Keras with TensorFlow, NumPy, {needs}, and matplotlib" in "".join(first)
