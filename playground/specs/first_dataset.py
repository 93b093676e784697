"""How a dataset is prepared and divided until somebody changes that: what a beginner would be told to do."""

from collections.abc import Mapping

from playground import catalog
from playground.specs.args import Args
from playground.specs.run_spec import DatasetSpec, SplitSpec, StepSpec

_BY_SOURCE: Mapping[str, tuple[StepSpec, ...]] = {
    "digits": (StepSpec(kind="scale", args=Args({"maximum": 16.0})),),
    **dict.fromkeys(("mnist", "fashion_mnist"), (StepSpec(kind="scale", args=Args({"maximum": 255.0})),)),
}
_BY_GROUP: Mapping[str, tuple[StepSpec, ...]] = {"Tables": (StepSpec(kind="standardise"),)}
_SPLITS: Mapping[str, SplitSpec] = dict.fromkeys(("mnist", "fashion_mnist"), SplitSpec(kind="given"))


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
    return _BY_SOURCE.get(entry.id, _BY_GROUP.get(entry.group, ())) if entry else ()
