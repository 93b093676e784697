"""Runs that go on from a saved state, on every store: what is taken back, and what stays."""

import numpy as np
import pytest

from playground import recipes
from playground.runs import ConflictError, Journal, Metric, Store, going_on
from playground.runs.history import history

SPEC = recipes.recipe("digits-mlp").spec


def trained(journal: Journal, epochs: range, *, loss: float = 1.0) -> None:
    """The rest of some epochs, counted from 1, of two steps each, with falling losses."""
    for epoch in epochs:
        steps = np.arange(max(journal.run.step, 2 * epoch - 2) + 1, 2 * epoch + 1)
        columns = {"batch/step": steps, "batch/loss": loss / steps}
        columns |= {"epoch/epoch": np.array([epoch]), "epoch/loss": np.array([loss / epoch])}
        journal.append("progress", {"epoch": epoch, "step": int(steps[-1]), "seconds": 0.5 * epoch}, columns)


def died(store: Store, kind: str = "failed", **data: object) -> str:
    """A run that had done five epochs and a half when its process died, and was saved in the middle of the fourth."""
    run_id = store.runs.create(SPEC, "ada")
    store.runs.append(run_id, "started", {"pid": 1})
    journal = store.runs.journal(run_id)
    trained(journal, range(1, 4))
    journal.append("progress", {"step": 7}, {"batch/step": np.array([7]), "batch/loss": np.array([0.25])})
    saved = {"epoch": 3, "step": 7, "seconds": 1.7}
    journal.append("checkpoint", {"which": "last", "epoch": 3, "step": 7, "saved": saved})
    trained(journal, range(4, 6))
    journal.append("progress", {"program": "epochs", "step": 10})
    journal.append(kind, {"error": "Its process was killed.", **data})
    return run_id


def column(store: Store, run_id: str, name: str) -> list[float]:
    return [value for event in history(store.runs, run_id) for value in event.columns.get(name, np.empty(0)).tolist()]


@pytest.mark.parametrize("kind", ["failed", "lost"])
def test_a_run_that_died_is_queued_again_and_what_was_not_saved_is_taken_back(store: Store, kind: str):
    run_id = died(store, kind)
    late = store.runs.ask(run_id, "stop")
    before = store.runs.run(run_id)
    assert before.can_resume
    assert before.metrics["loss"].best_epoch == 5
    run = going_on.resume(store, run_id)
    assert (run.state, run.epoch, run.step, run.seconds) == ("queued", 3, 7, 1.7)
    assert (run.error, run.ended_at, run.is_ended) == (None, None, False)
    assert run.metrics == {"loss": Metric(1 / 3, 1 / 3, 3)}
    assert run.acknowledged == late, "what was asked of the dead run does not stop the living one"
    assert store.runs.run(run_id) == run == store.runs.refold(run_id)
    assert column(store, run_id, "epoch/epoch") == [1, 2, 3]
    assert column(store, run_id, "batch/step") == [1, 2, 3, 4, 5, 6, 7]
    store.runs.append(run_id, "started", {"pid": 2}, only_from={"queued"})
    trained(store.runs.journal(run_id), range(4, 7), loss=0.5)
    assert column(store, run_id, "epoch/epoch") == [1, 2, 3, 4, 5, 6]
    assert column(store, run_id, "batch/step") == list(range(1, 13))
    assert store.runs.run(run_id).metrics["loss"] == Metric(0.5 / 6, 0.5 / 6, 6)


def test_it_may_die_again(store: Store):
    run_id = died(store)
    going_on.resume(store, run_id)
    store.runs.append(run_id, "started", {"pid": 2})
    store.runs.append(run_id, "lost", {"error": "The machine went down."})
    again = going_on.resume(store, run_id)
    assert (again.epoch, again.step) == (3, 7)
    assert column(store, run_id, "epoch/epoch") == [1, 2, 3]


def test_only_a_run_that_died_with_a_state_is_resumed(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    for kind, data in (("started", {}), ("failed", {"error": "No memory."})):
        with pytest.raises(ConflictError):
            going_on.resume(store, run_id)
        store.runs.append(run_id, kind, data)
    with pytest.raises(ConflictError, match="no state"):
        going_on.resume(store, run_id)
    with pytest.raises(ConflictError):
        going_on.resume(store, died(store, is_diverged=True))
    with pytest.raises(ConflictError):
        going_on.resume(store, died(store, "stopped"))


def test_a_new_run_begins_where_another_had_ended(store: Store):
    first = died(store, "stopped")
    second = store.runs.create(SPEC, "ada", more=going_on.continued(store, first))
    run = store.runs.run(second)
    assert (run.state, run.from_run, run.epoch, run.step) == ("queued", first, 3, 7)
    assert run.metrics["loss"].best_epoch == 3
    store.runs.append(second, "started", {})
    trained(store.runs.journal(second), range(4, 5))
    assert column(store, second, "epoch/epoch") == [1, 2, 3, 4]
    assert store.runs.run(first).state == "stopped"
    store.runs.append(second, "stopped", {"reason": "Stopped by you."})
    third = store.runs.create(SPEC, "ada", more=going_on.continued(store, second))
    assert column(store, third, "epoch/epoch") == [1, 2, 3]
    store.runs.delete(first)
    assert column(store, second, "epoch/epoch") == [4], "a run that is gone has left nothing"


def test_events_without_their_columns(store: Store):
    run_id = died(store)
    whole, bare = store.runs.events(run_id), store.runs.events(run_id, has_columns=False)
    assert [event.data for event in bare] == [event.data for event in whole]
    assert all(not event.columns for event in bare)
