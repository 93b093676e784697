"""The recipes show what they say they show, on real training; whole runs of five seeds stand in docs/RECIPES.md."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from playground import recipes
from playground.data import outline
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.training.shapes import summarise
from tests.contract.training.conftest import Trained

pytestmark = pytest.mark.contract

SHARED = Path(os.environ.get("PLAYGROUND_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
PARAMETERS = {"cifar10-mlp": 1_636_146, "fashion-mnist": 337_674}


def spec_of(name: str, epochs: int | None = None, variant: str = "", seed: int = 1) -> RunSpec:
    """The recipe's spec, or that of one of its variants, with another seed and perhaps fewer epochs."""
    recipe = recipes.recipe(name)
    by_label = {each.label: each for each in (*recipe.variants, *recipe.try_next)}
    spec = by_label[variant].of(recipe.spec) if variant else recipe.spec
    spec = with_value(spec, "seed", seed)
    return spec if epochs is None else with_value(spec, "training.epochs", epochs)


@pytest.fixture
def ran(trained: Callable[..., Trained]) -> Callable[..., Trained]:
    """Trains a spec, with a file of the shared folder in the place of a download; skips where it is not here."""

    def run(spec: RunSpec, file: str = "", name: str = "") -> Trained:
        made = trained(spec)
        if file:
            if not (SHARED / file).exists():
                pytest.skip(f"{SHARED / file} is not here")
            made.settings.datasets_dir.mkdir(parents=True)
            shutil.copy(SHARED / file, made.settings.datasets_dir / name)
        made.train()
        assert made.run.state == "finished", made.run.error
        return made

    return run


@pytest.mark.parametrize("name", recipes.names())
def test_keras_builds_every_network_of_a_recipe(name):
    recipe = recipes.recipe(name)
    specs = [recipe.spec, *(each.of(recipe.spec) for each in (*recipe.variants, *recipe.try_next))]
    for spec in {(each.model, each.dataset): each for each in specs}.values():
        facts = outline(spec.dataset)
        found = summarise(spec.model, facts.input_shape, facts.input_dtype, Settings())
        assert found.parameters > 0
    if name in PARAMETERS:
        facts = outline(recipe.spec.dataset)
        found = summarise(recipe.spec.model, facts.input_shape, facts.input_dtype, Settings())
        assert found.parameters == PARAMETERS[name]


def test_iris_is_learned(ran):
    run = ran(spec_of("iris-mlp")).run
    assert run.metrics["accuracy"].last >= 0.9


def test_a_hidden_layer_learns_exclusive_or_and_none_does_not(ran):
    assert ran(spec_of("xor")).run.test["accuracy"] < 0.75
    assert ran(spec_of("xor", variant="one hidden layer")).run.test["accuracy"] > 0.9


def test_dice_cannot_be_learned(ran):
    run = ran(spec_of("random-labels")).run
    assert run.test["accuracy"] < 0.2
    assert run.metrics["loss"].last < 2.31


def test_the_wrong_accuracy_looks_good_and_the_true_one_stands_beside_it(ran):
    run = ran(spec_of("a-number-that-lies")).run
    assert run.test["binary_accuracy"] > 0.85
    assert run.test["categorical_accuracy"] < 0.6
    share = run.baseline["categorical_accuracy"]
    assert run.baseline["binary_accuracy"] == pytest.approx(0.8 + 0.2 * share)
    mended = ran(spec_of("a-number-that-lies", variant="mended")).run
    assert mended.test["categorical_accuracy"] > run.test["categorical_accuracy"] + 0.2


def test_digits_come_back_through_32_numbers(ran):
    run = ran(spec_of("autoencoder-digits", epochs=10)).run
    assert run.test["mean_squared_error"] < run.baseline["mean_squared_error"] / 2


@pytest.mark.parametrize("variant", ["", "GRU"])
def test_a_season_is_forecast_better_than_by_the_last_value(variant, ran):
    run = ran(spec_of("sunspots-or-temperature-forecast", epochs=20, variant=variant)).run
    assert run.test["root_mean_squared_error"] < run.baseline["root_mean_squared_error"]


def test_a_price_is_not_and_the_figures_say_so(ran):
    run = ran(spec_of("sp500-lstm", epochs=40, variant="mended"), "sp500.csv", "sp500.csv").run
    assert run.test["root_mean_squared_error"] > run.baseline["root_mean_squared_error"] > 0


def test_diabetes_on_the_rows_that_were_learned(ran):
    run = ran(spec_of("pima-diabetes"), "pima-indians-diabetes.csv", "pima-indians-diabetes.data.csv").run
    assert 0.70 <= run.test["accuracy"] <= 0.82
    assert run.baseline["accuracy"] == pytest.approx(500 / 768)


@pytest.mark.parametrize(("name", "least"), [("mnist-ann", 0.9), ("mnist-cnn", 0.87)])
def test_ten_thousand_digits(name, least, ran):
    assert ran(spec_of(name), "mnist_10k.npz", "mnist.npz").run.test["accuracy"] >= least
