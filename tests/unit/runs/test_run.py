"""What a run has come to: each event's share in it, and the best value of each metric."""

import dataclasses
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.frame import dumps
from playground.runs import ENDED, STATES, Event, EventKind, Metric, Run, fold, is_higher_better
from playground.runs.event import KINDS, STATE_AFTER
from playground.runs.run import apply

NEW = Run("abc", "Digits", "ada", "digest", epochs=10, created_at=100.0)


def event(kind: EventKind, seq: int = 1, columns: dict[str, list[float]] | None = None, **data: object) -> Event:
    arrays = {name: np.array(values) for name, values in (columns or {}).items()}
    return Event("abc", seq, 100.0 + seq, kind, data, arrays)


def epochs(first: int, seq: int = 1, **metrics: list[float]) -> Event:
    """A progress event with these metrics from epoch ``first`` on."""
    count = len(next(iter(metrics.values())))
    named = {f"epoch/{name}": values for name, values in metrics.items()}
    return event("progress", seq, {"epoch/epoch": list(range(first, first + count)), **named})


@pytest.mark.parametrize(
    ("story", "state"),
    [
        (["queued"], "queued"),
        (["queued", "started"], "running"),
        (["queued", "started", "progress", "probe", "checkpoint"], "running"),
        (["queued", "started", "paused"], "paused"),
        (["queued", "started", "paused", "progress"], "paused"),
        (["queued", "started", "paused", "resumed"], "running"),
        (["queued", "started", "finished"], "finished"),
        (["queued", "stopped"], "stopped"),
        (["queued", "started", "failed"], "failed"),
        (["queued", "started", "lost"], "lost"),
    ],
)
def test_the_state_follows_the_events(story: list[EventKind], state: str):
    run = fold(NEW, [event(kind, seq) for seq, kind in enumerate(story)])
    assert (run.state, run.seq) == (state, len(story) - 1)
    assert run.is_ended == (state in ENDED)


def test_every_kind_either_sets_a_known_state_or_leaves_it():
    assert set(STATE_AFTER) <= set(KINDS)
    assert set(STATE_AFTER.values()) == set(STATES)
    assert set(KINDS) - set(STATE_AFTER) == {"progress", "probe", "checkpoint"}


def test_times_are_those_of_the_events():
    run = fold(NEW, [event("queued", 0), event("started", 1), event("progress", 2), event("finished", 3)])
    assert (run.created_at, run.started_at, run.ended_at) == (100.0, 101.0, 103.0)
    assert run.first_point_at is None


def test_the_first_point_is_the_first_batch():
    story = [
        event("progress", 1, {"batch/step": []}),
        event("progress", 2, {"batch/step": [1, 2]}),
        event("progress", 3, {"batch/step": [3]}),
    ]
    assert fold(NEW, story).first_point_at == 102.0


def test_data_is_taken_over_and_kept_until_it_changes():
    started = event("started", 1, pid=7, pid_start=1.5, machine="here", device="CPU", versions={"keras": "3"})
    building = event("progress", 2, phase="building", parameters=650, steps_per_epoch=4, n_train=100)
    training = event("progress", 3, phase="training", epoch=2, step=8, seconds=0.5, unknown="ignored")
    run = fold(NEW, [started, building, training])
    assert (run.pid, run.pid_start, run.machine, run.device, run.versions) == (7, 1.5, "here", "CPU", {"keras": "3"})
    assert (run.phase, run.parameters, run.steps_per_epoch, run.n_train) == ("training", 650, 4, 100)
    assert (run.epoch, run.step, run.seconds) == (2, 8, 0.5)


def test_ends_say_what_came_out_or_went_wrong():
    finished = apply(NEW, event("finished", test={"loss": "NaN", "accuracy": 1}, baseline={"accuracy": 0.1}))
    assert finished.test["accuracy"] == 1.0
    assert math.isnan(finished.test["loss"])
    assert finished.baseline == {"accuracy": 0.1}
    assert apply(NEW, event("failed", error="out of memory")).error == "out of memory"
    assert apply(NEW, event("stopped", reason="asked to", request=4)).reason == "asked to"


def test_the_last_request_that_was_answered_is_known():
    story = [event("paused", 1, request=3), event("progress", 2), event("resumed", 3, request=5)]
    assert fold(NEW, story).acknowledged == 5
    assert fold(NEW, [*story, event("stopped", 4, request=None)]).acknowledged == 5, "nobody asked for this one"


def test_the_best_is_the_lowest_loss_and_the_highest_accuracy():
    run = apply(NEW, epochs(1, loss=[0.9, 0.5, 0.7], val_accuracy=[0.1, 0.8, 0.6]))
    assert run.metrics == {"loss": Metric(0.7, 0.5, 2), "val_accuracy": Metric(0.6, 0.8, 2)}
    run = apply(run, epochs(4, 2, loss=[0.6, 0.4], val_accuracy=[0.9, 0.3]))
    assert run.metrics == {"loss": Metric(0.4, 0.4, 5), "val_accuracy": Metric(0.3, 0.9, 4)}


def test_of_equal_bests_the_first_counts():
    run = fold(NEW, [epochs(1, loss=[0.5, 0.5]), epochs(3, 2, loss=[0.5])])
    assert run.metrics["loss"] == Metric(0.5, 0.5, 1)


def test_nan_is_the_last_but_never_the_best():
    run = apply(NEW, epochs(1, loss=[math.nan, 0.5, math.nan]))
    assert math.isnan(run.metrics["loss"].last)
    assert (run.metrics["loss"].best, run.metrics["loss"].best_epoch) == (0.5, 2)
    only = apply(NEW, epochs(1, loss=[math.nan])).metrics["loss"]
    assert math.isnan(only.best)
    assert only.best_epoch is None
    later = fold(NEW, [epochs(1, loss=[math.nan]), epochs(2, 2, loss=[3.0])]).metrics["loss"]
    assert (later.best, later.best_epoch) == (3.0, 2)


def test_infinity_is_a_value():
    assert apply(NEW, epochs(1, loss=[math.inf, 2.0])).metrics["loss"] == Metric(2.0, 2.0, 2)
    assert apply(NEW, epochs(1, loss=[math.inf])).metrics["loss"] == Metric(math.inf, math.inf, 1)
    assert apply(NEW, epochs(1, r2_score=[-math.inf, -3.0])).metrics["r2_score"] == Metric(-3.0, -3.0, 2)


def test_learning_rate_batches_and_empty_columns_are_no_metrics():
    columns = {"epoch/epoch": [], "epoch/loss": [], "batch/step": [1], "batch/loss": [0.5]}
    assert apply(NEW, event("progress", columns=columns)).metrics == {}
    assert "learning_rate" not in apply(NEW, epochs(1, loss=[0.5], learning_rate=[0.1])).metrics


@given(st.lists(st.floats(width=32), min_size=1, max_size=12), st.data())
def test_the_best_does_not_depend_on_how_events_are_cut(losses: list[float], data: st.DataObject):
    at = data.draw(st.integers(0, len(losses)))
    parts = [(first, values) for first, values in ((1, losses[:at]), (at + 1, losses[at:])) if values]
    cut = fold(NEW, [epochs(first, 1, loss=values, val_accuracy=values) for first, values in parts])
    whole = apply(NEW, epochs(1, loss=losses, val_accuracy=losses))
    assert dumps(dataclasses.asdict(cut)) == dumps(dataclasses.asdict(whole))
    real = [value for value in losses if not math.isnan(value)]
    if real:
        assert whole.metrics["loss"].best == min(real)
        assert whole.metrics["val_accuracy"].best == max(real)
        assert whole.metrics["loss"].best_epoch == losses.index(min(real)) + 1


UP = [
    "accuracy",
    "binary_accuracy",
    "sparse_top_k_categorical_accuracy",
    "auc",
    "precision",
    "recall",
    "precision_at_recall",
    "recall_at_precision",
    "sensitivity_at_specificity",
    "specificity_at_sensitivity",
    "f1_score",
    "fbeta_score",
    "io_u",
    "binary_io_u",
    "mean_io_u",
    "one_hot_mean_io_u",
    "r2_score",
    "cosine_similarity",
    "pearson_correlation",
    "concordance_correlation",
    "true_positives",
    "true_negatives",
]
DOWN = [
    "loss",
    "mean_absolute_error",
    "mean_squared_error",
    "root_mean_squared_error",
    "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error",
    "logcosh",
    "hinge",
    "squared_hinge",
    "categorical_hinge",
    "poisson",
    "kl_divergence",
    "binary_crossentropy",
    "sparse_categorical_crossentropy",
    "crossentropy",
    "false_positives",
    "false_negatives",
]


@pytest.mark.parametrize("prefix", ["", "val_"])
def test_which_way_is_better_is_known_of_keras_metrics(prefix: str):
    """By the names that Keras gives them in its History."""
    assert [name for name in UP if not is_higher_better(prefix + name)] == []
    assert [name for name in DOWN if is_higher_better(prefix + name)] == []


def test_progress_speed_and_time_left():
    run = dataclasses.replace(NEW, state="running", steps_per_epoch=4, step=10, seconds=5.0)
    assert (run.progress, run.steps_per_s, run.left_s) == (0.25, 2.0, 15.0)
    assert dataclasses.replace(run, step=99).progress == 1.0
    assert dataclasses.replace(run, step=99).left_s == 0.0
    assert dataclasses.replace(run, state="finished").progress == 1.0, "stopped early is finished too"
    assert (NEW.progress, NEW.steps_per_s, NEW.left_s) == (0.0, None, None)
    assert dataclasses.replace(run, steps_per_epoch=None).left_s is None


def test_a_run_survives_json():
    story = [
        event("queued", 0),
        event("started", 1, pid=7, versions={"keras": "3"}),
        epochs(1, 2, loss=[math.nan, math.inf], val_accuracy=[0.5, 0.6]),
        event("finished", 3, test={"loss": -math.inf}, baseline={"accuracy": math.nan}),
    ]
    run = fold(NEW, story)
    text = dumps(run.to_dict())
    again = Run.from_dict(json.loads(text))
    assert dumps(again.to_dict()) == text
    assert isinstance(again.metrics["loss"], Metric)
    assert again.metrics["loss"].best == math.inf
    assert again.test == {"loss": -math.inf}


def test_fields_of_another_version_are_passed_over():
    value = NEW.to_dict() | {"invented_later": 1}
    del value["acknowledged"]
    assert Run.from_dict(value) == NEW


def test_what_people_change_on_the_way_is_part_of_the_run():
    story = [
        event("started", 1),
        epochs(1, 2, loss=[0.5], learning_rate=[0.01]),
        event("progress", 3, request=1, set={"learning_rate": 0.002}),
        event("progress", 4, request=2, speed=5),
        event("progress", 5, request=3, epochs=15),
        event("resumed", 6, request=4, until_epoch=2),
    ]
    run = fold(NEW, story)
    assert (run.learning_rate, run.speed, run.epochs, run.until_epoch, run.acknowledged) == (0.002, 5, 15, 2, 4)
    later = fold(run, [epochs(2, 7, loss=[0.4], learning_rate=[0.001]), event("paused", 8, until_epoch=None)])
    assert (later.learning_rate, later.until_epoch, later.state) == (0.001, None, "paused")
    assert Run.from_dict(json.loads(dumps(later.to_dict()))) == later
    again = apply(later, event("started", 9))
    assert (again.speed, again.epochs) == (None, 15), "a process that died held the pace, not the plan"


def test_a_run_that_is_held_has_as_long_to_go_as_its_pace_says():
    run = dataclasses.replace(NEW, steps_per_epoch=10, step=50, seconds=1.0)
    assert run.left_s == pytest.approx(1.0)
    assert dataclasses.replace(run, speed=5).left_s == pytest.approx(10.0)
