"""Events as rows of the store: nothing is lost on the way."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from playground.runs import Event, new_id
from playground.runs.event import ENDED, KINDS, STATES


def test_an_event_without_columns_is_the_same_from_its_row():
    event = Event("abc", 3, 12.5, "paused", {"request": 4, "words": ["größer", None, True], "inner": {"a": 1.5}})
    row = event.row()
    assert row["columns"] is None
    assert Event.from_row(SimpleNamespace(**row)) == event


def test_columns_keep_name_dtype_and_bits():
    columns = {
        "batch/step": np.arange(3, dtype=np.int64),
        "batch/loss": np.array([np.nan, np.inf, -0.0], np.float32),
        "epoch/loss": np.array([], np.float64),
    }
    read = Event.from_row(SimpleNamespace(**Event("abc", 1, 0.0, "progress", {}, columns).row()))
    assert list(read.columns) == list(columns)
    for name, values in columns.items():
        assert read.columns[name].dtype == values.dtype
        assert read.columns[name].tobytes() == values.tobytes()
        assert not read.columns[name].flags.writeable


def test_steps_that_follow_each_other_take_no_room_and_a_gap_stays_a_gap():
    def read(steps):
        row = Event(
            "abc", 1, 0.0, "progress", {}, {"batch/step": steps, "batch/loss": np.zeros(len(steps), "f4")}
        ).row()
        found = Event.from_row(SimpleNamespace(**row)).columns["batch/step"]
        assert found.dtype == steps.dtype
        assert found.tolist() == steps.tolist()
        assert not found.flags.writeable
        return len(row["columns"])

    following = np.arange(70_001, 71_001)
    gap = following.copy()
    gap[500:] += 1
    assert read(following) < 4_200, "a thousand losses of 4 bytes"
    assert read(gap) > 12_000
    for others in (following[::-1], following.astype(np.int32), np.full(1_000, 7), following[:1], following[:0]):
        read(others.copy())


def test_numbers_that_json_lacks_are_spelled_in_data():
    row = Event("abc", 1, 0.0, "finished", {"test": {"loss": math.nan, "best": np.float32(math.inf)}}).row()
    assert Event.from_row(SimpleNamespace(**row)).data == {"test": {"loss": "NaN", "best": "Infinity"}}


def test_what_cannot_be_kept_is_refused_before_it_is_written():
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        Event("abc", 1, 0.0, "probe", {"model": object()}).row()
    with pytest.raises(TypeError, match="expected numbers or booleans"):
        Event("abc", 1, 0.0, "probe", {}, {"probe/names": np.array(["a"])}).row()


def test_ends_are_states_and_kinds():
    assert set(STATES) > ENDED
    assert set(KINDS) > ENDED
    assert all(len(kind) <= 16 for kind in KINDS), "the column's width"


def test_ids_are_long_enough_and_can_be_read_out():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(each) == 12 and each.isalnum() and each.islower() for each in ids)
    assert not set("".join(ids)) & set("lo01"), "which read alike"
    assert len(new_id(5)) == 5
