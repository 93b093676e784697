"""A draft's dataset as it comes, as the model gets it, and what is in the way of either."""

from dataclasses import dataclass
from typing import Any

from playground.data import SOURCES, DataError, outline
from playground.data.sets.known_source import file_of, known_source
from playground.data.table import Columns
from playground.specs import Args, DatasetSpec, RunSpec, SplitSpec, StepSpec
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.ui import data_ready
from playground.ui.data_ready import Look

_ALL = SplitSpec(kind="ordered", args=Args({"validation": 0.0, "test": 0.0}))
_FILLED = StepSpec(kind="fill", args=Args({"indicator": False}))


@dataclass(frozen=True)
class Stages:
    """What there is of a dataset, stage by stage.

    Attributes:
        facts: what it will be like; ``None`` where something does not fit.
        steps_error, split_error: why its steps or its split do not fit; empty where they do.
        seen: what samples and class balance are drawn of: the rows as they come, and of a table of different types,
            which is no matrix before, the rows as the model gets them.
        before: its numbers as they come.
        ready: the rows as the model gets them.
        is_asked: whether ``ready`` was asked for.
    """

    facts: Facts | None
    steps_error: str
    split_error: str
    seen: Look
    before: Look
    ready: Look
    is_asked: bool


def stages(spec: RunSpec) -> Stages:
    """What there is of the dataset of ``spec``; what is not there is asked for."""
    dataset = spec.dataset
    facts, steps_error, split_error = _facts(dataset)
    columns = _columns(dataset)
    fits = not steps_error and not split_error
    if columns is not None:
        unasked = Look(dataset, spec.seed, error=steps_error or split_error)
        ready = data_ready.look(dataset, spec.seed) if fits else unasked
        before = _numbers(dataset, columns, spec.seed) if ready.prepared else ready
        return Stages(facts, steps_error, split_error, ready, before, ready, fits)
    raw = data_ready.look(_as_it_comes(dataset), spec.seed if dataset.options or _is_generated(dataset) else 0)
    is_asked = fits and not raw.error
    if raw.prepared is None and dataset.source in SOURCES and SOURCES[dataset.source].stamp is not None:
        is_asked = False  # the file first: two jobs would fetch it twice
    ready = data_ready.look(dataset, spec.seed) if is_asked else Look(dataset, spec.seed, error=raw.error)
    return Stages(facts, steps_error, split_error, raw, raw, ready, is_asked)


def _columns(dataset: DatasetSpec) -> Columns | None:
    """The columns of a table of different types; ``None`` of anything else."""
    try:
        return known_source(dataset).columns
    except DataError:
        return None


def _facts(dataset: DatasetSpec) -> tuple[Facts | None, str, str]:
    """What the set will be like, why its steps do not fit, and why its split does not."""
    try:
        return outline(dataset), "", ""
    except DataError as error:
        whole = str(error)
    try:
        outline(dataset.model_copy(update={"split": SplitSpec(kind="none")}))
    except DataError as error:
        return None, str(error), ""
    return None, "", whole


def _as_it_comes(dataset: DatasetSpec) -> DatasetSpec:
    """The set without steps, whatever split is chosen: these change nothing of what it looks like."""
    changes: dict[str, Any] = {"options": dataset.options, "features": dataset.features, "steps": ()}
    if file_of(dataset):
        changes |= {"target": dataset.target, "split": _ALL}
    return first_dataset(dataset.source).model_copy(update=changes)


def _numbers(dataset: DatasetSpec, columns: Columns, seed: int) -> Look:
    """The numbers of a table of different types as they come, in place of gaps their median."""
    numbers = [column for column in columns if column.type == "number"]
    steps = (_FILLED,) if any(column.has_gaps for column in numbers) else ()
    names = tuple(column.name for column in numbers)
    of = dataset.model_copy(update={"features": names, "steps": steps, "split": _ALL})
    return data_ready.look(of, seed) if names else Look(of, seed, error="no numbers")


def _is_generated(dataset: DatasetSpec) -> bool:
    """Whether the rows follow from the seed."""
    return not file_of(dataset) and not SOURCES[dataset.source].origin
