"""Tables of numbers that somebody publishes: the Pima Indians' diabetes and the houses of Boston."""

import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.downloads.published import Published, fetched, stamp
from playground.data.errors import DataError
from playground.data.source import Loaded, Progress, Source
from playground.data.uploads.npz import header, read
from playground.settings import Settings

PIMA = Published(
    "Pima Indians diabetes",
    "https://raw.githubusercontent.com/jbrownlee/Datasets/master/pima-indians-diabetes.data.csv",
    None,
    100_000,
    "pima-indians-diabetes.data.csv",
)
BOSTON = Published(
    "Boston housing",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/boston_housing.npz",
    "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5",
    1_000_000,
    "boston_housing.npz",
)
BOSTON_SEED = 113
"""The seed with which Keras shuffles the rows before it takes the last fifth as the test part."""
_PIMA_SHAPE = (768, 9)
_BOSTON_SHAPE = (506, 13)
_BOSTON_TEST = 102
_REMEDY = "Replace it by the published file, or remove it to have that one downloaded."


def _pima(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """One row a woman: x float64 (768, 8), y int64 (768,), 1 where she got diabetes within five years.

    Raises:
        OfflineError: there is no file and it cannot be downloaded.
        DataError: the file holds something else, is too large or cannot be written.
    """
    (path,) = fetched([PIMA], settings, progress)
    try:
        if path.stat().st_size > PIMA.max_bytes:
            raise ValueError(f"it is larger than {PIMA.max_bytes:,} bytes")
        found = np.loadtxt(path, delimiter=",", ndmin=2)
        if found.shape != _PIMA_SHAPE or not np.isfinite(found).all():
            raise ValueError(f"expected numbers of shape {_PIMA_SHAPE}, received {found.shape}")
        if set(np.unique(found[:, -1])) != {0, 1}:
            raise ValueError("expected 0 and 1 in the last column")
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    return Loaded(found[:, :-1], found[:, -1].astype(np.int64))


def _boston(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """One row a district: x float64 (506, 13), y float64 (506,) in 1,000 $, in the order and the parts of Keras.

    Raises:
        OfflineError: there is no file and it cannot be downloaded.
        DataError: the file is damaged, holds something else or cannot be written.
    """
    (path,) = fetched([BOSTON], settings, progress)
    try:
        with zipfile.ZipFile(path) as file:
            for name, shape in {"x": _BOSTON_SHAPE, "y": _BOSTON_SHAPE[:1]}.items():
                received, dtype = header(path, file, name, _REMEDY)
                if received != shape or dtype.kind not in "fiu":
                    expected = f"expected numbers of shape {shape}"
                    raise DataError(f"{path}: {name} is {dtype} of shape {received}, {expected}. {_REMEDY}")
            x, y = (read(file, name).astype(np.float64) for name in ("x", "y"))
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise DataError(f"{path}: expected finite numbers. {_REMEDY}")
    order = np.arange(len(x))
    np.random.RandomState(BOSTON_SEED).shuffle(order)
    return Loaded(x[order], y[order], n_test=_BOSTON_TEST)


PUBLISHED_TABLES: dict[str, Source] = {
    "pima_indians": Source(
        _pima,
        "binary",
        (8,),
        768,
        ("no diabetes", "diabetes"),
        (
            "pregnancies",
            "glucose",
            "blood pressure",
            "skin thickness",
            "insulin",
            "body mass index",
            "pedigree",
            "age",
        ),
        licence="CC0 1.0",
        origin="National Institute of Diabetes and Digestive and Kidney Diseases, 1988; J. Brownlee's collection",
        stamp=lambda settings: stamp([PIMA.path(settings)]),
        largest=846.0,
        target="diabetes",
    ),
    "boston_housing": Source(
        _boston,
        "regression",
        (13,),
        506,
        (),
        ("CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO", "B", "LSTAT"),
        unit="1,000 $",
        has_test=True,
        n_test=_BOSTON_TEST,
        licence="no licence is stated; from the US census of 1970",
        origin="D. Harrison and D. Rubinfeld, Hedonic Housing Prices, 1978; boston_housing.npz as Keras provides it",
        stamp=lambda settings: stamp([BOSTON.path(settings)]),
        largest=711.0,
    ),
}
"""By the source's name in the catalogue."""
