"""Tables, texts and series that are published as one file, and rows whose labels are dice."""

from playground.catalog.entry import Entry, Param
from playground.catalog.series_sources import cut

_BROWNLEE = "https://github.com/jbrownlee/Datasets"


def _table(name: str, label: str, summary: str, task: str, url: str, group: str = "Tables") -> Entry:
    return Entry(name, "datasets", group, label, summary, tasks=(task,), ranks=(1,), basic=True, url=url)


def _series(name: str, label: str, summary: str, window: int, url: str) -> Entry:
    return Entry(name, "datasets", "Series", label, summary, cut(window), (1,), ("regression",), basic=True, url=url)


PUBLISHED_TABLES: tuple[Entry, ...] = (
    _table(
        "pima_indians",
        "Pima Indians",
        "768 women, eight measurements each: who got diabetes within five years.",
        "binary",
        _BROWNLEE,
    ),
    _table(
        "boston_housing",
        "Boston housing",
        "506 districts of Boston, 13 numbers each, and the median price of a house in 1970.",
        "regression",
        "https://keras.io/api/datasets/boston_housing/",
    ),
)

PUBLISHED_TEXTS: tuple[Entry, ...] = (
    _table(
        "movie_reviews",
        "Movie reviews",
        "2,000 film reviews as they were written, half of them praise and half of them blame.",
        "binary",
        "https://www.cs.cornell.edu/people/pabo/movie-review-data/",
        "Texts",
    ),
)

PUBLISHED_SERIES: tuple[Entry, ...] = (
    _series(
        "sunspots",
        "Sunspots",
        "How many spots the sun had, month by month, from 1749 to 1983: they come and go in eleven years.",
        24,
        _BROWNLEE,
    ),
    _series(
        "temperatures",
        "Temperatures",
        "The lowest temperature of each day in Melbourne, from 1981 to 1990.",
        24,
        _BROWNLEE,
    ),
    _series(
        "sp500",
        "S&P 500",
        "The index of 500 American companies at the close of 843 days, from 2014 to 2018.",
        1,
        "https://github.com/FGC77/PublicMLDatasets",
    ),
)

RANDOM_LABELS = Entry(
    "random_labels",
    "datasets",
    "2-D points",
    "Random labels",
    "Points anywhere, and labels that are dice: there is nothing to learn.",
    (
        Param(
            "n_samples",
            "int",
            500,
            minimum=10,
            maximum=100_000,
            label="Points",
            help="How many points are drawn.",
            basic=True,
        ),
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
        Param(
            "n_classes",
            "int",
            2,
            minimum=2,
            maximum=10,
            label="Classes",
            help="How many labels there are.",
            basic=True,
        ),
    ),
    (1,),
    ("binary", "multiclass"),
    basic=True,
)
