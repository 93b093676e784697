"""Every source of data, in the catalogue's order: how it is loaded and what is known of it beforehand."""

from collections.abc import Mapping
from typing import Any

from playground.data.errors import DataError
from playground.data.sets import fashion_mnist, mnist, own_arrays, own_images, own_series, own_table
from playground.data.sets.built_in import built_in
from playground.data.sets.published_series import PUBLISHED_SERIES
from playground.data.sets.random_labels import RANDOM_LABELS
from playground.data.sets.sources_fetched import FETCHED_IMAGES, FETCHED_TABLES, FETCHED_TEXTS
from playground.data.sets.sources_few import FEW_POINTS
from playground.data.sets.sources_generated import GENERATED
from playground.data.sets.sources_sequences import SEQUENCES
from playground.data.sets.sources_series import SERIES
from playground.data.sets.sources_tables import TABLES
from playground.data.source import Loaded, Progress, Source
from playground.settings import Settings

_UCI = "UC Irvine Machine Learning Repository"
_CC_BY = "CC BY 4.0"
_DIGITS = tuple(str(digit) for digit in range(10))

_CELL_MEASURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)
_CELL_FEATURES = (
    *(f"mean {measure}" for measure in _CELL_MEASURES),
    *(f"{measure} error" for measure in _CELL_MEASURES),
    *(f"worst {measure}" for measure in _CELL_MEASURES),
)


def _undescribed(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
    """What loads a source that only its spec describes, until it is described."""
    raise DataError("There is no table yet. Bring a file first.")


SOURCES: dict[str, Source] = {
    "digits": Source(
        built_in("digits", (8, 8)),
        "multiclass",
        (8, 8),
        1797,
        _DIGITS,
        licence=_CC_BY,
        origin=f"E. Alpaydin and C. Kaynak, 1998; {_UCI}",
        largest=16.0,
    ),
    "mnist": Source(
        mnist.load,
        "multiclass",
        (28, 28),
        None,
        _DIGITS,
        has_test=True,
        licence="CC BY-SA 3.0",
        origin="Y. LeCun, C. Cortes and C. Burges; mnist.npz as Keras provides it",
        stamp=mnist.stamp,
        largest=255.0,
    ),
    "fashion_mnist": Source(
        fashion_mnist.load,
        "multiclass",
        (28, 28),
        None,
        (
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        ),
        has_test=True,
        licence="MIT",
        origin="H. Xiao, K. Rasul and R. Vollgraf, Zalando, 2017; the four IDX files as Keras provides them",
        stamp=fashion_mnist.stamp,
        largest=255.0,
    ),
    **FETCHED_IMAGES,
    "iris": Source(
        built_in("iris"),
        "multiclass",
        (4,),
        150,
        ("setosa", "versicolor", "virginica"),
        ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
        licence=_CC_BY,
        origin=f"R. A. Fisher, 1936; {_UCI}",
        largest=7.9,
    ),
    "wine": Source(
        built_in("wine"),
        "multiclass",
        (13,),
        178,
        ("class_0", "class_1", "class_2"),
        (
            "alcohol",
            "malic_acid",
            "ash",
            "alcalinity_of_ash",
            "magnesium",
            "total_phenols",
            "flavanoids",
            "nonflavanoid_phenols",
            "proanthocyanins",
            "color_intensity",
            "hue",
            "od280/od315_of_diluted_wines",
            "proline",
        ),
        licence=_CC_BY,
        origin=f"M. Forina et al., 1991; {_UCI}",
        largest=1680.0,
    ),
    "breast_cancer": Source(
        built_in("breast_cancer"),
        "binary",
        (30,),
        569,
        ("malignant", "benign"),
        _CELL_FEATURES,
        licence=_CC_BY,
        origin=f"W. Wolberg, O. Mangasarian and N. Street, 1995; {_UCI}",
        largest=4254.0,
    ),
    "diabetes": Source(
        built_in("diabetes"),
        "regression",
        (10,),
        442,
        (),
        ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"),
        licence="BSD-3-Clause, as part of scikit-learn",
        origin="B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least Angle Regression, 2004",
    ),
    **FETCHED_TABLES,
    **FETCHED_TEXTS,
    **TABLES,
    **GENERATED,
    "random_labels": RANDOM_LABELS,
    **FEW_POINTS,
    **SERIES,
    **PUBLISHED_SERIES,
    **SEQUENCES,
}

OWN_SOURCES: dict[str, Source] = {
    "table": Source(_undescribed, "regression", (1,), described=own_table.described),
    "series": Source(_undescribed, "regression", (1,), described=own_series.described),
    "images": Source(_undescribed, "multiclass", (1, 1), described=own_images.described),
    "arrays": Source(_undescribed, "multiclass", (1,), described=own_arrays.described),
}
"""Sources that a spec and a file that somebody brought describe: nothing is known of them without."""
