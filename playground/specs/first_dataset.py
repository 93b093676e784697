"""How a dataset is prepared and divided until somebody changes that: what a beginner would be told to do."""

from collections.abc import Mapping

from playground import catalog
from playground.specs.args import Args
from playground.specs.run_spec import DatasetSpec, SplitSpec, StepSpec

_BY_SOURCE: dict[str, tuple[StepSpec, ...]] = {
    "digits": (StepSpec(kind="scale", args=Args({"maximum": 16.0})),),
    **dict.fromkeys(
        ("mnist", "fashion_mnist", "cifar10", "cifar100"), (StepSpec(kind="scale", args=Args({"maximum": 255.0})),)
    ),
}
_OF_NAMES = (StepSpec(kind="one_hot"), StepSpec(kind="standardise"))
_WITH_GAPS = (StepSpec(kind="fill"), *_OF_NAMES)
_OF_A_NUMBER = (StepSpec(kind="standardise_target"),)
_BY_TABLE: dict[str, tuple[StepSpec, ...]] = {
    **dict.fromkeys(("tips", "gapminder", "diamonds"), _OF_NAMES + _OF_A_NUMBER),
    "wind": (_OF_NAMES[0], *_OF_A_NUMBER),
    **dict.fromkeys(("penguins", "titanic"), _WITH_GAPS),
    "mpg": _WITH_GAPS + _OF_A_NUMBER,
    "movie_reviews": (StepSpec(kind="sequences"),),
}
_OF_A_SERIES = (StepSpec(kind="standardise"), *_OF_A_NUMBER)
_BY_SERIES: dict[str, tuple[StepSpec, ...]] = {
    **dict.fromkeys(("seasonal", "stocks", "next_value", "aligned", "continuation", "unfolded"), _OF_A_SERIES),
    "trend": (StepSpec(kind="standardise"),),
}
_BY_GROUP: Mapping[str, tuple[StepSpec, ...]] = {"Tables": (StepSpec(kind="standardise"),)}
_SPLITS: Mapping[str, SplitSpec] = dict.fromkeys(
    ("mnist", "fashion_mnist", "cifar10", "cifar100", "imdb", "reuters"), SplitSpec(kind="given")
) | {
    **dict.fromkeys(("seasonal", "stocks"), SplitSpec(kind="ordered")),
    # A country is much like itself five years before: drawn row by row, the test would ask what was learned by heart.
    "gapminder": SplitSpec(kind="groups", args=Args({"column": "country"})),
}


def first_dataset(source: str) -> DatasetSpec:
    """The dataset called ``source`` with the steps and the split that are usual for it.

    Raises:
        KeyError: the catalogue has no such dataset.
    """
    entry = catalog.entry("datasets", source)
    if entry is None:
        raise KeyError(f"There is no dataset {source!r}")
    return DatasetSpec(source=entry.id, steps=usual_steps(entry.id), split=_SPLITS.get(entry.id, SplitSpec()))


def usual_steps(source: str) -> tuple[StepSpec, ...]:
    """The steps that are usual for the dataset called ``source``; none where there is no such dataset."""
    entry = catalog.entry("datasets", source)
    if entry is None:
        return ()
    return (_BY_SOURCE | _BY_TABLE | _BY_SERIES).get(entry.id, _BY_GROUP.get(entry.group, ()))
