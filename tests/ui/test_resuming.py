"""The ways on from a run that has ended, and the curves of a run that goes on."""

import numpy as np
import pytest

from playground.runs import going_on
from playground.runs.artifacts import STATE
from playground.settings import settings
from playground.specs.edit import with_value
from playground.ui import happened, reader
from tests.ui import stories

TRAIN = "pages/3_Train.py"
SAVED = {"epoch": 10, "step": 10 * stories.STEPS, "seconds": 1.9}


def ended(store, kind: str, *, has_file: bool = True, **data: object) -> str:
    """A run of twelve epochs that was saved after the tenth, with its state in its folder."""
    journal = stories.started(store)
    stories.trained(journal, 1, 10)
    journal.append("checkpoint", {"which": "last", "epoch": 10, "step": SAVED["step"], "saved": SAVED})
    stories.trained(journal, 11, 12)
    journal.append(kind, {"epoch": 12, "step": 12 * stories.STEPS, **data})
    folder = settings().run_dir(journal.run_id)
    folder.mkdir(parents=True)
    if has_file:
        (folder / STATE).write_bytes(b"")
    return journal.run_id


def labels(page) -> list[str]:
    return [button.label for button in page.button]


@pytest.mark.parametrize("kind", ["failed", "lost"])
def test_a_run_that_died_is_resumed_from_where_it_was_saved(store, open_page, kind):
    run_id = ended(store, kind, error="Its process was killed.")
    draft = store.drafts.create(store.runs.spec(run_id), "local")
    store.drafts.ran(draft.id, run_id)
    page = open_page(TRAIN, draft=draft.id)
    assert "Resume from epoch 10" in labels(page)
    primary = [button.label for button in page.button if button.proto.type == "primary"]
    assert primary == ["Resume from epoch 10"], "one thing comes first"


@pytest.mark.parametrize(
    ("kind", "has_file", "data"),
    [("failed", False, {}), ("failed", True, {"is_diverged": True}), ("finished", False, {})],
    ids=["its file is gone", "its loss was no number", "finished, without a file"],
)
def test_nothing_is_offered_that_could_not_be_done(store, open_page, kind, has_file, data):
    page = open_page(TRAIN, run=ended(store, kind, has_file=has_file, error="It failed.", **data))
    assert not {"Continue", "Resume from epoch 10"}.intersection(labels(page))


def test_a_stopped_run_is_continued_for_the_rest_of_its_plan(store, open_page):
    run_id = ended(store, "stopped", reason="Stopped by you.")
    page = open_page(TRAIN, run=run_id)
    assert "Continue" in labels(page)
    (more,) = [field for field in page.number_input if field.label == "More epochs"]
    assert more.value == stories.EPOCHS - 10


def test_rewind_is_offered_where_starting_again_is_something_else(store, open_page):
    run_id = ended(store, "finished")
    spec = store.runs.spec(run_id)
    draft = store.drafts.create(spec, "local")
    store.drafts.ran(draft.id, run_id)
    address = {"draft": draft.id, "run": run_id}
    assert "Rewind" not in labels(open_page(TRAIN, draft=draft.id))
    store.drafts.save(draft.id, with_value(spec, "training.epochs", 7), 1)
    assert "Rewind" in labels(open_page(TRAIN, draft=address["draft"]))


def test_what_was_not_saved_is_taken_back_from_the_curves(store):
    run_id = ended(store, "failed", error="It died.")
    assert reader.read(run_id).epochs["loss"].x.tolist() == list(range(1, 13))
    going_on.resume(store, run_id)
    view = reader.read(run_id)
    assert view.epochs["loss"].x.tolist() == list(range(1, 11))
    assert view.batches["loss"].total == SAVED["step"]
    store.runs.append(run_id, "started", {})
    stories.trained(store.runs.journal(run_id), 11, 13)
    view = reader.read(run_id)
    assert view.epochs["loss"].x.tolist() == list(range(1, 14))
    np.testing.assert_array_equal(view.batches["loss"].x * stories.STEPS, np.arange(1, 13 * stories.STEPS + 1))
    assert "Resumed from the state saved after epoch 10" in [words for _, words in happened.told(view)]


def test_a_continued_run_begins_with_the_curves_of_the_one_before(store):
    first = ended(store, "stopped", reason="Stopped by you.")
    second = store.runs.create(store.runs.spec(first), "local", more=going_on.continued(store, first))
    store.runs.append(second, "started", {})
    stories.trained(store.runs.journal(second), 11, 11)
    view = reader.read(second)
    assert view.epochs["val_loss"].x.tolist() == list(range(1, 12))
    assert reader.read(first).epochs["val_loss"].x.tolist() == list(range(1, 13))
    told = [words for _, words in happened.told(view)]
    assert told[-1] == "Asked for, from the state of an earlier run after epoch 10"
