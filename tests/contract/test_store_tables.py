"""Drafts, jobs, labels and artifacts on every store."""

import pytest
import sqlalchemy as sa

from playground import recipes
from playground.runs import Artifact, ConflictError, Label, NotFoundError, Store
from playground.specs.edit import with_value
from tests.contract.threads import at_once

SPEC = recipes.recipe("digits-mlp").spec
LONGER = with_value(SPEC, "training.epochs", 99)


def test_a_draft_is_read_as_it_was_saved(store: Store):
    draft = store.drafts.create(SPEC, "ada", run_id="abc")
    assert store.drafts.draft(draft.id) == draft
    assert (draft.revision, draft.spec, draft.run_id, draft.name) == (1, SPEC, "abc", SPEC.name)
    saved = store.drafts.save(draft.id, LONGER, draft.revision)
    assert store.drafts.draft(draft.id) == saved
    assert (saved.revision, saved.spec, saved.run_id) == (2, LONGER, "abc")
    assert store.drafts.save(draft.id, LONGER, 2) == saved, "nothing has changed"
    store.drafts.ran(draft.id, "def")
    assert store.drafts.draft(draft.id).run_id == "def"
    assert store.drafts.draft(draft.id).revision == 2, "a run is no edit"


def test_undo_and_redo_go_through_the_edits_of_a_draft(store: Store):
    specs = [with_value(SPEC, "seed", number) for number in range(5)]
    draft = store.drafts.create(specs[0], "ada")
    assert (draft.can_undo, draft.can_redo) == (False, False)
    for spec in specs[1:]:
        draft = store.drafts.save(draft.id, spec, draft.revision)
    for spec in specs[-2::-1]:
        assert draft.can_undo
        draft = store.drafts.undo(draft.id, draft.revision)
        assert (draft.spec, draft.can_redo) == (spec, True)
    assert not draft.can_undo
    assert store.drafts.undo(draft.id, draft.revision) == draft, "there is nothing before the beginning"
    draft = store.drafts.redo(draft.id, draft.revision)
    draft = store.drafts.redo(draft.id, draft.revision)
    assert draft.spec == specs[2]
    other = store.drafts.save(draft.id, LONGER, draft.revision)
    assert (other.can_undo, other.can_redo) == (True, False), "another edit takes the place of what was undone"
    assert store.drafts.undo(draft.id, other.revision).spec == specs[2]
    with pytest.raises(ConflictError):
        store.drafts.undo(draft.id, other.revision)


def test_two_hundred_edits_can_be_undone_and_older_ones_are_forgotten(store: Store):
    draft = store.drafts.create(SPEC, "ada")
    for seed in range(100, 310):
        draft = store.drafts.save(draft.id, with_value(SPEC, "seed", seed), draft.revision)
    undone = 0
    while draft.can_undo:
        draft, undone = store.drafts.undo(draft.id, draft.revision), undone + 1
    assert (undone, draft.spec.seed) == (200, 109)


def test_a_draft_id_cannot_be_guessed(store: Store):
    ids = {store.drafts.create(SPEC, "ada").id for _ in range(3)}
    assert len(ids) == 3
    assert all(len(each) >= 22 for each in ids), "128 bits in base 64"


def test_the_later_editor_of_a_draft_is_told(store: Store):
    draft = store.drafts.create(SPEC, "ada")
    store.drafts.save(draft.id, LONGER, 1)
    with pytest.raises(ConflictError, match="expected revision 1, it stands at 2"):
        store.drafts.save(draft.id, SPEC, 1)
    assert store.drafts.draft(draft.id).spec == LONGER


def test_of_editors_at_the_same_moment_exactly_one_wins(store: Store):
    draft = store.drafts.create(SPEC, "ada")
    saved = at_once(6, lambda number: store.drafts.save(draft.id, with_value(SPEC, "seed", number), 1))
    winners = [each for each in saved if not isinstance(each, ConflictError)]
    assert len(winners) == 1, saved
    assert store.drafts.draft(draft.id) == winners[0]


def test_drafts_of_an_owner_come_last_changed_first(store: Store):
    first, second = store.drafts.create(SPEC, "ada"), store.drafts.create(SPEC, "ada")
    store.drafts.create(SPEC, "bob")
    store.drafts.save(first.id, LONGER, 1)
    assert [draft.id for draft in store.drafts.find("ada")] == [first.id, second.id]
    store.drafts.delete(first.id)
    assert [draft.id for draft in store.drafts.find("ada")] == [second.id]


def test_a_draft_that_is_not_there_is_told_by_name(store: Store):
    with pytest.raises(NotFoundError, match="'nothing'"):
        store.drafts.draft("nothing")
    with pytest.raises(NotFoundError, match="'nothing'"):
        store.drafts.save("nothing", SPEC, 1)


def test_a_job_goes_from_queued_to_finished(store: Store):
    job_id = store.jobs.create("prepare", "digits", {"seed": 7, "steps": ["scale"]}, "ada")
    job = store.jobs.job(job_id)
    assert (job.kind, job.key, job.args, job.owner) == ("prepare", "digits", {"seed": 7, "steps": ["scale"]}, "ada")
    assert (job.state, job.progress, job.left_s, job.is_ended) == ("queued", 0.0, None, False)
    store.jobs.start(job_id, "here", 4711, 12.5)
    assert store.jobs.progress(job_id, 0.25, "reading") is True
    job = store.jobs.job(job_id)
    assert (job.state, job.progress, job.message, job.pid, job.pid_start) == ("running", 0.25, "reading", 4711, 12.5)
    assert job.left_s == pytest.approx(3 * (job.updated_at - job.created_at))
    store.jobs.end(job_id, "finished", result={"rows": [1, None]})
    job = store.jobs.job(job_id)
    assert (job.state, job.progress, job.result, job.error, job.is_ended) == (
        "finished",
        1.0,
        {"rows": [1, None]},
        None,
        True,
    )


def test_progress_stays_between_0_and_1(store: Store):
    job_id = store.jobs.create("prepare", "digits", {}, "ada")
    for given, kept in ((-1.0, 0.0), (2.0, 1.0), (float("nan"), 0.0)):
        store.jobs.progress(job_id, given, "")
        assert store.jobs.job(job_id).progress == kept


def test_a_job_that_has_ended_stays_as_it_is(store: Store):
    job_id = store.jobs.create("prepare", "digits", {}, "ada")
    store.jobs.end(job_id, "failed", error="no such file")
    ended = store.jobs.job(job_id)
    store.jobs.start(job_id, "here", 1, 1.0)
    store.jobs.progress(job_id, 0.5, "late")
    store.jobs.end(job_id, "finished", result=1)
    assert store.jobs.job(job_id) == ended
    assert (ended.state, ended.error, ended.result) == ("failed", "no such file", None)


def test_the_same_work_is_one_job_while_it_is_open(store: Store):
    first = store.jobs.create("prepare", "digits", {}, "ada")
    assert store.jobs.create("prepare", "digits", {}, "bob") == first
    store.jobs.start(first, "here", 1, 1.0)
    assert store.jobs.create("prepare", "digits", {}, "bob") == first
    assert store.jobs.create("download", "digits", {}, "ada") != first
    assert store.jobs.create("prepare", "iris", {}, "ada") != first
    store.jobs.end(first, "finished")
    second = store.jobs.create("prepare", "digits", {}, "ada")
    assert second != first
    assert store.jobs.latest("prepare", "digits").id == second
    assert store.jobs.latest("prepare", "nothing") is None


def test_the_same_work_asked_for_at_the_same_moment_is_one_job(store: Store):
    for key in ("iris", "digits", "wine"):
        ids = at_once(6, lambda _, key=key: store.jobs.create("prepare", key, {}, "ada"))
        assert len(set(ids)) == 1, ids


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_is_told(store: Store):
    waiting, running = (store.jobs.create("prepare", key, {}, "ada") for key in ("iris", "digits"))
    store.jobs.start(running, "here", 1, 1.0)
    store.jobs.cancel(waiting)
    store.jobs.cancel(running)
    assert store.jobs.job(waiting).state == "cancelled"
    assert store.jobs.job(running).state == "running"
    assert store.jobs.progress(running, 0.5, "") is False
    assert store.jobs.create("prepare", "digits", {}, "bob") != running, "who asks anew does not wait for its end"
    store.jobs.end(running, "cancelled")
    assert store.jobs.job(running).state == "cancelled"


def test_jobs_are_found_by_state_oldest_first(store: Store):
    first, second, third = (store.jobs.create("prepare", key, {}, "ada") for key in "abc")
    store.jobs.start(second, "here", 1, 1.0)
    store.jobs.end(third, "failed", error="")
    assert [job.id for job in store.jobs.find()] == [first, second]
    assert [job.id for job in store.jobs.find({"running"})] == [second]
    assert [job.id for job in store.jobs.find({"queued", "failed"}, limit=1)] == [first]
    with pytest.raises(NotFoundError, match="'nothing'"):
        store.jobs.job("nothing")


def test_labels_are_empty_until_somebody_says_something(store: Store):
    run_id, other = store.runs.create(SPEC, "ada"), store.runs.create(SPEC, "ada")
    assert store.labels.label(run_id) == Label(run_id)
    label = Label(run_id, "Best so far", ("mlp", "größer ✓"), "dropout\nhelps", star=True, binned_at=12.5)
    store.labels.save(label)
    assert store.labels.of([run_id, other]) == {run_id: label, other: Label(other)}
    store.labels.save(Label(run_id, note="only this"))
    assert store.labels.label(run_id) == Label(run_id, note="only this")
    assert store.labels.of([]) == {}


def test_artifacts_of_a_run_come_by_name_and_the_later_one_counts(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    for name, size in (("model.keras", 10), ("best.weights.h5", 2**40), ("model.keras", 20)):
        store.artifacts.save(Artifact(run_id, name, "weights", size, {"epoch": 3}))
    found = store.artifacts.find(run_id)
    assert [(each.name, each.size, each.data) for each in found] == [
        ("best.weights.h5", 2**40, {"epoch": 3}),
        ("model.keras", 20, {"epoch": 3}),
    ]
    assert store.artifacts.find("nothing") == []


def test_labels_and_artifacts_saved_at_the_same_moment_do_not_fail(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    labelled = at_once(6, lambda number: store.labels.save(Label(run_id, note=str(number))))
    filed = at_once(6, lambda number: store.artifacts.save(Artifact(run_id, "model.keras", "model", number)))
    assert [*labelled, *filed] == [None] * 12
    assert len(store.artifacts.find(run_id)) == 1


def test_labels_and_artifacts_need_their_run(store: Store):
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.labels.save(Label("nobody", star=True))
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.artifacts.save(Artifact("nobody", "model.keras", "model", 1))


def test_deleting_a_draft_leaves_its_runs(store: Store):
    draft = store.drafts.create(SPEC, "ada")
    run_id = store.runs.create(SPEC, "ada", draft_id=draft.id)
    store.drafts.delete(draft.id)
    with store.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT draft_id FROM runs WHERE id = :id"), {"id": run_id}).scalar()
    assert kept == draft.id
