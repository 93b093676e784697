"""Evaluations of real networks: scores as scikit-learn has them, on the scale of the data, kept by a job."""

import numpy as np
import pytest
from sklearn import metrics

from playground import data, recipes
from playground.engine.asked import evaluation_of
from playground.engine.evaluate_jobs import EVALUATE_JOBS
from playground.insight.evaluate import evaluate
from playground.insight.predict import shares
from playground.insight.trained import UntrainedError, trained
from playground.insight.words import words_that_mattered
from playground.runs import open_store
from playground.runs.evaluations import kept
from playground.runs.openings import open_test, opened
from playground.scores.calibration import reliability
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.training.build import build

DIGITS = recipes.recipe("digits-mlp").spec


def found_of(spec, part="validation"):
    """The evaluation of a network with its first weights, the data, and the network."""
    import keras

    prepared = data.prepare(spec.dataset, spec.seed, settings())
    keras.utils.set_random_seed(3)
    model = build(spec.model, prepared.facts.input_shape, prepared.facts.input_dtype)
    return evaluate(model, spec, prepared, part, lambda *_: None), prepared, model


def test_classes(home):
    found, prepared, model = found_of(DIGITS)
    y, given = prepared.array("y_validation"), found.arrays["shares"]
    np.testing.assert_allclose(given, model.predict(prepared.array("x_validation"), verbose=0), atol=1e-6)
    answered = given.argmax(axis=1)
    scores = {name: value for name, (value, _low, _high) in found.values["scores"].items()}
    assert scores == {
        "accuracy": pytest.approx(metrics.accuracy_score(y, answered)),
        "balanced_accuracy": pytest.approx(metrics.balanced_accuracy_score(y, answered)),
        "f1_score": pytest.approx(metrics.f1_score(y, answered, average="macro")),
        "log_loss": pytest.approx(metrics.log_loss(y, given), rel=1e-5),
        "roc_auc": pytest.approx(metrics.roc_auc_score(y, given, multi_class="ovr", average="macro"), rel=1e-5),
        "calibration_error": pytest.approx(reliability(given.max(axis=1), answered == y).error, rel=1e-5),
    }
    for value, low, high in found.values["scores"].values():
        assert low < value < high
    (blind,) = found.values["naive"]
    most = np.bincount(prepared.array("y_train")).argmax()
    assert blind["scores"]["accuracy"] == pytest.approx(np.mean(y == most))


def series(**options) -> RunSpec:
    """A network of one unit on a series with a season, whose targets are standardised."""
    value = {
        "dataset": {"source": "seasonal", "options": options, "steps": [{"kind": "standardise_target", "args": {}}]},
        "model": {"layers": [{"kind": "Dense", "name": "output", "args": {"units": 1}}]},
        "training": {"optimizer": {"kind": "Adam"}, "loss": {"kind": "MeanSquaredError"}},
    }
    return RunSpec.from_dict({"version": DIGITS.version, **value})


def test_a_forecast_is_on_the_scale_of_the_data(home):
    spec = series(periods=[12.0], noise=0.01, trend=0.0)
    found, prepared, model = found_of(spec)
    fitted = prepared.facts.fitted[0]
    y = prepared.array("y_validation") * fitted["std"] + fitted["mean"]
    answered = model.predict(prepared.array("x_validation"), verbose=0)[:, 0] * fitted["std"] + fitted["mean"]
    np.testing.assert_allclose(found.arrays["true"], y, rtol=1e-5)
    np.testing.assert_allclose(found.arrays["answered"], answered, rtol=1e-4, atol=1e-4)
    scores = {name: value for name, (value, _low, _high) in found.values["scores"].items()}
    assert scores["mean_absolute_error"] == pytest.approx(metrics.mean_absolute_error(y, answered), rel=1e-4)
    assert scores["r2_score"] == pytest.approx(metrics.r2_score(y, answered), rel=1e-4)
    simple = {each["answer"]: each for each in found.values["naive"]}
    assert list(simple) == ["mean", "last value", "season"]
    assert simple["season"]["period"] == 12
    # One season before is nearly the same value, and the value before is not.
    season, last = (simple[name]["scores"]["mean_absolute_error"] for name in ("season", "last value"))
    assert season < 0.05 < last


def test_inputs_that_are_given_back(home):
    spec = recipes.recipe("autoencoder-digits").spec
    found, prepared, model = found_of(spec)
    x = prepared.array("x_validation")
    error = (model.predict(x, verbose=0).reshape(x.shape) - x) ** 2
    np.testing.assert_allclose(found.arrays["errors"], error.reshape(len(x), -1).mean(axis=1), rtol=1e-4)
    np.testing.assert_allclose(found.arrays["error_map"], error.mean(axis=0), rtol=1e-3, atol=1e-6)
    assert found.values["scores"]["mean_squared_error"][0] == pytest.approx(error.mean(), rel=1e-4)
    picked = found.arrays["picked"]
    assert picked[0] == found.arrays["errors"].argmax()
    assert picked[-1] == found.arrays["errors"].argmin()
    (blind,) = found.values["naive"]
    wanted = np.mean((x - prepared.array("x_train").mean(axis=0)) ** 2)
    assert blind["scores"]["mean_squared_error"] == pytest.approx(wanted, rel=1e-4)


def test_a_symbol_a_step_counts_by_itself(home):
    spec = recipes.recipe("sequence-to-sequence").spec
    found, prepared, model = found_of(spec)
    y = prepared.array("y_validation")
    answered = model.predict(prepared.array("x_validation"), verbose=0).argmax(axis=-1)
    assert found.values["per_row"] == y.shape[1]
    assert found.values["scores"]["accuracy"][0] == pytest.approx(np.mean(answered == y))


@pytest.mark.parametrize("is_filled_before", [True, False], ids=["before", "after"])
def test_the_word_that_decided_is_found(tmp_path, is_filled_before):
    import keras

    rows = [[0, 0, 3, 5, 4], [0, 2, 3, 4, 6]] if is_filled_before else [[3, 5, 4, 0, 0], [2, 3, 4, 6, 0]]
    np.save(tmp_path / "x_validation.npy", np.array(rows, np.float32))
    facts = Facts(task="binary", input_shape=(5,), classes=("no", "yes"), vocabulary=8, n_validation=2)
    model = keras.Sequential(
        [
            keras.Input((5,)),
            keras.layers.Embedding(8, 1),
            keras.layers.Lambda(lambda x: keras.ops.sum(x, axis=1)),
            keras.layers.Activation("sigmoid"),
        ]
    )
    model.layers[0].set_weights([np.array([[0], [0], [0], [0.5], [0.5], [4], [0], [0]], np.float32)])
    values = shares(model.predict(np.array(rows, np.float32), verbose=0), DIGITS.training, facts).values
    prepared = data.Prepared(tmp_path, facts)
    found = words_that_mattered(model, DIGITS, prepared, "validation", np.arange(2), values, np.zeros(2, np.int32))
    assert found["texts"].tolist() == [0, 1]  # both are answered yes, and the first one surer
    place = rows[0].index(5)
    effects = found["effects"][0]
    assert effects.argmax() == place
    assert effects[place] == pytest.approx(1 / (1 + np.exp(-5)) - 1 / (1 + np.exp(-1)), abs=1e-5)
    assert (effects[np.array(rows[0]) == 0] == 0).all()


def test_a_job_keeps_what_it_found_by_run_and_checkpoint(home):
    store = open_store(settings())
    run_id = store.runs.create(with_value(DIGITS, "training.epochs", 1), "local")
    asking = evaluation_of(run_id, "best", 40, "test")
    job = store.jobs.job(store.jobs.create(asking.kind, asking.key, asking.args, "local"))
    folder = settings().run_dir(run_id)
    with pytest.raises(data.DataError, match="no weights of its best epoch"):
        EVALUATE_JOBS["evaluate"](job, settings(), lambda *_: None)
    folder.mkdir(parents=True)
    model = build(DIGITS.model, (8, 8, 1) if len(data.outline(DIGITS.dataset).input_shape) == 3 else (8, 8))
    model.save_weights(folder / "best.weights.h5")
    told = []
    assert kept(folder, asking.key) is None
    EVALUATE_JOBS["evaluate"](job, settings(), lambda share, words: told.append((share, words)))
    found = kept(folder, asking.key)
    assert found is not None
    assert (found.values["n"], found.values["part"]) == (len(found.arrays["true"]), "test")
    assert kept(folder, asking.key) is found
    assert kept(folder, evaluation_of(run_id, "best", 80, "test").key) is None
    assert [share for share, _words in told] == sorted(share for share, _words in told)
    assert trained(folder, DIGITS, settings()) is trained(folder, DIGITS, settings())
    with pytest.raises(UntrainedError, match="last"):
        trained(folder, DIGITS, settings(), "last")


def test_looks_at_the_test_part_are_counted(home):
    store = open_store(settings())
    run_id, other = (store.runs.create(DIGITS, "local") for _ in range(2))
    assert opened(store, run_id) == 0
    assert [open_test(store, run_id) for _ in range(3)] == [1, 2, 3]
    assert (opened(store, run_id), opened(store, other)) == (3, 0)


@pytest.mark.parametrize(
    ("loss", "answers", "wanted", "is_exact"),
    [
        pytest.param({"kind": "BinaryCrossentropy"}, [[0.3]], [[0.7, 0.3]], True, id="probability"),
        pytest.param(
            {"kind": "BinaryCrossentropy", "args": {"from_logits": True}}, [[0.0]], [[0.5, 0.5]], True, id="logit"
        ),
        pytest.param({"kind": "Hinge"}, [[-0.5]], [[0.75, 0.25]], False, id="margin"),
        pytest.param(
            {"kind": "SparseCategoricalCrossentropy", "args": {"from_logits": True}},
            [[0.0, np.log(3)]],
            [[0.25, 0.75]],
            True,
            id="logits",
        ),
        pytest.param({"kind": "MeanSquaredError"}, [[1.0, 3.0]], [[0.25, 0.75]], False, id="no shares"),
        pytest.param({"kind": "MeanSquaredError"}, [[0.0, 0.0]], [[0.5, 0.5]], False, id="nothing"),
        pytest.param({"kind": "CategoricalHinge"}, [[-1.0, -1.0]], [[0.5, 0.5]], False, id="below zero"),
    ],
)
def test_answers_become_shares(loss, answers, wanted, is_exact):
    spec = with_value(DIGITS, "training.loss", loss)
    found = shares(np.array(answers), spec.training, Facts(task="binary", input_shape=(1,), classes=("a", "b")))
    np.testing.assert_allclose(found.values, wanted, atol=1e-6)
    assert found.is_exact is is_exact
