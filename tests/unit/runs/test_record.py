"""Which program trained from which step on, and where another run may follow."""

import dataclasses

from playground.runs import Event, Run
from playground.runs.record import Change, Record, is_alike, record
from playground.runs.run import apply

RUN = Run("abc", "Digits", "ada", "digest", epochs=10, created_at=100.0, step=90, machine="here", device="CPU")


def event(kind: str, **data: object) -> Event:
    return Event("abc", 1, 100.0, kind, data)


def test_changes_are_those_of_the_events():
    events = [event("progress", step=3), event("progress", step=20, program="epochs"), event("finished", step=90)]
    assert record(RUN, events) == Record((Change(20, "epochs"),), 90)


def test_what_was_taken_back_does_not_count():
    events = [
        event("queued", epochs=10),
        event("progress", step=20, program="epochs"),
        event("progress", step=40, program="epochs with XLA"),
        event("queued", epochs=10, epoch=3, step=30),
        event("progress", step=60, program="epochs with XLA"),
    ]
    assert record(RUN, events).changes == (Change(20, "epochs"), Change(60, "epochs with XLA"))


def test_only_where_everything_is_the_same_the_same_can_come_out():
    assert is_alike(RUN, dataclasses.replace(RUN, id="other", step=1))
    for change in ({"machine": "there"}, {"device": "GPU 0"}, {"versions": {"keras": "4"}}):
        assert not is_alike(RUN, dataclasses.replace(RUN, **change))


def test_a_file_that_was_written_does_not_move_the_run():
    best = event("checkpoint", which="best", epoch=2, step=8, value=0.5)
    assert (apply(RUN, best).epoch, apply(RUN, best).step) == (RUN.epoch, RUN.step)
    assert apply(RUN, event("checkpoint", saved={"epoch": 1})).saved == {"epoch": 1}
