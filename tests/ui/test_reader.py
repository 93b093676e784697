import threading

import numpy as np
import pytest

from playground.runs import NotFoundError
from playground.ui import reader
from tests.ui import stories


def test_it_reads_what_is_new_and_keeps_what_it_had(store):
    journal = stories.started(store)
    follower = reader.Reader(store, journal.run_id)
    assert follower.read().batches == {}
    stories.trained(journal, 1, 3)
    early = follower.read()
    stories.trained(journal, 4, 9)
    late = follower.read()
    assert early.batches["loss"].total == 3 * stories.STEPS
    assert late.batches["loss"].total == 9 * stories.STEPS
    assert early.epochs["val_accuracy"].x.tolist() == [1, 2, 3]
    assert np.array_equal(late.batches["loss"].y[: 3 * stories.STEPS], early.batches["loss"].y)
    assert late.run == store.runs.run(journal.run_id)


def test_batches_stand_at_fractions_of_their_epoch(store):
    view = reader.read(stories.running(store, epochs=2))
    x = view.batches["loss"].x
    assert x[0] == 1 / stories.STEPS
    assert x[stories.STEPS - 1] == 1
    assert x[-1] == 2


def test_a_run_that_stands_still_is_the_same_view(store):
    run_id = stories.running(store)
    assert reader.read(run_id) is reader.read(run_id)


def test_two_viewers_share_one_reader(store):
    run_id = stories.running(store)
    found = []
    threads = [threading.Thread(target=lambda: found.append(reader.read(run_id))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(view) for view in found}) == 1
    assert found[0].batches["loss"].total == 12 * stories.STEPS


def test_a_request_shows_until_it_is_answered(store):
    journal = stories.started(store)
    request = store.runs.ask(journal.run_id, "pause")
    assert [asked.kind for asked in reader.read(journal.run_id).asked] == ["pause"]
    journal.append("paused", {"request": request, "epoch": 0, "step": 0})
    assert reader.read(journal.run_id).asked == ()


def test_nan_is_a_value(store):
    view = reader.read(stories.failed(store))
    assert np.isnan(view.batches["loss"].y[-1])
    assert view.run.error == "The loss became NaN. The learning rate is 0.5; try 0.01."


def test_of_many_checkpoints_the_newest_is_told(store):
    notes = [note for note in reader.read(stories.finished(store)).notes if note.kind == "checkpoint"]
    assert [note.data["epoch"] for note in notes] == [stories.EPOCHS]


def test_a_line_has_few_points_and_the_best_epoch(store):
    journal = stories.started(store)
    epochs = np.arange(1, 50_001)
    journal.append(
        "progress",
        {"phase": "training", "epoch": 50_000, "step": 50_000, "seconds": 5.0},
        {"epoch/epoch": epochs, "epoch/loss": np.sin(epochs / 9.0)},
    )
    line = reader.read(journal.run_id).epochs["loss"].line("training", keep_epoch=31_234)
    assert 31_234 in line.x
    assert len(line.x) < 1_100


def test_a_very_long_run_is_thinned_and_its_extremes_stay(store):
    journal = stories.started(store)
    spike = 123_456
    for part in range(5):
        steps = np.arange(part * 100_000 + 1, (part + 1) * 100_000 + 1)
        loss = np.where(steps == spike, 99.0, np.sin(steps / 50.0)).astype(np.float32)
        at = {"phase": "training", "epoch": 0, "step": int(steps[-1]), "seconds": 1.0}
        journal.append("progress", at, {"batch/step": steps, "batch/loss": loss})
    series = reader.read(journal.run_id).batches["loss"]
    assert series.total == 500_000
    assert len(series.y) <= 200_000
    assert series.y.max() == 99
    assert 99 in series.line("loss").y


def test_an_unknown_run_is_not_found(store):
    with pytest.raises(NotFoundError):
        reader.read("nosuchrun")


def test_a_deleted_run_is_not_found(store):
    run_id = stories.finished(store)
    reader.read(run_id)
    store.runs.delete(run_id)
    with pytest.raises(NotFoundError):
        reader.read(run_id)
