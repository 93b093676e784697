import math

import pytest

from playground.runs import STATES
from playground.ui import run_words


@pytest.mark.parametrize("state", [*STATES, "ready"])
def test_every_state_says_what_it_is_in_icon_and_word(state):
    chip = run_words.chip(state)
    assert chip.word
    assert chip.icon
    assert run_words.badge(state) == f":{chip.colour}-badge[:material/{chip.icon}: {chip.word}]"


def test_no_two_states_look_alike():
    chips = [run_words.chip(state) for state in (*STATES, "ready")]
    assert len({chip.icon for chip in chips}) == len({chip.word for chip in chips}) == len(chips)


def test_an_unknown_state_is_no_chip():
    with pytest.raises(KeyError):
        run_words.chip("asleep")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0.00 s"),
        (0.314, "0.31 s"),
        (0.996, "1.0 s"),
        (3.94, "3.9 s"),
        (9.96, "10 s"),
        (119.4, "119 s"),
        (119.6, "2 min 0 s"),
        (125, "2 min 5 s"),
        (3 * 3600 + 250, "3 h 4 min"),
    ],
)
def test_a_measured_time(seconds, words):
    assert run_words.exact(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "less than 1 s"), (1.2, "about 2 s"), (99.5, "about 100 s"), (150, "about 2 min"), (7200, "about 2 h")],
)
def test_an_estimated_time(seconds, words):
    assert run_words.duration(seconds) == words


@pytest.mark.parametrize(
    ("past", "words"),
    [(0, "just now"), (61, "1 min ago"), (7_300, "2 h ago"), (86_400, "1 day ago"), (200_000, "2 days ago")],
)
def test_how_long_ago(past, words):
    assert run_words.ago(1_000_000, now=1_000_000 + past) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00.0"), (59.97, "1:00.0"), (727.4, "12:07.4"), (3723, "1:02:03")]
)
def test_a_time_since_the_start(seconds, words):
    assert run_words.clock(seconds) == words


@pytest.mark.parametrize(
    ("n", "word"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (21, "21st")]
)
def test_an_ordinal(n, word):
    assert run_words.ordinal(n) == word


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("val_accuracy", "validation accuracy"),
        ("r2_score", "R²"),
        ("val_loss", "validation loss"),
        ("cosine_similarity", "cosine similarity"),
    ],
)
def test_a_metric_in_words(name, words):
    assert run_words.metric(name) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0.98437, "0.984"),
        (0.0, "0.000"),
        (-0.25, "-0.250"),
        (216.66, "216.7"),
        (0.0004, "4.0e-04"),
        (8.4e6, "8.4e+06"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_a_value_stands_still(number, words):
    assert run_words.value(number) == words


def test_speeds():
    assert run_words.batches_speed(4_000) == "4,000 batches/s"
    assert run_words.batches_speed(0.5) == "2.0 s a batch"
    assert run_words.epochs_speed(5.31) == "5.3 epochs/s"
    assert run_words.epochs_speed(0.25) == "4.0 s an epoch"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("accuracy", "accuracy"),
        ("R2Score", "r2_score"),
        ("AUC", "auc"),
        ("MeanAbsoluteError", "mean_absolute_error"),
        ("BinaryIoU", "binary_io_u"),
    ],
)
def test_what_the_history_calls_a_metric(kind, name):
    assert run_words.history_name(kind) == name
