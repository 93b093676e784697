"""Weights of classes and rows give what ``fit`` gives with ``class_weight`` and ``sample_weight``."""

from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest

from playground import data
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.order import order
from playground.training.build import build, compile_model
from playground.training.targets import targets
from tests.contract.training.specs import MULTICLASS, RMSPROP_DECAYING, chosen, layer, spec

_LAYERS = [
    layer("Dense", "hidden", units=6, activation="tanh"),
    layer("Dense", "output", units=3, activation="softmax"),
]
_WINE = spec(_LAYERS, "wine", steps=(chosen("standardise"),), loss=MULTICLASS, batch_size=20)
_ONE_HOT = with_value(_WINE, "training.loss", {"kind": "CategoricalCrossentropy"})


def _history(case: RunSpec, settings: Settings, **given: Any) -> dict[str, list[float]]:
    """What plain Keras records of ``case``; ``given`` are further arguments of ``fit``."""
    prepared = data.prepare(case.dataset, case.seed, settings, None)
    facts, training = prepared.facts, case.training
    x, y, x_val, y_val = (
        np.asarray(prepared.array(f"x_{part}"))
        if what == "x"
        else targets(prepared.array(f"y_{part}"), facts, training)
        for part in ("train", "validation")
        for what in "xy"
    )
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(case.seed)
    model = build(case.model, facts.input_shape, facts.input_dtype)
    compile_model(model, training)
    history: dict[str, list[float]] = {}
    rows_of_each = given.pop("sample_weight", None)
    for epoch in range(training.epochs):
        rows = order(case.seed, epoch, len(x))
        if rows_of_each is not None:
            given["sample_weight"] = rows_of_each[rows]
        fitted = model.fit(
            x[rows],
            y[rows],
            batch_size=training.batch_size,
            shuffle=False,
            initial_epoch=epoch,
            epochs=epoch + 1,
            validation_data=(x_val, y_val),
            validation_batch_size=training.batch_size,
            verbose=0,
            **given,
        )
        for name, values in fitted.history.items():
            history.setdefault(name, []).extend(values)
    return history


def _agrees(run: Any, history: dict[str, list[float]]) -> None:
    assert run.run.state == "finished", run.run.error
    for name, values in history.items():
        np.testing.assert_allclose(run.column(f"epoch/{name}"), values, rtol=2e-4, atol=2e-5, err_msg=name)


@pytest.mark.parametrize(("case", "is_weighted"), [(_WINE, False), (_ONE_HOT, True)], ids=["labels", "one-hot"])
def test_weights_of_classes_are_those_of_fit(case, is_weighted, trained):
    case = with_value(
        with_value(case, "training.class_weight", [0.5, 1.0, 4.0]), "training.weighted_metrics", is_weighted
    )
    run = trained(case).train()
    weights = {0: 0.5, 1: 1.0, 2: 4.0}
    history = _history(case, run.settings, class_weight=weights)
    _agrees(run, history)
    other = _history(with_value(case, "training.weighted_metrics", not is_weighted), run.settings, class_weight=weights)
    assert np.abs(np.subtract(history["loss"], _history(case, run.settings)["loss"])).min() > 1e-3
    assert np.abs(np.subtract(history["accuracy"], other["accuracy"])).max() > 1e-3
    np.testing.assert_allclose(history["val_accuracy"], other["val_accuracy"])


def test_two_classes_and_a_schedule(trained):
    case = with_value(spec(optimizer=RMSPROP_DECAYING), "training.class_weight", [3.0, 0.2])
    run = trained(case).train()
    _agrees(run, _history(case, run.settings, class_weight={0: 3.0, 1: 0.2}))


def test_balanced_classes_are_scikit_learns(trained):
    from sklearn.utils.class_weight import compute_class_weight

    case = with_value(_WINE, "training.class_weight", "balanced")
    run = trained(case).train()
    y = data.opened(case.dataset, case.seed, run.settings).array("y_train")
    theirs = compute_class_weight("balanced", classes=np.arange(3), y=np.asarray(y))
    assert len(set(theirs)) == 3
    _agrees(run, _history(case, run.settings, class_weight=dict(enumerate(theirs))))


@pytest.fixture
def weighted_table(tmp_path) -> Any:
    """A table of one's own with a column ``times``, and gaps in its target: the spec proposed for it, and its frame."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(size=150), "b": rng.normal(size=150), "times": rng.integers(0, 5, 150) * 0.5})
    frame["kind"] = np.where(np.arange(150) % 7 == 3, None, np.where(frame.a + frame.b > 0.4, "yes", "no"))
    path = tmp_path / "own.csv"
    frame.to_csv(path, index=False)

    def proposal(settings: Settings) -> RunSpec:
        profile = take_in(path, path.name, settings, lambda fraction, message: None)
        found = proposed(profile, settings, seed=4)
        found = with_value(found, "dataset.target", "kind")
        found = with_value(found, "dataset.features", ["a", "b"])
        return with_value(with_value(found, "training.epochs", 3), "training.sample_weight", "times")

    return proposal, frame


def test_a_column_of_ones_own_table_weighs_the_rows(weighted_table, trained, monkeypatch):
    proposal, frame = weighted_table
    run = trained(_WINE)
    monkeypatch.setenv("PLAYGROUND_HOME", str(run.settings.home))
    case = run.spec = with_value(proposal(run.settings), "training.class_weight", [1.0, 2.0])
    run.train()
    prepared = data.opened(case.dataset, case.seed, run.settings)
    known = frame[frame.kind.notna()].iloc[np.asarray(prepared.array("rows_train"))]
    weights = known["times"].to_numpy() * np.array([1.0, 2.0])[np.asarray(prepared.array("y_train"), int)]
    assert list(prepared.facts.features) == ["a", "b"]
    _agrees(run, _history(case, run.settings, sample_weight=weights))


def test_a_table_that_is_gone_fails_in_words(weighted_table, trained, monkeypatch):
    import shutil

    proposal, _frame = weighted_table
    run = trained(_WINE)
    monkeypatch.setenv("PLAYGROUND_HOME", str(run.settings.home))
    run.spec = proposal(run.settings)
    data.prepare(run.spec.dataset, run.spec.seed, run.settings, None)
    prepared = data.opened(run.spec.dataset, run.spec.seed, run.settings)
    shutil.rmtree(run.settings.uploads_dir)
    from playground.training import session

    run.store.runs.append(run.id, "started", {"pid": 1, "device": "CPU"})
    session.train(run.spec, prepared, run.store.runs.journal(run.id), run.folder, run.settings, {"device": "CPU"})
    assert run.run.state == "failed"
    assert "not on this server" in run.run.error
