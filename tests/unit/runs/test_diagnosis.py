"""What is wrong with a run, from signs and curves made for it: one for every kind, and silence where nothing is."""

import dataclasses
import math

import numpy as np
import pytest

from playground.runs import Run
from playground.runs.diagnosis import KINDS, Diagnosis, diagnose
from playground.runs.diagnosis_words import number, sentences, title
from playground.runs.suspicion import is_flat, may_be_flat, rises
from playground.specs import RunSpec
from tests.unit.specs.example import EXAMPLE

pytestmark = pytest.mark.unit

SPEC = RunSpec.from_dict(EXAMPLE)
X = np.arange(1, 21)
GOING = Run("abc", "Digits", "ada", "digest", 20, 0.0, state="running", n_train=1000, n_validation=300, epoch=20)
FALLS = {"loss": 2.3 * np.exp(-X / 3), "val_loss": 2.3 * np.exp(-X / 3) + 0.05}
FLAT = {"loss": np.full(20, 2.30), "val_loss": np.full(20, 2.31)}
RISEN = {"loss": 2.3 * 1.5**X, "val_loss": 2.3 * 1.5**X}
APART = {"loss": 2.3 * np.exp(-X / 3), "val_loss": np.where(X < 6, 2.3 - 0.3 * X, 0.5 + 0.1 * X)}
LIVELY = [
    {"name": "hidden", "gradient": 0.02, "weight": 0.2, "dead": 0.1},
    {"name": "output", "gradient": 0.05, "weight": 0.3},
]
SIGNS = {"kind": "flat", "epoch": 8, "loss": 2.30, "first_loss": 2.31, "known_loss": 2.303, "learning_rate": 0.001}


def flat(*layers: dict, **more: object) -> dict:
    return {**SIGNS, "layers": [*layers, LIVELY[1]], **more}


NAN = {
    "kind": "not-finite",
    "learning_rate": 0.5,
    "gradients": [3.1, 52.0, 8.4e6, "NaN"],
    "where": "layer",
    "layer": "dense_1",
    "what": "infinite",
    "largest": 5.6e31,
    "weight": 4.3e21,
}
CASES = {
    "not-finite": (FALLS, {"state": "failed", "is_diverged": True, "signs": NAN}),
    "exploding": (RISEN, {"signs": {"kind": "rises", "learning_rate": 1.2, "layers": LIVELY}}),
    "out-of-memory": (
        {},
        {
            "state": "failed",
            "signs": {"kind": "out-of-memory", "batch_size": 512, "parameters": 4810, "fitting_batch": 128},
        },
    ),
    "dead-units": (FLAT, {"signs": flat({"name": "hidden", "gradient": 0.0, "weight": 9.0, "dead": 1.0})}),
    "vanishing": (FLAT, {"signs": flat({"name": "hidden", "gradient": 3e-8, "weight": 0.2, "dead": 0.0})}),
    "no-fall": (FLAT, {"signs": flat(LIVELY[0])}),
    "overfitting": (APART, {}),
}


def found(curves, **changes) -> Diagnosis | None:
    return diagnose(SPEC, dataclasses.replace(GOING, **changes), curves)


def test_there_is_a_case_for_every_kind():
    assert list(CASES) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_and_said_with_its_numbers(kind):
    curves, changes = CASES[kind]
    said = found(curves, **changes)
    assert said.kind == kind
    assert title(said)
    words = sentences(said)
    assert words
    for sentence in words:
        assert sentence.endswith(".")
        assert "{" not in sentence
    assert any(character.isdigit() for character in " ".join([title(said), *words]))


def test_what_was_seen_where_it_broke_is_told():
    said = " ".join(sentences(found(*CASES["not-finite"][:1], **CASES["not-finite"][1])))
    assert "dense_1 is the first layer to give infinite values: it reads values up to 5.6e31" in said
    assert "went from 3.1 to 8.4e6 within 2 batches." in said
    assert "The learning rate is 0.5." in said


@pytest.mark.parametrize("where", ["weights", "loss", "gradient", "nowhere"])
def test_every_place_has_its_words(where):
    signs = {**NAN, "where": where, "what": "NaN"}
    words = sentences(found(FALLS, state="failed", is_diverged=True, signs=signs))
    assert len(words) == (2 if where == "nowhere" else 3)


def test_a_failure_without_signs_still_has_a_name():
    said = found(FALLS, state="failed", is_diverged=True)
    assert said.kind == "not-finite"
    assert sentences(said) == ()


def test_half_of_a_layer_dead_counts_when_the_gradient_still_arrives():
    half = {"name": "hidden", "gradient": 0.02, "weight": 0.2, "dead": 0.6}
    assert found(FLAT, signs=flat(half)).kind == "dead-units"
    assert found(FLAT, signs=flat({**half, "dead": 0.4})).kind == "no-fall"


def test_a_layer_that_gives_one_value_but_learns_is_not_dead_behind_a_gradient_that_fades():
    """Deep sigmoids give the same for every row long before their gradient is exactly nothing."""
    first = {"name": "h0", "gradient": 1e-9, "weight": 0.2, "dead": 0.0}
    deep = {"name": "h9", "gradient": 1e-3, "weight": 0.2, "dead": 1.0}
    assert found(FLAT, signs=flat(first, deep)).kind == "vanishing"


def test_an_activation_layer_is_dead_by_what_reaches_the_layer_before_it():
    sunk = ({"name": "dense", "gradient": 0.0, "weight": 9.0, "dead": 0.0}, {"name": "relu", "dead": 1.0})
    said = found(FLAT, signs=flat(*sunk))
    assert (said.kind, said.layer) == ("dead-units", "relu")


def test_what_fell_since_the_look_is_told_no_more():
    signs = CASES["vanishing"][1]["signs"]
    assert found(FALLS, signs=signs) is None


@pytest.mark.parametrize("curves", [FALLS, {}, {"loss": FALLS["loss"]}])
def test_a_run_that_does_well_or_has_said_nothing_yet_has_no_diagnosis(curves):
    assert found(curves) is None
    assert found(curves, state="finished") is None


def test_overfitting_is_told_while_the_run_goes_on_and_names_its_last_good_epoch():
    said = found(APART)
    assert said.epoch == 5
    assert "epoch 6" in title(said)
    assert found(APART, state="finished") is None
    early = {name: values[:7] for name, values in APART.items()}
    assert found(early) is None, "two epochs are jitter"


@pytest.mark.parametrize("state", ["failed", "lost"])
def test_a_run_that_ended_for_another_reason_is_not_blamed(state):
    assert found(FLAT, state=state, signs=CASES["no-fall"][1]["signs"]) is None


def test_losses_that_rise():
    assert rises(np.array([1.0, 2.1]))
    assert not rises(np.array([1.0, 1.9]))
    assert not rises(np.array([1.0]))
    assert rises(np.array([50.0, 40.0]), known_loss=1.0)
    assert not rises(np.array([50.0, 20.0]), known_loss=1.0)


def test_losses_that_hardly_fall():
    level = np.full(10, 2.3)
    assert may_be_flat(level, planned=20, steps=400)
    assert not may_be_flat(level, planned=20, steps=99)
    assert not may_be_flat(level, planned=100, steps=4000)
    assert may_be_flat(np.full(100, 2.3), planned=100_000, steps=4000)
    assert not may_be_flat(FALLS["loss"][:6], planned=20, steps=400)
    assert not may_be_flat(np.array([2.3, np.nan, 2.3, 2.3]), planned=4, steps=400)
    assert is_flat(level, known_loss=2.303)
    assert not is_flat(level, known_loss=9.0)
    assert not is_flat(level, known_loss=2.303, penalty=1.0), "what penalties add is not the network's"
    assert is_flat(level, known_loss=None)
    assert not is_flat(np.array([2.3, 1.0]), known_loss=None)


def test_sizes_are_written_with_two_digits():
    assert [number(size) for size in (1.8e-8, 0.0312, 3.14, 31.4, 8.4e6, math.nan, math.inf)] == [
        "1.8e-8",
        "0.031",
        "3.1",
        "31",
        "8.4e6",
        "NaN",
        "infinite",
    ]
