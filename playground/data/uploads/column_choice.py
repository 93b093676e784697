"""Other columns, types or another target for a table of one's own: what follows for options, steps and split."""

from collections.abc import Collection, Mapping
from typing import get_args

from playground.data.errors import DataError
from playground.data.outline import outline
from playground.data.sets.own_table import corrected
from playground.data.table import ColumnType
from playground.data.uploads.look import task_of
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.data.uploads.proposal import proposed_dataset
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.args import Args

_LEFT_OUT = "it was left out"
_TWO = 2
_MANY = 50
"""Of a number, so many different values are no classes."""


def known_columns(dataset: DatasetSpec, profile: Profile) -> tuple[ColumnProfile, ...]:
    """All columns of the table with the types that ``dataset`` gives them."""
    return corrected(profile, _types(dataset))


def target_of(dataset: DatasetSpec, profile: Profile) -> str:
    """The name of the column that ``dataset`` predicts."""
    return profile.column(profile.target if dataset.target is None else dataset.target).name


def used(dataset: DatasetSpec, profile: Profile) -> tuple[str, ...]:
    """The names of the columns that ``dataset`` learns from."""
    target = target_of(dataset, profile)
    if dataset.features:
        return tuple(profile.column(feature).name for feature in dataset.features)
    return tuple(column.name for column in profile.columns if column.name != target and not column.aside)


def types_for(column: ColumnProfile, profile: Profile) -> tuple[ColumnType, ...]:
    """The types that the values of ``column`` can have."""
    alone = profile.model_copy(update={"columns": (column,)})
    found: list[ColumnType] = []
    for each in get_args(ColumnType):
        if each == "yes/no" and len(column.values) != _TWO:
            continue
        try:
            corrected(alone, {column.name: each})
        except DataError:
            continue
        found.append(each)
    return tuple(found)


def tasks_for(dataset: DatasetSpec, profile: Profile, settings: Settings) -> dict[str, DatasetSpec]:
    """What can be learned of the target, by the task's name, with the dataset that does; the task at hand is one."""
    made: dict[str, DatasetSpec] = {}
    goal = _known(dataset, profile).column(profile.target)
    is_amount = goal.type == "number" and len(goal.values) > _MANY
    for task in ("binary", "multiclass", "regression", "series"):
        if is_amount and task == "multiclass":
            continue
        proposal = _with_types(proposed_dataset(_known(dataset, profile), task), _types(dataset))
        try:
            facts = outline(proposal, settings)
        except DataError:
            continue
        if task in (facts.task, "series"):
            made[task] = proposal
    return made


def with_types(dataset: DatasetSpec, profile: Profile, types: Mapping[str, str], settings: Settings) -> DatasetSpec:
    """``dataset`` with these types besides those that were given; steps that nobody changed follow.

    Raises:
        DataError: a type does not go with its column, or nothing can be learned that way.
    """
    guessed = {column.name: column.type for column in profile.columns}
    given = {name: kind for name, kind in {**_types(dataset), **types}.items() if guessed.get(name) != kind}
    moved = _with_types(dataset, given)
    target = target_of(dataset, profile)
    if target in types and dataset.options.get("task"):
        goal = next(column for column in known_columns(moved, profile) if column.name == target)
        task = task_of(goal, profile.n_rows - goal.missing)[0]
        moved = moved.model_copy(update={"options": moved.options.replace(task=task)})
    return _followed(dataset, moved, profile, settings)


def with_columns(dataset: DatasetSpec, profile: Profile, names: Collection[str], settings: Settings) -> DatasetSpec:
    """``dataset`` that learns from the columns called ``names``; steps that nobody changed follow.

    Raises:
        DataError: nothing can be learned that way.
    """
    features = _proposal(dataset, profile, names).features
    return _followed(dataset, dataset.model_copy(update={"features": features}), profile, settings)


def with_target(dataset: DatasetSpec, profile: Profile) -> DatasetSpec:
    """What is proposed for ``profile``, which has another target, with the types that ``dataset`` gives.

    Raises:
        DataError: no column is left to learn from.
    """
    known = _known(dataset, profile)
    goal = known.column(known.target)
    task = profile.task if profile.task == "series" else task_of(goal, profile.n_rows - goal.missing)[0]
    return _with_types(proposed_dataset(known, task), _types(dataset))


def _followed(before: DatasetSpec, after: DatasetSpec, profile: Profile, settings: Settings) -> DatasetSpec:
    """``after`` with the steps of ``before`` where somebody changed these and they still do, else those proposed."""
    proposal = _proposal(after, profile, used(after, profile))
    made = after.model_copy(update={"steps": proposal.steps})
    if before.steps != _proposal(before, profile, used(before, profile)).steps:
        try:
            outline(after, settings)
        except DataError:
            outline(made, settings)
            return made
        return after
    outline(made, settings)
    return made


def _proposal(dataset: DatasetSpec, profile: Profile, names: Collection[str]) -> DatasetSpec:
    """What is proposed for the target and task of ``dataset`` where the columns called ``names`` are used."""
    target = target_of(dataset, profile)
    columns = tuple(
        column.model_copy(update={"aside": "" if column.name in names else column.aside or _LEFT_OUT})
        for column in known_columns(dataset, profile)
    )
    marked = profile.model_copy(update={"columns": columns, "target": target})
    task = "series" if dataset.source == "series" else dataset.options.get("task")
    goal = marked.column(target)
    return proposed_dataset(marked, task or task_of(goal, profile.n_rows - goal.missing)[0])


def _known(dataset: DatasetSpec, profile: Profile) -> Profile:
    return profile.model_copy(update={"columns": known_columns(dataset, profile)})


def _types(dataset: DatasetSpec) -> Mapping[str, str]:
    given: Mapping[str, str] = dataset.options.get("types") or {}
    return given


def _with_types(dataset: DatasetSpec, types: Mapping[str, str]) -> DatasetSpec:
    options = dataset.options.without("types")
    if types and dataset.source == "table":
        options = options.replace(types=Args(types))
    return dataset.model_copy(update={"options": options})
