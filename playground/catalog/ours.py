"""What Keras does not have: our datasets, the steps of preparation, and the ways to divide rows."""

from playground.catalog.entry import Entry, Param
from playground.catalog.fetched import FETCHED_IMAGES, FETCHED_TABLES, FETCHED_TEXTS
from playground.catalog.few_points import FEW_POINTS
from playground.catalog.generated_sources import GENERATED
from playground.catalog.image_steps import IMAGE_STEPS
from playground.catalog.plane_features import PLANE_FEATURES
from playground.catalog.published_sources import PUBLISHED_SERIES, PUBLISHED_TABLES, PUBLISHED_TEXTS, RANDOM_LABELS
from playground.catalog.row_steps import DROP_DUPLICATES
from playground.catalog.sequence_sources import SEQUENCES
from playground.catalog.series_sources import SERIES
from playground.catalog.table_sources import TABLES


def _table(name: str, label: str, summary: str, task: str, *, basic: bool = True) -> Entry:
    url = "https://scikit-learn.org/stable/datasets/toy_dataset.html"
    return Entry(name, "datasets", "Tables", label, summary, tasks=(task,), ranks=(1,), basic=basic, url=url)


DATASETS: tuple[Entry, ...] = (
    Entry(
        "digits",
        "datasets",
        "Images",
        "Digits 8 × 8",
        "1,797 handwritten digits in 8 × 8 pixels with values from 0 to 16.",
        ranks=(2,),
        tasks=("multiclass",),
        basic=True,
        url="https://scikit-learn.org/stable/datasets/toy_dataset.html",
    ),
    Entry(
        "mnist",
        "datasets",
        "Images",
        "MNIST",
        "70,000 handwritten digits in 28 × 28 pixels with values from 0 to 255.",
        ranks=(2,),
        tasks=("multiclass",),
        basic=True,
        url="https://keras.io/api/datasets/mnist/",
    ),
    Entry(
        "fashion_mnist",
        "datasets",
        "Images",
        "Fashion-MNIST",
        "70,000 pieces of clothing of ten kinds in 28 × 28 pixels: as large as MNIST, and harder.",
        ranks=(2,),
        tasks=("multiclass",),
        basic=True,
        url="https://keras.io/api/datasets/fashion_mnist/",
    ),
    *FETCHED_IMAGES,
    _table("iris", "Iris", "150 flowers of three species, four measurements each.", "multiclass"),
    _table("wine", "Wine", "178 wines from three growers, 13 chemical measurements each.", "multiclass"),
    _table(
        "breast_cancer",
        "Breast cancer",
        "569 tumours, benign or malignant, 30 measurements of cell nuclei each.",
        "binary",
    ),
    _table(
        "diabetes", "Diabetes", "442 patients, ten measurements, and how the illness went on in a year.", "regression"
    ),
    *FETCHED_TABLES,
    *PUBLISHED_TABLES,
    *FETCHED_TEXTS,
    *PUBLISHED_TEXTS,
    *TABLES,
    *GENERATED,
    RANDOM_LABELS,
    *FEW_POINTS,
    *SERIES,
    *PUBLISHED_SERIES,
    *SEQUENCES,
)

STEPS: tuple[Entry, ...] = (
    Entry(
        "standardise",
        "steps",
        "Scaling",
        "Standardise",
        "Subtracts the training part's mean and divides by its standard deviation.",
        basic=True,
    ),
    Entry(
        "scale",
        "steps",
        "Scaling",
        "Scale",
        "Divides every value by the same number.",
        (
            Param(
                "maximum",
                "float",
                required=True,
                minimum=0.0,
                exclusive=True,
                label="Divide by",
                help="The largest value the data can have, such as 255 for pixels.",
                basic=True,
            ),
        ),
        basic=True,
    ),
    Entry("min_max", "steps", "Scaling", "Min-max", "Maps the training part's range to 0 to 1.", basic=True),
    Entry(
        "add_channel",
        "steps",
        "Shape",
        "Add a channel axis",
        "Gives grey images the last axis of size 1 that convolutions expect.",
        ranks=(2,),
        basic=True,
    ),
    *IMAGE_STEPS,
    PLANE_FEATURES,
    DROP_DUPLICATES,
)
