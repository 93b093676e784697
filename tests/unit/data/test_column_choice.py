"""Other columns, types or another target for a table of one's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from playground.data import DataError, outline
from playground.data.uploads.column_choice import tasks_for, types_for, used, with_columns, with_target, with_types
from playground.data.uploads.look import retargeted
from playground.data.uploads.profile import Profile
from playground.data.uploads.proposal import proposed_dataset
from playground.data.uploads.upload import take_in
from playground.specs import StepSpec
from playground.specs.args import Args

pytestmark = pytest.mark.unit

LINES = [f"{row % 11}.5,{('red', 'blue', 'green')[row % 3]},{row // 3 % 4},{'ab'[row % 2]}" for row in range(80)]


@pytest.fixture
def profile(server_settings, tmp_path: Path) -> Profile:
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["size,colour,doors,kind", *LINES]))
    found = take_in(path, path.name, server_settings, lambda fraction, message: None)
    assert isinstance(found, Profile)
    return found


def kinds(dataset) -> list[str]:
    return [step.kind for step in dataset.steps]


def test_steps_that_nobody_changed_follow_the_columns(profile, server_settings):
    before = proposed_dataset(profile)
    assert kinds(before) == ["one_hot", "standardise"]
    after = with_columns(before, profile, {"size", "doors"}, server_settings)
    assert (after.features, kinds(after)) == (("size", "doors"), ["standardise"])
    assert with_columns(after, profile, {"size", "colour", "doors"}, server_settings) == before
    assert used(after, profile) == ("size", "doors")


def test_steps_that_somebody_chose_stay_while_they_do(profile, server_settings):
    mine = proposed_dataset(profile).model_copy(update={"steps": (StepSpec(kind="one_hot"), StepSpec(kind="min_max"))})
    assert kinds(with_columns(mine, profile, {"colour", "size"}, server_settings)) == ["one_hot", "min_max"]
    wrong = mine.model_copy(update={"steps": (StepSpec(kind="min_max"),), "features": ("size",)})
    assert kinds(with_columns(wrong, profile, {"size", "colour"}, server_settings)) == ["one_hot", "standardise"]


def test_a_corrected_type_is_kept_and_one_put_back_is_forgotten(profile, server_settings):
    before = proposed_dataset(profile)
    after = with_types(before, profile, {"doors": "category"}, server_settings)
    assert dict(after.options["types"]) == {"doors": "category"}
    assert outline(after, server_settings).features[-4:] == ("doors = 0", "doors = 1", "doors = 2", "doors = 3")
    assert with_types(after, profile, {"doors": "number"}, server_settings) == before


def test_the_task_follows_the_type_of_the_target(profile, server_settings):
    doors = with_target(proposed_dataset(profile), retargeted(profile, "doors", server_settings))
    assert (doors.target, outline(doors, server_settings).task) == ("doors", "multiclass")
    size = with_target(doors, retargeted(profile, "size", server_settings))
    assert (outline(size, server_settings).task, kinds(size)[-1]) == ("regression", "standardise_target")
    named = with_types(size, retargeted(profile, "size", server_settings), {"size": "category"}, server_settings)
    assert (outline(named, server_settings).task, kinds(named)) == ("multiclass", ["one_hot", "standardise"])


def test_types_that_the_values_cannot_have_are_not_offered(profile):
    offered = {column.name: types_for(column, profile) for column in profile.columns}
    assert "number" not in offered["colour"]
    assert "yes/no" not in offered["colour"]
    assert "yes/no" in offered["kind"]
    assert "date" not in offered["size"]
    assert all(column.type in offered[column.name] for column in profile.columns)


def test_every_task_that_is_offered_fits(profile, server_settings):
    for target, tasks in (("kind", ["binary"]), ("doors", ["multiclass", "regression", "series"])):
        aimed = retargeted(profile, target, server_settings)
        found = tasks_for(with_target(proposed_dataset(profile), aimed), aimed, server_settings)
        assert list(found) == tasks
        for dataset in found.values():
            outline(dataset, server_settings)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda dataset, profile, limits: with_columns(dataset, profile, (), limits), "No column is left"),
        (lambda dataset, profile, limits: with_types(dataset, profile, {"colour": "number"}, limits), "no numbers"),
        (lambda dataset, profile, limits: with_types(dataset, profile, {"no such": "text"}, limits), "no column"),
        (lambda dataset, profile, limits: with_types(dataset, profile, {"size": "identifier"}, limits), "identifier"),
    ],
)
def test_what_cannot_be_learned_is_refused(profile, server_settings, change: Callable, words: str):
    with pytest.raises(DataError, match=words):
        change(proposed_dataset(profile), profile, server_settings)


def test_a_type_is_kept_where_another_target_is_chosen(profile, server_settings):
    typed = with_types(proposed_dataset(profile), profile, {"doors": "category"}, server_settings)
    aimed = with_target(typed, retargeted(profile, "size", server_settings))
    assert aimed.options["types"] == Args({"doors": "category"})
