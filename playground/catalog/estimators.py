"""Estimators of scikit-learn that are fitted beside a network: what one gets without one."""

from playground.catalog.entry import Entry, Param

_CLASSES, _VALUES = ("binary", "multiclass"), ("regression",)
_SITE = "https://scikit-learn.org/stable/modules/"


def _trees(what: str) -> Param:
    return Param(
        "n_estimators", "int", 100, minimum=1, maximum=500, label="Trees", help=what, basic=True, typical="50 to 300"
    )


def _depth(default: int | None) -> Param:
    return Param(
        "max_depth",
        "int",
        default,
        optional=True,
        minimum=1,
        maximum=50,
        label="Depth",
        help="How many questions a tree asks one after the other; left open, as many as it takes.",
        basic=True,
    )


ESTIMATORS: tuple[Entry, ...] = (
    Entry(
        "Dummy",
        "estimators",
        "Simplest",
        "Dummy",
        "Always answers the most frequent class, or the mean: what looks at nothing.",
        tasks=(*_CLASSES, *_VALUES),
        basic=True,
        url=f"{_SITE}model_evaluation.html#dummy-estimators",
    ),
    Entry(
        "LogisticRegression",
        "estimators",
        "Linear",
        "Logistic regression",
        "One weighted sum of the inputs for each class: a network without a hidden layer.",
        (
            Param(
                "C",
                "float",
                1.0,
                minimum=0.0,
                maximum=1e6,
                exclusive=True,
                label="Inverse penalty",
                help="The smaller, the more large weights are held down.",
                basic=True,
                typical="0.01 to 100",
            ),
            Param(
                "max_iter",
                "int",
                1_000,
                minimum=1,
                maximum=10_000,
                label="Iterations",
                help="The most steps that the search for the weights takes.",
                basic=True,
            ),
        ),
        tasks=_CLASSES,
        basic=True,
        url=f"{_SITE}linear_model.html#logistic-regression",
    ),
    Entry(
        "LinearRegression",
        "estimators",
        "Linear",
        "Linear regression",
        "The weighted sum of the inputs with the smallest squared error, computed at once.",
        tasks=_VALUES,
        basic=True,
        url=f"{_SITE}linear_model.html#ordinary-least-squares",
    ),
    Entry(
        "Ridge",
        "estimators",
        "Linear",
        "Ridge regression",
        "Linear regression that holds large weights down.",
        (
            Param(
                "alpha",
                "float",
                1.0,
                minimum=0.0,
                maximum=1e9,
                label="Penalty",
                help="The larger, the smaller the weights.",
                basic=True,
                typical="0.01 to 100",
            ),
        ),
        tasks=_VALUES,
        url=f"{_SITE}linear_model.html#ridge-regression-and-classification",
    ),
    Entry(
        "KNeighbors",
        "estimators",
        "Neighbours",
        "Nearest neighbours",
        "Answers as the most similar training rows do.",
        (
            Param(
                "n_neighbors",
                "int",
                5,
                minimum=1,
                maximum=1_000,
                label="Neighbours",
                help="How many of the most similar rows are asked.",
                basic=True,
                typical="1 to 20",
            ),
            Param(
                "weights",
                "choice",
                "uniform",
                choices=("uniform", "distance"),
                label="Weights",
                help="Whether all of them count the same, or near ones more.",
                basic=True,
            ),
        ),
        tasks=(*_CLASSES, *_VALUES),
        basic=True,
        url=f"{_SITE}neighbors.html",
    ),
    Entry(
        "RandomForest",
        "estimators",
        "Trees",
        "Random forest",
        "Many decision trees, each grown on other rows, vote: hard to beat on tables.",
        (_trees("How many trees vote."), _depth(None)),
        tasks=(*_CLASSES, *_VALUES),
        basic=True,
        url=f"{_SITE}ensemble.html#random-forests-and-other-randomized-tree-ensembles",
    ),
    Entry(
        "GradientBoosting",
        "estimators",
        "Trees",
        "Gradient boosting",
        "Small decision trees, each of which corrects those before it.",
        (
            _trees("How many trees are grown, one after the other."),
            Param(
                "learning_rate",
                "float",
                0.1,
                minimum=0.0,
                maximum=1.0,
                exclusive=True,
                label="Learning rate",
                help="How much of each correction is taken over.",
                basic=True,
            ),
            _depth(3),
        ),
        tasks=(*_CLASSES, *_VALUES),
        url=f"{_SITE}ensemble.html#gradient-boosted-trees",
    ),
)
"""In teaching order."""
