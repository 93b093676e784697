"""How rows were learned: the weights of single epochs, what they answer, and labels that are wrong."""

import numpy as np
import pytest

from playground import data, recipes
from playground.engine.asked import history_of
from playground.engine.going_on import _take_epochs
from playground.engine.history_jobs import HISTORY_JOBS
from playground.insight.row_history import row_history
from playground.insight.trained import UntrainedError
from playground.insight.trained import trained as network_of
from playground.runs.artifacts import EPOCHS, kept_epochs
from playground.runs.evaluations import kept
from playground.specs.edit import with_value
from playground.training import quicker, snapshots
from playground.training.snapshots import Snapshots
from tests.contract.training import specs
from tests.contract.training.go_on import NEVER
from tests.contract.training.test_state import broken_off, next_of

pytestmark = pytest.mark.usefixtures("one_program")
DIGITS = recipes.recipe("digits-mlp").spec


@pytest.fixture
def one_program(monkeypatch):
    """No other program is made: so little is trained here that making one takes longer."""
    monkeypatch.setattr(quicker, "_WORTH_S", NEVER)


def history(run, prepared=None):
    """What :func:`row_history` finds of a run that has ended."""
    prepared = prepared or data.opened(run.spec.dataset, run.spec.seed, run.settings)
    model = network_of(run.folder, run.spec, run.settings, "last")
    return row_history(model, run.run.epoch, run.folder, run.spec, prepared, lambda *_: None)


def test_it_is_what_shorter_runs_answer_and_changes_no_number(trained):
    spec = specs.spec(specs.MLP, epochs=7)
    run, plain = trained(spec).train(), trained(spec, max_history_mb=0).train()
    np.testing.assert_array_equal(run.column("batch/loss"), plain.column("batch/loss"))
    assert not kept_epochs(plain.folder)
    with pytest.raises(UntrainedError, match="no weights of single epochs"):
        history(plain)
    found = history(run)
    assert found.values == {"epochs": [1, 2, 3, 4, 5, 6, 7], "n": 120, "of": 120}
    prepared = data.opened(spec.dataset, spec.seed, run.settings)
    x, y = np.asarray(prepared.array("x_train")), np.asarray(prepared.array("y_train")).astype(int).ravel()
    short = trained(with_value(spec, "training.epochs", 3)).train()
    for at, of in ((2, short), (6, run)):
        second = np.asarray(network_of(of.folder, of.spec, of.settings, "last")(x))[:, 0]
        given = np.where(y == 1, second, 1 - second)
        np.testing.assert_allclose(found.arrays["given"][at], given, atol=1e-5)
        np.testing.assert_array_equal(found.arrays["answered"][at], second > 0.5)
    margins = (2 * found.arrays["given"] - 1).mean(axis=0)  # of two classes the other one has the rest
    np.testing.assert_allclose(found.arrays["margin"], margins, atol=1e-5)


def test_what_was_kept_goes_on_with_the_run(trained):
    """A run that goes on from a state has what came before it, and nothing of what came after."""
    first = broken_off(trained(specs.spec(specs.MLP, epochs=6)), 10)
    assert kept_epochs(first.folder) == [1, 2]
    new = next_of(first)
    _take_epochs(first.folder / EPOCHS, new.folder / EPOCHS)
    before = snapshots.read(new.folder, 2)
    np.save(new.folder / EPOCHS / "0000005.npy", before)
    new.train()
    assert kept_epochs(new.folder) == [1, 2, 3, 4, 5, 6]
    np.testing.assert_array_equal(snapshots.read(new.folder, 2), before)
    assert not np.array_equal(snapshots.read(new.folder, 5), before)
    whole = history(new)
    assert whole.arrays["answered"].shape == (6, 120)


def test_labels_that_are_wrong_are_found(trained):
    """Of 5 % of the labels, another class each, at least 60 % are among the 10 % that were believed least."""
    shares = []
    for seed in range(5):
        run = trained(with_value(DIGITS, "seed", seed))
        prepared = data.prepare(run.spec.dataset, seed, run.settings, None)
        y = np.array(prepared.array("y_train"))
        random = np.random.default_rng(seed)
        wrong = random.permutation(len(y))[: round(0.05 * len(y))]
        y[wrong] = (y[wrong] + random.integers(1, 10, len(wrong))) % 10
        np.save(prepared.folder / "y_train.npy", y)
        run.train()
        margin = history(run).arrays["margin"]
        likely = np.argsort(margin)[: len(y) // 10]
        shares.append(np.isin(wrong, likely).mean())
    print(f"of the wrong labels among the least believed tenth: {np.round(shares, 3)}, mean {np.mean(shares):.3f}")
    assert np.mean(shares) >= 0.6, shares


def test_a_network_too_large_is_not_followed_and_many_epochs_are_thinned(tmp_path):
    import keras

    model = keras.Sequential([keras.Input((10,)), keras.layers.Dense(25, use_bias=False)])  # 1,000 bytes
    large = Snapshots(tmp_path / "large", 3_999)
    large.begin(0)
    large.after(1, model)
    large.write()
    assert kept_epochs(tmp_path / "large") == []
    small = Snapshots(tmp_path / "small", 10_000)
    small.begin(0)
    for epoch in range(1, 201):
        small.after(epoch, model)
        if epoch % 7 == 0:
            small.write()
            epochs = kept_epochs(tmp_path / "small")
            assert len(epochs) <= 10
    assert epochs[0] == 1
    assert 5 <= len(epochs) <= 10
    assert epochs[-1] > 150
    again = Snapshots(tmp_path / "small", 10_000)
    again.begin(0)
    assert kept_epochs(tmp_path / "small") == []


def test_frozen_layers_are_left_out_and_others_are_put_back():
    import keras

    def made():
        inner = keras.Sequential([keras.Input((4,)), keras.layers.Dense(50)], name="inner")
        inner.trainable = False
        layers = [keras.Input((4,)), inner, keras.layers.BatchNormalization(), keras.layers.Dense(3)]
        return keras.Sequential(layers)

    one, other = made(), made()
    values = snapshots.flat(one)
    assert values.shape == (4 * 50 + 50 * 3 + 3,)
    other.layers[0].set_weights(one.layers[0].get_weights())
    snapshots.put(other, values)
    x = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    np.testing.assert_array_equal(one(x), other(x))
    with pytest.raises(ValueError, match="expected 353"):
        snapshots.put(other, values[1:])


def test_a_job_keeps_what_it_found(trained):
    run = trained(specs.spec(specs.MLP, epochs=3)).train()
    asking = history_of(run.id, 3, run.run.step)
    job = run.store.jobs.job(run.store.jobs.create(asking.kind, asking.key, asking.args, "tester"))
    told = []
    HISTORY_JOBS["history"](job, run.settings, lambda share, words: told.append(share))
    found = kept(run.folder, asking.key)
    assert found is not None
    assert found.values == history(run).values
    assert told == sorted(told)
    next((run.folder / EPOCHS).glob("*.npy")).write_bytes(b"no array")
    with pytest.raises(data.DataError, match=r"weights after epoch \d cannot be read"):
        HISTORY_JOBS["history"](job, run.settings, lambda *_: None)
