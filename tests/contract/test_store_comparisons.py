"""Comparisons on every store: made whole or not at all, and whole again when a part of them is deleted."""

import pytest
import sqlalchemy as sa

from playground import recipes
from playground.runs import NotFoundError, Store
from playground.runs.schema import comparison_runs
from playground.specs.edit import with_value

SPEC = recipes.recipe("digits-mlp").spec
MEMBERS = tuple((f"Seed {seed}", with_value(SPEC, "seed", seed)) for seed in (5, 3, 4))


def test_a_comparison_is_read_as_it_was_made_with_a_queued_run_for_every_member(store: Store):
    made = store.comparisons.create("variants", "Seeds", MEMBERS, "ada", "draft")
    assert store.comparisons.comparison(made.id) == made
    assert (made.kind, made.name, made.owner, made.draft_id) == ("variants", "Seeds", "ada", "draft")
    assert [member.label for member in made.members] == ["Seed 5", "Seed 3", "Seed 4"]
    ids = [member.run_id for member in made.members]
    assert [store.runs.spec(run_id) for run_id in ids] == [spec for _, spec in MEMBERS]
    waiting = store.runs.find(states_in={"queued"}, owner="ada", draft_id="draft", oldest_first=True)
    assert [run.id for run in waiting] == ids, "they start in the order of the comparison"
    assert all(store.runs.refold(run_id) == store.runs.run(run_id) for run_id in ids)


def test_the_id_of_a_comparison_cannot_be_guessed(store: Store):
    ids = {store.comparisons.create("folds", "", MEMBERS[:1], "ada").id for _ in range(3)}
    assert len(ids) == 3
    assert all(len(each) >= 22 for each in ids), "128 bits in base 64"


def test_comparisons_are_found_by_owner_and_draft_the_newest_first(store: Store):
    first = store.comparisons.create("variants", "First", MEMBERS[:1], "ada", "one")
    second = store.comparisons.create("folds", "Second", MEMBERS[:2], "ada", "two")
    store.comparisons.create("folds", "Another's", MEMBERS[:1], "bob", "one")
    assert store.comparisons.find("ada") == [second, first]
    assert store.comparisons.find("ada", limit=1) == [second]
    assert store.comparisons.find("ada", draft_id="one") == [first]
    assert store.comparisons.find("eve") == []


def test_a_deleted_run_leaves_the_rest_of_its_comparison(store: Store):
    made = store.comparisons.create("variants", "Seeds", MEMBERS, "ada")
    store.runs.delete(made.members[1].run_id)
    assert store.comparisons.comparison(made.id).members == (made.members[0], made.members[2])


def test_a_deleted_draft_leaves_its_comparisons_and_their_runs(store: Store):
    draft = store.drafts.create(SPEC, "ada")
    made = store.comparisons.create("variants", "Seeds", MEMBERS, "ada", draft.id)
    store.drafts.delete(draft.id)
    assert store.comparisons.comparison(made.id) == made
    assert store.runs.run(made.members[0].run_id).state == "queued"


def test_a_deleted_comparison_leaves_its_runs_and_no_member(store: Store):
    made = store.comparisons.create("variants", "Seeds", MEMBERS, "ada")
    other = store.comparisons.create("variants", "Others", MEMBERS[:1], "ada")
    store.comparisons.delete(made.id)
    with pytest.raises(NotFoundError, match=f"no comparison '{made.id}'"):
        store.comparisons.comparison(made.id)
    assert [store.runs.run(member.run_id).state for member in made.members] == ["queued"] * 3
    with store.engine.connect() as connection:
        left = connection.execute(sa.select(comparison_runs.c.comparison_id)).scalars().all()
    assert left == [other.id]


def test_of_a_comparison_that_cannot_be_written_nothing_is_left(store: Store):
    class Unwritable:
        def __getattr__(self, name: str) -> object:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        store.comparisons.create("variants", "Seeds", (*MEMBERS, ("Last", Unwritable())), "ada")
    assert store.runs.find() == []
    assert store.comparisons.find("ada") == []
