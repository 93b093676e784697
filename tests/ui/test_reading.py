"""The Train page says that a run reads its data while it trains."""

from tests.ui import stories
from tests.ui.test_train import TRAIN, text

SAID = "The data is read while training: 4.1 GB do not fit into the 2.0 GB that a run keeps of it"


def test_the_sentence_stands_by_the_device_of_a_run_that_has_no_room(store, open_page):
    journal = stories.started(store)
    streamed = {"bytes": 4_100_000_000, "room_bytes": 2_000_000_000}
    where = {"phase": "training", "epoch": 0, "step": 0, "seconds": 0.0}
    journal.append("progress", {**where, "streamed": streamed})
    page = open_page(TRAIN, run=journal.run_id)
    assert SAID in text(page).replace("\\", "")
    assert "PLAYGROUND" in text(page), "and which setting bounds it"


def test_other_runs_say_nothing_of_it(store, open_page):
    page = open_page(TRAIN, run=stories.running(store))
    assert "Samples: " in text(page)
    assert "read while training" not in text(page)
