"""What Keras does not have: our datasets, the steps of preparation, and the ways to divide rows."""

from playground.catalog.entry import Entry, Param

_SAMPLES = Param(
    "n_samples", "int", 500, minimum=10, maximum=100_000, label="Points", help="How many points are drawn.", basic=True
)


def _noise(default: float, what: str) -> Param:
    return Param("noise", "float", default, minimum=0.0, maximum=2.0, label="Noise", help=what, basic=True)


_SPREAD = "The standard deviation of the random shift of every point."


def _table(name: str, label: str, summary: str, task: str, *, basic: bool = True) -> Entry:
    url = "https://scikit-learn.org/stable/datasets/toy_dataset.html"
    return Entry(name, "datasets", "Tables", label, summary, tasks=(task,), ranks=(1,), basic=basic, url=url)


def _points(name: str, label: str, summary: str, noise: float, *more: Param, task: str = "binary") -> Entry:
    params = (_SAMPLES, _noise(noise, _SPREAD), *more)
    return Entry(name, "datasets", "2-D points", label, summary, params, (1,), (task,), basic=True)


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
    _points("circles", "Circles", "A ring of one class around a disc of the other.", 0.05),
    _points("moons", "Moons", "Two half moons that reach into each other.", 0.1),
    _points(
        "spirals",
        "Spirals",
        "Two spirals that wind around each other.",
        0.02,
        Param(
            "turns",
            "float",
            1.0,
            minimum=0.25,
            maximum=4.0,
            label="Turns",
            help="How often each arm winds around the centre.",
            basic=True,
        ),
    ),
    _points("xor", "XOR", "Four squares; those that lie across from each other share a class.", 0.05),
    _points("gaussians", "Gaussians", "Two clouds of points.", 0.3),
    _points(
        "plane",
        "Noisy plane",
        "A tilted plane: the target is the mean of two features, or of as many as you choose.",
        0.1,
        Param(
            "n_features",
            "int",
            2,
            minimum=2,
            maximum=1_000,
            label="Features",
            help="How many numbers a sample has; with two, the points can be drawn.",
            basic=True,
        ),
        task="regression",
    ),
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
)


def _fraction(name: str, default: float, label: str, what: str) -> Param:
    return Param(name, "float", default, minimum=0.0, maximum=0.9, label=label, help=what, basic=True)


_VALIDATION = _fraction(
    "validation", 0.15, "Validation", "The share of rows kept aside to watch training with; 0 for none."
)

SPLITS: tuple[Entry, ...] = (
    Entry(
        "holdout",
        "splits",
        "Random",
        "Hold-out",
        "Rows are drawn at random into training, validation and test parts.",
        (
            _VALIDATION,
            _fraction("test", 0.15, "Test", "The share of rows kept aside for the last word."),
            Param(
                "stratify",
                "flag",
                True,
                label="Same class mix in each part",
                help="Keeps the share of every class the same in all parts; without effect on regression.",
                basic=True,
            ),
        ),
        basic=True,
    ),
    Entry(
        "given",
        "splits",
        "Fixed",
        "As published",
        "The test part is the one the dataset comes with; validation is drawn from the rest.",
        (_VALIDATION,),
    ),
    Entry(
        "none",
        "splits",
        "Fixed",
        "No split",
        "All rows train, and the same rows are evaluated: shows why that says little.",
    ),
)
