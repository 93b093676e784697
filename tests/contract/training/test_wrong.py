"""Each way in which a run goes wrong, provoked by a small spec, is named; a run that does well is left alone."""

import dataclasses

import numpy as np
import pytest
import tensorflow as tf

from playground.runs.diagnosis import Diagnosis, diagnose
from playground.runs.diagnosis_words import sentences, title
from playground.runs.judged import epoch_curves
from playground.runs.verdict import verdict
from playground.specs.remedies import remedies
from playground.training import session
from playground.training.doctor import Doctor
from playground.training.inside import Inside
from playground.training.last_good import LastGood
from tests.contract.training import specs
from tests.contract.training.specs import chosen, layer

STRAIGHT = [layer("Dense", "output", units=1, activation="sigmoid")]
LINEAR = [layer("Dense", "output", units=1)]


def found(run) -> Diagnosis | None:
    return diagnose(run.spec, run.run, epoch_curves(run.events))


def hidden(n: int, activation: str, **args) -> list[dict]:
    return [layer("Dense", f"h{at}", units=16, activation=activation, **args) for at in range(n)]


def words(said: Diagnosis) -> str:
    return " ".join([title(said), *sentences(said)])


@pytest.fixture
def one_copy(monkeypatch):
    """The copy of the beginning stays, and what happened since is replayed however long this machine takes for it."""
    monkeypatch.setattr("playground.training.last_good._EVERY_S", 1e9)
    monkeypatch.setattr("playground.training.doctor._PATIENCE_S", 120.0)


def test_a_loss_that_is_no_number_is_traced_to_the_first_layer_that_gives_none(trained, one_copy):
    rate = 50.0
    case = specs.spec(
        [*hidden(3, "relu"), *LINEAR],
        loss=specs.SQUARED,
        optimizer=chosen("SGD", learning_rate=rate),
        metrics=(),
        epochs=20,
    )
    run = trained(case).train()
    said = found(run)
    assert said.kind == "not-finite"
    assert said.words["where"] in ("layer", "weights")
    assert said.layer in {"h0", "h1", "h2", "output"}
    assert said.numbers["learning_rate"] == pytest.approx(rate)
    norms = [norm for norm in said.gradients if np.isfinite(norm)]
    assert norms[-1] > 1000 * norms[0], "the gradient grew from batch to batch"
    assert said.layer in words(said)
    assert "norm of the gradient went from" in words(said)
    names = [one.name for one in remedies(said.kind, case)]
    assert names[:2] == ["slower", "clipped"]
    again = trained(next(one.spec for one in remedies(said.kind, case) if one.name == "clipped")).train()
    assert again.run.state == "finished"


def test_the_trace_goes_back_over_batches_and_ends_at_the_one_that_failed(trained, one_copy):
    """Far into training, after the copy of the state: what is replayed is what happened."""
    run = trained(specs.spec([*hidden(1, "relu"), *LINEAR], loss=specs.SQUARED, metrics=(), epochs=40, batch_size=8))
    real = Doctor.between
    steps: list[int] = []

    def between(self: Doctor) -> None:
        real(self)
        steps.append(self._recorder.step)
        if len(steps) == 5:  # behind the copy: the weights of the next step make the loss infinite
            kernel = self.model.get_layer("h0").kernel
            kernel.assign(tf.fill(kernel.shape, 1e38))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Doctor, "between", between)
        run.train()
    assert run.run.is_diverged
    said = found(run)
    assert said.kind == "not-finite"
    assert "layer" not in said.words, "what did not happen in the replay is not told as if it had"
    assert len(said.gradients) == 5
    assert np.isfinite(said.gradients).all()


def test_a_loss_that_climbs_without_end_explodes(trained):
    case = specs.spec(
        LINEAR, loss=specs.SQUARED, optimizer=chosen("SGD", learning_rate=1.2), metrics=(), epochs=12, batch_size=160
    )
    run = trained(case).train()
    assert run.run.state == "finished"
    said = found(run)
    assert said.kind == "exploding"
    assert said.layer == "output"
    assert said.numbers["gradient"] > 1
    assert remedies(said.kind, case)[0].name == "slower"


def test_gradients_that_vanish_on_their_way_through_sigmoids_are_named(trained):
    case = specs.spec([*hidden(9, "sigmoid"), *STRAIGHT], epochs=30, optimizer=chosen("SGD", learning_rate=0.01))
    run = trained(case).train()
    said = found(run)
    assert (said.kind, said.layer) == ("vanishing", "h0")
    assert said.numbers["gradient"] < 1e-3 * said.numbers["largest_gradient"]
    assert said.words["largest_layer"] == "output"
    assert remedies(said.kind, case)[0].name == "relu"


def test_units_that_give_the_same_for_every_row_are_dead(trained):
    sunk = hidden(2, "relu", bias_initializer=chosen("Constant", value=-50.0))
    case = specs.spec([*sunk, *STRAIGHT], epochs=30)
    run = trained(case).train()
    said = found(run)
    assert (said.kind, said.layer) == ("dead-units", "h0")
    assert said.numbers["dead"] == 1
    assert "100%" in words(said)
    mended = remedies(said.kind, case)[0]
    assert mended.name == "usual-start"
    assert found(trained(mended.spec).train()) is None


def test_a_rate_too_small_to_get_anywhere_is_a_loss_that_does_not_fall(trained):
    case = specs.spec(optimizer=chosen("SGD", learning_rate=1e-6), epochs=30)
    said = found(trained(case).train())
    assert said.kind == "no-fall"
    assert said.numbers["learning_rate"] == pytest.approx(1e-6)
    assert remedies(said.kind, case)[0].name == "usual-rate"


def test_overfitting_is_named_with_the_epoch_while_the_run_goes_on(trained):
    wide = [layer("Dense", "one", units=128, activation="relu"), layer("Dense", "two", units=128, activation="relu")]
    case = specs.spec(
        [*wide, *STRAIGHT],
        options={"n_samples": 150, "noise": 0.5},
        split=chosen("holdout", validation=0.5, test=0.1),
        epochs=100,
        seed=1,
    )
    run = trained(case).train()
    curves = epoch_curves(run.events)
    before_the_end = next(event.seq for event in run.events if event.data.get("phase") == "testing")
    going = [event for event in run.events if event.seq < before_the_end]
    said = diagnose(case, dataclasses.replace(run.run, state="running"), epoch_curves(going))
    assert said.kind == "overfitting"
    assert said.epoch == int(np.argmin(curves["val_loss"])) + 1
    assert found(run) is None, "of a run that has ended the verdict says it"
    assert verdict(case, run.run, curves).kind == "overfits"


def test_a_straight_line_that_underfits_is_no_failure_of_training(trained):
    case = specs.spec(
        STRAIGHT, "circles", options={"n_samples": 400}, epochs=40, optimizer=chosen("Adam", learning_rate=0.03)
    )
    run = trained(case).train()
    assert verdict(case, run.run, epoch_curves(run.events)).kind == "underfits"


def test_memory_that_runs_out_is_told_with_what_would_fit(trained, monkeypatch):
    def full(*_args, **_more) -> None:
        raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")

    monkeypatch.setattr(session, "train_loop", full)
    little = trained(specs.spec(batch_size=64)).train(memory_bytes=5_000)
    assert 1 <= found(little).numbers["fitting_batch"] < 32, "as much as is estimated to fit"
    run = trained(specs.spec(batch_size=64)).train(memory_bytes=10**9)
    said = found(run)
    assert said.kind == "out-of-memory"
    assert said.numbers["batch_size"] == 64
    assert said.numbers["fitting_batch"] == 32
    assert "About 32 would." in words(said)
    fixed = remedies(said.kind, run.spec, fitting_batch=int(said.numbers["fitting_batch"]))[0]
    assert fixed.spec.training.batch_size == 32


def test_a_run_that_does_well_is_left_alone(trained):
    run = trained(specs.spec(epochs=40)).train()
    assert run.run.signs == {}
    assert found(run) is None


def test_looking_inside_changes_nothing(trained, in_blocks, monkeypatch):
    """With dropout and moving averages, which a pass through the network would change."""
    layers = [
        *hidden(1, "relu"),
        layer("BatchNormalization", "norm"),
        layer("Dropout", "drop", rate=0.3),
        *STRAIGHT,
    ]
    case = specs.spec(layers, epochs=6)
    plain = trained(case).train()
    monkeypatch.setattr("playground.training.doctor.may_be_flat", lambda *_: True)
    monkeypatch.setattr("playground.training.doctor.is_flat", lambda *_: True)
    looked = trained(case).train()
    assert looked.run.signs["layers"]
    np.testing.assert_array_equal(looked.column("batch/loss"), plain.column("batch/loss"))


def test_what_is_seen_inside_agrees_with_a_plain_gradient():
    model, x, y = _small()
    seen = {each["name"]: each for each in Inside(model).layers(x, y)}
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    kernel, bias = model.get_layer("hidden").trainable_variables
    parts = np.concatenate([np.ravel(each) for each in tape.gradient(loss, [kernel.value, bias.value])])
    assert seen["hidden"]["gradient"] == pytest.approx(np.sqrt(np.mean(parts**2)), rel=1e-5)
    values = np.asarray(model.get_layer("hidden")(x))
    assert seen["hidden"]["dead"] == np.mean((values == values[0]).all(axis=0)) == 0.25
    assert Inside(model).first_bad(x, y) is None
    model.get_layer("hidden").kernel.assign(np.full((3, 4), np.inf, np.float32))
    assert Inside(model).first_bad(x, y)["where"] == "weights"


def test_the_last_good_state_is_a_copy_and_never_one_with_nan():
    model, x, y = _small()
    kept = LastGood(model)
    kept.keep(0)
    before = [np.array(each) for each in model.get_weights()]
    model.train_on_batch(x, y)
    kept._due = 0.0
    model.get_layer("output").kernel.assign(np.full((4, 1), np.nan, np.float32))
    kept.keep(1)
    assert kept.step == 0
    kept.restore()
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


def _small():
    import keras

    keras.utils.set_random_seed(4)
    source = keras.Input((3,))
    inner = keras.layers.Dense(4, activation="relu", name="hidden")(source)
    model = keras.Model(source, keras.layers.Dense(1, name="output")(inner))
    model.compile("adam", "mean_squared_error")
    model.optimizer.build(model.trainable_variables)
    kernel = np.array(model.get_layer("hidden").kernel)
    kernel[:, 0] = -1  # rows are positive: this unit gives 0 for all of them
    kernel[:, 1:] = np.abs(kernel[:, 1:])
    model.get_layer("hidden").kernel.assign(kernel)
    rng = np.random.default_rng(1)
    return (
        model,
        tf.constant(rng.uniform(0.5, 1, (20, 3)), tf.float32),
        tf.constant(rng.normal(size=(20, 1)), tf.float32),
    )
