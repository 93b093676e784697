"""What curves say, on curves made for it: one for every kind, and what may never happen for any."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.runs import Event, Run
from playground.runs.judged import epoch_curves
from playground.runs.verdict import KINDS, Verdict, verdict
from playground.runs.verdict_words import sentences, title
from playground.specs import RunSpec
from playground.specs.edit import with_value
from tests.unit.specs.example import EXAMPLE

SPEC = RunSpec.from_dict(EXAMPLE)
STRAIGHT = SPEC.model_copy(update={"model": SPEC.model.model_copy(update={"layers": SPEC.model.layers[::2]})})
SQUARED = with_value(with_value(SPEC, "training.loss", "MeanSquaredError"), "training.metrics", [])
CLASSES = {"accuracy": 0.1, "loss": 2.303}
X = np.arange(1, 21)
ENDED = Run(
    "abc",
    "Digits",
    "ada",
    "digest",
    epochs=20,
    created_at=0.0,
    state="finished",
    n_train=1000,
    n_validation=300,
    validation_baseline=CLASSES,
    baseline_answer="class",
)


def curves(loss, val_loss, accuracy=None, val_accuracy=None):
    """Curves over 20 epochs; a number stands for a level one."""
    named = {"loss": loss, "val_loss": val_loss, "accuracy": accuracy, "val_accuracy": val_accuracy}
    return {
        name: np.broadcast_to(values, X.shape).astype(float) for name, values in named.items() if values is not None
    }


def falls(to: float, start: float = 2.3, pace: float = 2.0):
    """A loss that has arrived long before the end."""
    return to + (start - to) * np.exp(-X / pace)


def judge(found, spec=SPEC, **changes) -> Verdict | None:
    return verdict(spec, dataclasses.replace(ENDED, **changes), found)


FITS = curves(falls(0.05), falls(0.12), 0.985, 0.965)
OVERFITS = curves(falls(0.02), 0.3 + 0.03 * X, 0.995, 0.80)
UNDERFITS = curves(falls(1.6), falls(1.62), 0.40, 0.39)
FOR_NOTHING = curves(falls(2.0), 2.3 + 0.02 * X, 0.30, 0.11)
UNFINISHED = curves(2.3 - 0.05 * X, 2.3 - 0.045 * X, 0.7, 0.7)
GROWS = curves(2.3 * 1.2**X, 2.3 * 1.2**X, 0.1, 0.1)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (FITS, "fits"),
        (OVERFITS, "overfits"),
        (UNDERFITS, "underfits"),
        (FOR_NOTHING, "no-better"),
        (UNFINISHED, "not-finished"),
        (GROWS, "diverged"),
        (curves(falls(0.05), falls(0.12), 0.985, 0.965) | {"loss": np.append(falls(0.05)[:-1], np.nan)}, "diverged"),
        (curves(falls(0.05), np.append(falls(0.05)[:-1], np.inf), 0.985, 0.965), "diverged"),
        (curves(50.0, 50.0, 0.1, 0.1), "diverged"),
    ],
    ids=["fits", "overfits", "underfits", "no-better", "not-finished", "grows", "nan", "infinite", "far"],
)
def test_classes(found, kind):
    assert judge(found).kind == kind


def test_the_numbers_are_those_of_the_end_and_of_the_best_epoch():
    found = judge(OVERFITS).judged
    assert (found.name, found.is_share, found.epoch, found.best_epoch) == ("accuracy", True, 20, 1)
    assert (found.training, found.validation, found.baseline) == (0.995, 0.80, 0.1)
    assert found.gap == pytest.approx(0.195)
    assert found.gap_noise > found.noise > found.training_noise > 0


def test_a_gap_that_chance_explains_is_none():
    small = curves(falls(0.05), falls(0.12), 0.99, 0.90)
    assert judge(small).kind == "overfits"
    assert judge(small, n_validation=20).kind == "fits"


def test_a_validation_loss_that_rises_again_overfits_although_accuracy_does_not_fall():
    risen = curves(falls(0.02), 0.3 + 0.05 * np.maximum(0, X - 4), 0.99, 0.96)
    found = judge(risen)
    assert (found.kind, found.judged.best_epoch, found.has_risen) == ("overfits", 1, True)
    level = judge(curves(falls(0.02), 0.3 + 0.003 * np.maximum(0, X - 4), 0.99, 0.96))
    assert level.kind == "fits"


def test_early_stopping_that_brings_the_best_weights_back_is_judged_by_these():
    callbacks = [{"kind": "EarlyStopping", "args": {"restore_best_weights": True, "patience": 5}}]
    stopping = with_value(SPEC, "training.callbacks", callbacks)
    # From epoch 6 on validation falls behind; these weights are thrown away.
    accuracy = np.where(X > 5, 0.995, 0.90)
    val_accuracy = np.where(X > 5, 0.80, 0.89)
    found = curves(falls(0.02), 0.3 + 0.05 * np.abs(X - 5), accuracy, val_accuracy)
    assert judge(found).kind == "overfits"
    kept = judge(found, stopping)
    assert (kept.kind, kept.judged.epoch, kept.gave_back) == ("fits", 5, 0.0)


def test_what_one_cannot_tell_from_the_baseline_is_too_little_data_only_where_rows_are_few():
    near = curves(falls(2.0), 2.25, 0.6, 0.2)
    assert judge(near, n_validation=25).kind == "too-little-data"
    assert judge(near, n_validation=3000).kind == "overfits"
    below = curves(falls(2.0), 2.25, 0.6, 0.05)
    assert judge(below, n_validation=25).kind == "no-better"


def test_without_a_hidden_layer_the_network_is_the_first_suspect():
    level = curves(2.303, 2.303, 0.11, 0.1)
    assert judge(level).kind == "no-better"
    assert judge(level, STRAIGHT).kind == "underfits"


def test_without_validation_nothing_can_be_told():
    alone = {"loss": falls(0.05), "accuracy": np.full(20, 0.98)}
    found = judge(alone, n_validation=0, validation_baseline={})
    assert (found.kind, found.judged) == ("too-little-data", None)
    assert judge(FITS, with_value(SPEC, "dataset.split", {"kind": "none"})).kind == "too-little-data"


@pytest.mark.parametrize("n", [1, 2, 3])
def test_few_epochs_do_not_say_where_it_would_end(n):
    assert judge({name: values[:n] for name, values in FITS.items()}).kind == "not-finished"


def test_a_stopped_run_is_judged_by_what_it_has_done():
    assert judge(UNFINISHED, state="stopped").kind == "not-finished"
    assert judge(FITS, state="stopped").kind == "fits"


@pytest.mark.parametrize("changes", [{"state": "running"}, {"state": "lost"}, {"state": "failed"}])
def test_a_run_that_goes_on_or_broke_says_nothing(changes):
    assert judge(FITS, **changes) is None


def test_a_run_without_a_whole_epoch_says_nothing_unless_it_diverged():
    assert judge({}, state="stopped") is None
    assert judge({}, state="failed", is_diverged=True).kind == "diverged"


def regression(training: float, validation: float, **more):
    known = {"loss": 4.0, "mean_squared_error": 4.0}
    found = curves(falls(training, 4.0), falls(validation, 4.0))
    return judge(found, SQUARED, validation_baseline=known, baseline_answer="mean", **more)


@pytest.mark.parametrize(
    ("training", "validation", "kind"),
    [(0.4, 0.5, "fits"), (0.4, 2.0, "overfits"), (2.6, 2.7, "underfits"), (3.9, 3.99, "no-better")],
)
def test_regression_by_its_loss(training, validation, kind):
    found = regression(training, validation)
    assert found.kind == kind
    assert "always answering the mean" in " ".join(sentences(found)).lower() or kind == "overfits"


def test_more_rows_make_a_small_improvement_a_sure_one():
    assert regression(3.7, 3.75, n_validation=30).kind == "no-better"
    assert regression(3.7, 3.75, n_validation=3000).kind == "underfits"


def test_a_score_of_which_more_is_better():
    known = {"loss": 4.0, "r2_score": -0.01}
    base = curves(falls(0.4, 4.0), falls(0.5, 4.0))
    fits = judge(
        base | {"r2_score": np.full(20, 0.90), "val_r2_score": np.full(20, 0.87)}, SQUARED, validation_baseline=known
    )
    assert (fits.kind, fits.judged.name) == ("fits", "r2_score")
    poor = judge(
        base | {"r2_score": np.full(20, 0.93), "val_r2_score": np.full(20, 0.40)}, SQUARED, validation_baseline=known
    )
    assert poor.kind == "overfits"
    none = judge(
        base | {"r2_score": np.full(20, 0.10), "val_r2_score": np.full(20, -0.2)}, SQUARED, validation_baseline=known
    )
    assert none.kind == "no-better"


def test_a_series_is_compared_with_its_last_value():
    found = judge(
        curves(falls(3.9, 4.0), falls(4.1, 4.2)),
        SQUARED,
        validation_baseline={"loss": 4.0},
        baseline_answer="last value",
    )
    assert found.kind == "no-better"
    assert "Answering the last value before it gives 4.000." in sentences(found)


def test_runs_from_before_the_baseline_was_measured_are_judged_without_it():
    assert judge(OVERFITS, validation_baseline={}).kind == "overfits"
    found = judge(FITS, validation_baseline={}, baseline_answer=None)
    assert (found.kind, found.judged.baseline) == ("fits", None)


def test_curves_of_events_are_those_of_all_events_in_order():
    def event(seq, **columns):
        return Event("abc", seq, 0.0, "progress", {}, {name: np.array(values) for name, values in columns.items()})

    events = [
        event(1, **{"epoch/epoch": [1, 2], "epoch/loss": [3.0, 2.0], "batch/loss": [3.0]}),
        event(2, **{"batch/loss": [1.0]}),
        event(3, **{"epoch/epoch": [3], "epoch/loss": [1.0], "epoch/val_loss": [1.5]}),
    ]
    found = epoch_curves(events)
    assert set(found) == {"loss", "val_loss"}
    assert found["loss"].tolist() == [3.0, 2.0, 1.0]
    assert np.isnan(found["val_loss"][:2]).all()
    assert found["val_loss"][2] == 1.5
    assert epoch_curves([]) == {}


def test_every_kind_has_a_title_of_its_own():
    assert len({title(kind) for kind in KINDS}) == len(KINDS)


NUMBERS = st.one_of(st.floats(-10, 1e6), st.sampled_from([math.nan, math.inf, 0.0]))


@st.composite
def any_curves(draw):
    n = draw(st.integers(1, 12))
    names = draw(st.sets(st.sampled_from(["accuracy", "mean_squared_error", "r2_score", "top_k_accuracy"]), max_size=2))
    found = {}
    for name in ("loss", *sorted(names)):
        for prefix in ("", "val_"):
            found[prefix + name] = np.array(draw(st.lists(NUMBERS, min_size=n, max_size=n)))
    return found


@given(
    found=any_curves(),
    n=st.integers(0, 10_000),
    known=st.dictionaries(st.sampled_from(["accuracy", "loss", "mean_squared_error", "r2_score"]), st.floats(-5, 100)),
    state=st.sampled_from(["finished", "stopped", "failed"]),
)
def test_any_numbers_give_one_of_the_kinds_and_sentences(found, n, known, state):
    said = judge(found, n_validation=n, n_train=max(1, n), validation_baseline=known, state=state)
    if said is None:
        return
    assert said.kind in KINDS
    assert sentences(said)
    assert all("{" not in words and words[0].isupper() | words[0].isdigit() for words in sentences(said))
