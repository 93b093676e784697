"""Runs on every store: created, found, asked for something, deleted."""

import threading

import pytest
import sqlalchemy as sa

from playground import recipes
from playground.runs import Artifact, Label, NotFoundError, Store
from playground.runs.schema import metadata
from tests.contract.threads import at_once

SPEC = recipes.recipe("digits-mlp").spec


def test_a_new_run_is_queued_and_found(store: Store):
    run_id = store.runs.create(SPEC, "ada", draft_id="draft")
    run = store.runs.run(run_id)
    assert (run.id, run.state, run.seq) == (run_id, "queued", 0)
    assert (run.name, run.owner, run.digest, run.epochs) == (SPEC.name, "ada", SPEC.digest, SPEC.training.epochs)
    assert store.runs.spec(run_id) == SPEC
    assert [event.kind for event in store.runs.events(run_id)] == ["queued"]


def test_a_journal_hears_each_request_once_in_order(store: Store):
    run_id, other = store.runs.create(SPEC, "ada"), store.runs.create(SPEC, "ada")
    journal = store.runs.journal(run_id)
    asked = [store.runs.ask(run_id, "pause"), store.runs.ask(run_id, "set", {"learning_rate": 0.01}, owner="bob")]
    store.runs.ask(other, "stop")
    heard = journal.requests()
    assert [(request.id, request.kind, request.args) for request in heard] == [
        (asked[0], "pause", {}),
        (asked[1], "set", {"learning_rate": 0.01}),
    ]
    assert journal.requests() == []
    later = store.runs.ask(run_id, "resume")
    assert [request.id for request in journal.requests()] == [later]
    journal.append("paused", {"request": asked[0]})
    assert [request.id for request in store.runs.journal(run_id).requests()] == [asked[1], later], "a journal goes on"


def test_no_request_is_overlooked_when_many_ask_at_once(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    journal, heard, is_over = store.runs.journal(run_id), [], threading.Event()

    def listen() -> None:
        while not is_over.is_set():
            heard.extend(request.id for request in journal.requests())
        heard.extend(request.id for request in journal.requests())

    listener = threading.Thread(target=listen)
    listener.start()
    asked: list[int] = []
    at_once(4, lambda _: asked.extend([store.runs.ask(run_id, "pause") for _ in range(25)]))
    is_over.set()
    listener.join()
    assert len(asked) == 100
    assert heard == sorted(asked)


def test_runs_are_found_by_state_owner_and_digest(store: Store):
    other = SPEC.model_copy(update={"seed": SPEC.seed + 1})
    first, second, third = (
        store.runs.create(spec, owner) for spec, owner in ((SPEC, "ada"), (other, "ada"), (SPEC, "bob"))
    )
    store.runs.append(second, "started", {})
    assert [run.id for run in store.runs.find()] == [third, second, first], "newest first"
    assert [run.id for run in store.runs.find(oldest_first=True, limit=1, offset=1)] == [second]
    assert [run.id for run in store.runs.find(owner="ada", states_in={"queued"})] == [first]
    assert {run.id for run in store.runs.find(digest=SPEC.digest)} == {first, third}
    assert store.runs.count() == 3
    assert store.runs.count(owner="ada", states_in={"queued", "running"}) == 2


def test_runs_know_the_draft_that_they_were_started_from(store: Store):
    spec = recipes.recipe("digits-mlp").spec
    draft = store.drafts.create(spec, "local")
    run_id, alone = store.runs.create(spec, "local", draft.id), store.runs.create(spec, "local")
    assert store.runs.draft_ids([run_id, alone, "nosuchrun"]) == {run_id: draft.id}
    assert store.runs.draft_ids([]) == {}
    store.drafts.delete(draft.id)
    assert store.runs.run(run_id).id == run_id


def test_a_deleted_run_takes_all_that_belongs_to_it_along(store: Store):
    members = store.comparisons.create("variants", "Both", [("One", SPEC), ("Other", SPEC)], "ada").members
    run_id, kept = (member.run_id for member in members)
    for each in (run_id, kept):
        store.runs.ask(each, "stop")
        store.labels.save(Label(each, note="mine"))
        store.artifacts.save(Artifact(each, "model.keras", "model", 10))
    store.runs.delete(run_id)
    with store.engine.connect() as connection:
        for table in metadata.tables.values():
            if "run_id" in table.c and table.name != "drafts":
                found = connection.execute(sa.select(table.c.run_id)).scalars().all()
                assert set(found) == {kept}, table.name
    assert store.runs.run(kept).state == "queued"
    store.runs.delete(run_id)  # twice is no error


def test_a_run_that_is_not_there_is_told_by_name(store: Store):
    for look in (store.runs.run, store.runs.spec, store.runs.refold, store.runs.journal):
        with pytest.raises(NotFoundError, match="'nobody'"):
            look("nobody")
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.runs.append("nobody", "started", {})
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.runs.ask("nobody", "stop")


def test_a_run_deleted_under_its_writers_ends_them_in_words(store: Store):
    """Who appends and who deletes take the same rows; in another order each would wait for the other."""
    for _ in range(5):
        run_id = store.runs.create(SPEC, "ada")

        def work(number: int, run_id: str = run_id) -> None:
            if number == 0:
                while store.runs.run(run_id).seq < 3:
                    pass
                store.runs.delete(run_id)
                return
            while True:
                store.runs.append(run_id, "probe", {})

        deleted, *appended = at_once(4, work)
        assert deleted is None
        assert [type(each) for each in appended] == [NotFoundError] * 3
