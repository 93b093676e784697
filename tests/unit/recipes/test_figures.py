"""What was measured of the recipes: in the bounds that it should be in, and told in a sentence and on a page."""

import json

import pytest

from playground import recipes
from playground.recipes import document, figures, measure
from playground.recipes.figures import OWN, Spread, headline, number, sentence
from playground.specs.edit import parse, with_value

MEASURED = figures.figures()


def mean(name: str, part: str, metric: str, label: str = OWN) -> float:
    """The mean of a metric over the seeds 1 to 5 of a recipe measured as it is."""
    entries = MEASURED[name][label]
    assert [entry["seed"] for entry in entries] == [1, 2, 3, 4, 5]
    assert all(entry["is_whole"] for entry in entries)
    found = [entry[part][metric] for entry in entries]
    return sum(value["last"] if isinstance(value, dict) else value for value in found) / len(found)


def test_every_figure_is_of_a_recipe_and_of_one_of_its_runs():
    assert set(MEASURED) <= set(recipes.names())
    for name, runs in MEASURED.items():
        recipe = recipes.recipe(name)
        specs = dict(measure.runs(recipe))
        assert set(runs) <= set(specs), name
        for label, entries in runs.items():
            for entry in entries:
                spec = with_value(specs[label], "seed", entry["seed"])
                for change in entry["changes"]:
                    spec = with_value(spec, *parse(change))
                assert entry["digest"] == spec.digest, f"{name} has changed since: run {entry['command']}"


@pytest.mark.parametrize(
    ("name", "part", "metric", "low", "high"),
    [
        ("iris-mlp", "metrics", "accuracy", 0.93, 1.0),
        ("pima-diabetes", "metrics", "accuracy", 0.73, 0.80),
        ("pima-diabetes", "test", "accuracy", 0.73, 0.80),
        ("mnist-ann", "test", "accuracy", 0.915, 1.0),
        ("mnist-cnn", "test", "accuracy", 0.88, 1.0),
        ("random-labels", "test", "accuracy", 0.0, 0.2),
    ],
)
def test_the_mean_of_five_seeds_is_where_it_should_be(name, part, metric, low, high):
    assert low <= mean(name, part, metric) <= high


def test_an_autoencoder_makes_less_than_half_the_error_of_the_mean_image():
    simplest = mean("autoencoder-digits", "baseline", "mean_squared_error")
    for label in MEASURED["autoencoder-digits"]:
        assert mean("autoencoder-digits", "test", "mean_squared_error", label) < simplest / 2


def test_a_number_that_lies_stands_beside_the_true_one():
    told = mean("a-number-that-lies", "test", "binary_accuracy")
    true = mean("a-number-that-lies", "test", "categorical_accuracy")
    assert told > 0.8 > true
    share = mean("a-number-that-lies", "baseline", "categorical_accuracy")
    assert mean("a-number-that-lies", "baseline", "binary_accuracy") == pytest.approx(0.8 + 0.2 * share)


def test_parameters_are_those_that_the_text_reports():
    for name, expected in {"cifar10-mlp": 1_636_146, "fashion-mnist": 337_674}.items():
        wide = {"cifar10-mlp": 3072, "fashion-mnist": 784}[name]
        n = 0
        for layer in recipes.recipe(name).spec.model.layers:
            if layer.kind == "Dense":
                n, wide = n + (wide + 1) * layer.args["units"], layer.args["units"]
        assert n == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [(1234.5, "1,234"), (41.26, "41.3"), (2.718, "2.72"), (0.98765, "0.988"), (0.01234, "0.012"), (0.0, "0")],
)
def test_a_figure_has_three_digits_at_most(value, words):
    assert number(value) == words


def entry(seed: int, **changes: object) -> dict[str, object]:
    found = {
        "seed": seed,
        "metrics": {"loss": {"last": 1.0, "best": 1.0}, "accuracy": {"last": 0.5, "best": 0.5}},
        "test": {"loss": 0.2, "accuracy": 0.9 + seed / 100},
        "baseline": {"accuracy": 0.25},
        "seconds": 2.0,
        "machine": "2 CPU cores",
        "is_whole": True,
        "changes": [],
        "note": "",
    }
    return found | changes


def test_the_headline_is_of_the_test_part_where_there_is_one():
    assert headline([entry(1), entry(3)]) == ("test accuracy", Spread(0.92, 0.91, 0.93), Spread(0.25, 0.25, 0.25))
    what, figure, simple = headline([entry(1, test={})])
    assert (what, figure.mean, simple) == ("training accuracy", 0.5, None)
    metrics = {"loss": {"last": 1.0}, "val_loss": {"last": 1.5}, "val_accuracy": {"last": 0.4}}
    assert headline([entry(1, test={}, metrics=metrics)])[0] == "validation accuracy"
    assert headline([entry(1, metrics=metrics)], is_folds=True)[0] == "validation accuracy"
    assert headline([]) is None


def test_a_sentence_says_the_mean_the_range_the_simplest_answer_and_the_machine(monkeypatch):
    runs = {OWN: [entry(n) for n in range(1, 6)], "other": [entry(1, test={"accuracy": 0.3})]}
    monkeypatch.setattr(figures, "figures", lambda: {"spiral": runs, "xor": {OWN: [entry(2, note="On half of it.")]}})
    assert sentence("spiral") == (
        "Test accuracy 0.930 (0.910 to 0.950) as the mean of seeds 1 to 5, the simplest answer 0.250; 2.00 s on "
        "2 CPU cores. Beside it, other: 0.300."
    )
    assert sentence("xor").endswith("2.00 s on 2 CPU cores. On half of it.")
    assert "with seed 2" in sentence("xor")
    assert sentence("digits-mlp") == ""


def test_a_shortened_run_says_so(monkeypatch):
    short = entry(1, is_whole=False, changes=["epochs=2"])
    monkeypatch.setattr(figures, "figures", lambda: {"spiral": {OWN: [short]}})
    assert sentence("spiral").endswith("Measured with changes: epochs=2.")


def test_an_entry_takes_the_place_of_the_one_of_its_seed(tmp_path, monkeypatch):
    monkeypatch.setattr(measure, "MEASURED", tmp_path / "measured.json")
    for seed in (2, 1, 2):
        measure.keep("spiral", OWN, entry(seed))
    measure.keep("spiral", "other", entry(4))
    kept = json.loads((tmp_path / "measured.json").read_text())
    assert {label: [each["seed"] for each in entries] for label, entries in kept["spiral"].items()} == {
        OWN: [1, 2],
        "other": [4],
    }
    assert [path.name for path in tmp_path.iterdir()] == ["measured.json"]


def test_all_folds_and_all_variants_are_measured():
    assert [label for label, _ in measure.runs(recipes.recipe("boston-housing-kfold"))] == [
        "Fold 1",
        "Fold 2",
        "Fold 3",
        "Fold 4",
    ]
    assert [label for label, _ in measure.runs(recipes.recipe("xor"))] == [OWN, "one hidden layer"]


def test_the_page_is_what_the_figures_and_the_recipes_say():
    assert document.PATH.read_text("utf-8") == document.document(), "run python -m playground.recipes.document"


def test_the_page_has_every_recipe_and_the_command_that_repeats_it():
    page = document.document()
    for name in recipes.names():
        assert f"\n## {name}\n" in page
        assert f"`python -m playground run {name}`" in page
        assert recipes.recipe(name).reported in page
