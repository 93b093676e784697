"""The events of a run on every store: what was appended is what is read, in order, by one writer at a time."""

import contextlib
import dataclasses
import math

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground import recipes
from playground.frame import dumps
from playground.runs import ENDED, ConflictError, EndedError, Event, Run, Store, fold
from playground.runs.schema import metadata
from tests.contract.threads import at_once

SPEC = recipes.recipe("digits-mlp").spec
SHARED_STORE = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

numbers = st.floats(width=64)
devices = st.text(st.characters(exclude_characters="\0", codec="utf-8"))  # PostgreSQL's text has no place for NUL


@st.composite
def epochs(draw: st.DrawFn) -> dict[str, np.ndarray]:
    """Columns of a progress event: some epochs of a run, with values as bad as floats can be."""
    first, count = draw(st.integers(1, 1000)), draw(st.integers(0, 4))
    column = st.lists(numbers, min_size=count, max_size=count).map(np.array)
    return {
        "epoch/epoch": np.arange(first, first + count, dtype=np.int64),
        "epoch/loss": draw(column),
        "epoch/val_accuracy": draw(column),
        "epoch/learning_rate": draw(column),
    }


happened = st.one_of(
    st.tuples(st.just("started"), st.fixed_dictionaries({"pid": st.integers(1, 2**22), "device": devices})),
    st.tuples(
        st.just("progress"),
        st.fixed_dictionaries(
            {"phase": st.sampled_from(["building", "training"]), "epoch": st.integers(0, 99), "step": st.integers(0)},
            optional={"seconds": st.floats(0, 1e9), "parameters": st.integers(0, 2**40)},
        ),
        epochs(),
    ),
    st.tuples(st.sampled_from(["paused", "resumed"]), st.fixed_dictionaries({"request": st.none() | st.integers(1)})),
    st.tuples(st.just("checkpoint"), st.fixed_dictionaries({"which": st.just("best"), "value": numbers})),
    st.tuples(st.just("probe"), st.dictionaries(st.text(), st.text() | numbers, max_size=3)),
)
ending = st.one_of(
    st.tuples(
        st.sampled_from(["finished", "stopped"]),
        st.fixed_dictionaries({"test": st.dictionaries(st.text(), numbers, max_size=3), "reason": st.text()}),
    ),
    st.tuples(st.sampled_from(["failed", "lost"]), st.fixed_dictionaries({"error": st.text()})),
)


def same(one: Run, other: Run) -> bool:
    """Whether two runs are equal, NaN being equal to itself."""
    return dumps(dataclasses.asdict(one)) == dumps(dataclasses.asdict(other))


@SHARED_STORE
@given(st.lists(happened, max_size=6), st.none() | ending)
def test_the_projection_is_the_fold_of_the_events(store: Store, story: list, end: tuple | None):
    run_id = store.runs.create(SPEC, "ada")
    journal = store.runs.journal(run_id)
    for kind, data, *columns in [*story, *([end] if end else [])]:
        journal.append(kind, data, *columns)
    projected = store.runs.run(run_id)
    assert same(projected, store.runs.refold(run_id))
    assert same(projected, journal.run)
    assert [event.seq for event in store.runs.events(run_id)] == list(range(1 + len(story) + bool(end)))
    assert projected.is_ended == (end is not None)


@SHARED_STORE
@given(happened)
def test_an_event_is_read_as_it_was_appended(store: Store, what: tuple):
    kind, data, *columns = what
    run_id = store.runs.create(SPEC, "ada")
    written, _ = store.runs.append(run_id, kind, data, *columns)
    read = store.runs.events(run_id)[-1]
    assert (read.run_id, read.seq, read.at, read.kind) == (run_id, 1, written.at, kind)
    assert dumps(read.data) == dumps(data)
    assert read.columns.keys() == written.columns.keys()
    for name, values in written.columns.items():
        np.testing.assert_array_equal(read.columns[name], values, strict=True)


def test_columns_keep_dtype_nan_and_infinities(store: Store):
    columns = {
        "batch/step": np.array([1, 2, 2**40], np.int64),
        "batch/loss": np.array([np.nan, np.inf, -np.inf], np.float32),
        "epoch/epoch": np.array([1], np.int64),
        "epoch/loss": np.array([5e-324], np.float64),
        "epoch/val_loss": np.array([np.nan]),
        "probe/hit": np.array([True, False]),
    }
    run_id = store.runs.create(SPEC, "ada")
    store.runs.append(run_id, "progress", {}, columns)
    read = store.runs.events(run_id)[-1].columns
    assert {name: values.dtype for name, values in read.items()} == {n: v.dtype for n, v in columns.items()}
    for name, values in columns.items():
        np.testing.assert_array_equal(read[name], values)
    metrics = store.runs.run(run_id).metrics
    assert metrics["loss"].best == 5e-324
    assert math.isnan(metrics["val_loss"].last)
    assert metrics["val_loss"].best_epoch is None


def test_test_results_that_are_no_finite_numbers_survive(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    store.runs.append(run_id, "finished", {"test": {"loss": math.nan, "r2_score": -math.inf}})
    test = store.runs.run(run_id).test
    assert math.isnan(test["loss"])
    assert test["r2_score"] == -math.inf


def test_events_are_read_from_a_position_on(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    for step in range(1, 6):
        store.runs.append(run_id, "progress", {"step": step})
    assert [event.seq for event in store.runs.events(run_id, after=2)] == [3, 4, 5]
    assert [event.seq for event in store.runs.events(run_id, after=2, limit=2)] == [3, 4]
    assert store.runs.events(run_id, after=5) == []


@pytest.mark.parametrize("end", sorted(ENDED))
def test_a_run_that_has_ended_refuses_events(store: Store, end: str):
    run_id = store.runs.create(SPEC, "ada")
    store.runs.append(run_id, end, {})
    with pytest.raises(EndedError, match=f"{run_id} is {end}"):
        store.runs.append(run_id, "progress", {"step": 1})
    assert [event.kind for event in store.runs.events(run_id)] == ["queued", end]


def test_of_two_writers_the_later_one_is_told(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    first, second = store.runs.journal(run_id), store.runs.journal(run_id)
    first.append("started", {"pid": 1})
    with pytest.raises(ConflictError, match="expected the last event to be 0, it is 1"):
        second.append("lost", {"error": "nobody there"})
    first.append("progress", {"step": 1})
    assert [event.kind for event in store.runs.events(run_id)] == ["queued", "started", "progress"]


def test_an_event_can_depend_on_the_state(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    store.runs.append(run_id, "started", {})
    with pytest.raises(ConflictError, match="is running, expected queued"):
        store.runs.append(run_id, "stopped", {}, only_from={"queued"})
    assert store.runs.append(run_id, "stopped", {}, only_from={"running", "paused"})[1].state == "stopped"


def test_writers_at_the_same_moment_conflict_and_never_share_a_position(store: Store):
    """Each of four threads tries until its events are in: all of them are, once, and nobody sees a database error."""
    run_id = store.runs.create(SPEC, "ada")

    def write(writer: int) -> None:
        written = 0
        while written < 10:
            with contextlib.suppress(ConflictError):
                store.runs.journal(run_id).append("probe", {"writer": writer, "number": written})
                written += 1

    assert at_once(4, write) == [None] * 4
    events = store.runs.events(run_id, after=0)
    assert [event.seq for event in events] == list(range(1, 41))
    for writer in range(4):
        assert [e.data["number"] for e in events if e.data["writer"] == writer] == list(range(10))


def test_the_store_itself_refuses_a_second_event_at_a_position(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    row = Event(run_id, 0, 0.0, "lost", {}).row()
    with pytest.raises(sa.exc.IntegrityError), store.engine.begin() as connection:
        connection.execute(metadata.tables["events"].insert().values(row))


def test_fold_can_go_on_from_anywhere(store: Store):
    run_id = store.runs.create(SPEC, "ada")
    early = store.runs.run(run_id)
    for epoch in (1, 2):
        store.runs.append(
            run_id, "progress", {}, {"epoch/epoch": np.array([epoch]), "epoch/loss": np.array([1 / epoch])}
        )
    assert same(fold(early, store.runs.events(run_id, after=early.seq)), store.runs.run(run_id))
