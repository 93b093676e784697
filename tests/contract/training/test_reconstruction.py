"""Models that predict their own input."""

import numpy as np
import pytest
from sklearn.dummy import DummyRegressor
from sklearn.metrics import mean_absolute_error, mean_squared_error

from playground.data import outline
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.specs.problems import problems
from playground.specs.templates import started
from playground.training.baseline import baseline
from playground.training.targets import targets
from tests.contract.training.specs import chosen, layer
from tests.contract.training.test_fixes import mended, shapes_of


def autoencoder(source: str) -> RunSpec:
    dataset = first_dataset(source).model_copy(update={"target": "input"})
    return started(dataset, outline(dataset), "autoencoder", seed=7)


def test_an_autoencoder_of_digits_makes_less_than_half_the_error_of_the_mean_image(trained):
    metrics = [chosen("MeanAbsoluteError"), chosen("MeanSquaredError")]
    spec = with_value(autoencoder("digits"), "training.metrics", metrics)
    run = trained(spec).train().run
    assert run.state == "finished", run.error
    assert set(run.baseline) == {"mean_absolute_error", "mean_squared_error"}
    for name, mean_image in run.baseline.items():
        assert run.test[name] < mean_image / 2, name


def test_an_autoencoder_of_a_table_is_better_than_its_mean(trained):
    run = trained(autoencoder("breast_cancer")).train().run
    assert run.state == "finished", run.error
    assert run.test["mean_absolute_error"] < run.baseline["mean_absolute_error"] / 2


def test_the_baseline_is_the_mean_of_each_value():
    rng = np.random.default_rng(5)
    train, test = rng.normal(3, 2, (40, 4, 4)).astype("float32"), rng.normal(4, 2, (20, 4, 4)).astype("float32")
    train[:, 0] += 10  # a mean over everything would be far from every pixel
    guess = DummyRegressor().fit(np.zeros((40, 1)), train.reshape(40, -1)).predict(np.zeros((20, 1)))
    facts = Facts(task="reconstruction", input_shape=(4, 4), target_shape=(4, 4))
    names = ["loss", "mean_absolute_error", "mean_squared_error", "r2_score"]
    flat = test.reshape(20, -1)
    assert baseline(train, test, facts, names) == {
        "mean_absolute_error": pytest.approx(mean_absolute_error(flat, guess), rel=1e-5),
        "mean_squared_error": pytest.approx(mean_squared_error(flat, guess), rel=1e-5),
    }


def test_the_targets_are_the_inputs_and_no_copy():
    facts = Facts(task="reconstruction", input_shape=(2, 2), target_shape=(2, 2))
    x = np.zeros((3, 2, 2), np.float32)
    assert targets(x, facts, autoencoder("digits").training) is x


@pytest.mark.parametrize(
    ("layers", "received"),
    [
        ([layer("Flatten", "flatten"), layer("Dense", "output", units=64)], "64"),
        ([layer("Flatten", "flatten"), layer("Dense", "output", units=10)], "10"),
        (
            [layer("Reshape", "image", target_shape=[8, 8, 1]), layer("Conv2D", "c", filters=4, kernel_size=3)],
            "6 × 6 × 4",
        ),
        ([layer("Dense", "along", units=8), layer("LSTM", "read", units=5)], "5"),
    ],
)
def test_an_answer_of_another_shape_is_refused_and_mended(layers, received):
    spec = with_value(autoencoder("digits"), "model.layers", layers)
    (found,) = [each for each in problems(spec, outline(spec.dataset), None, shapes_of(spec)) if each.is_blocking]
    assert found.rule == "unlike-the-input"
    assert f"expected an answer of the input's shape, 8 × 8, received {received};" in found.reason
    fixed = mended(spec, most=1)
    assert shapes_of(fixed).output(fixed.model.layers[-1].name) == (8, 8)


def test_a_table_is_rebuilt_without_a_reshape():
    spec = autoencoder("iris")
    fixed = mended(with_value(spec, "model.layers", [layer("Dense", "output", units=3)]), most=1)
    assert [(each.kind, each.args["units"]) for each in fixed.model.layers] == [("Dense", 4)]


@pytest.mark.parametrize("loss", ["SparseCategoricalCrossentropy", "CategoricalCrossentropy", "Dice"])
def test_a_loss_for_classes_is_refused(loss):
    spec = with_value(autoencoder("digits"), "training.loss", {"kind": loss})
    blocking = [each for each in problems(spec, outline(spec.dataset), None, shapes_of(spec)) if each.is_blocking]
    assert [each.rule for each in blocking] == ["loss-against-task"]
    assert "expected a loss for the input itself" in blocking[0].reason


@pytest.mark.parametrize("loss", ["MeanAbsoluteError", "Huber", "LogCosh"])
def test_losses_for_numbers_are_taken(loss):
    spec = with_value(autoencoder("digits"), "training.loss", {"kind": loss})
    assert problems(spec, outline(spec.dataset), None, shapes_of(spec)) == ()
