"""``run`` for several runs at once: one object with all members, folds with their mean."""

import json
import statistics
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from playground import recipes
from playground.cli import cli
from playground.engine.client import Client
from playground.settings import settings
from playground.specs.edit import with_value
from tests.faults.engine import engine

pytestmark = pytest.mark.contract

FOLDS = with_value(recipes.recipe("iris-mlp").spec, "dataset.split", {"kind": "kfold", "args": {"folds": 2}})


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("cli"), cpu_slots=2) as client:
        yield client


@pytest.fixture(autouse=True)
def home(client, monkeypatch):
    monkeypatch.setenv("PLAYGROUND_HOME", str(client.settings.home))
    monkeypatch.setenv("PLAYGROUND_SLOTS_DIR", str(client.settings.slots_dir))
    settings.cache_clear()
    yield
    settings.cache_clear()


def run(*args):
    return CliRunner().invoke(cli, ["run", *args], catch_exceptions=False)


def test_a_recipe_with_variants_is_its_own_run_with_all_members(client):
    recipe = recipes.recipe("xor")
    done = run("xor", "--json", "--set", "training.epochs=2")
    result = json.loads(done.stdout)
    assert [each["label"] for each in result["members"]] == [recipe.label, *(each.label for each in recipe.variants)]
    first = {key: value for key, value in result["members"][0].items() if key != "label"}
    assert {key: result[key] for key in first} == first, "the object is that of the recipe's own run"
    assert set(result) == {*first, "comparison", "members"}
    assert {each["state"] for each in result["members"]} == {"finished"}
    assert client.store.runs.spec(result["id"]).digest == with_value(recipe.spec, "training.epochs", 2).digest
    assert [each.run_id for each in client.store.comparisons.comparison(result["comparison"]).members] == [
        each["id"] for each in result["members"]
    ]


def test_only_trains_the_recipes_own_run():
    result = json.loads(run("xor", "--only", "--json", "--set", "training.epochs=1").stdout)
    assert "members" not in result
    assert result["epochs"] == 1


def test_all_folds_of_a_spec_file_come_with_their_mean(tmp_path):
    file = tmp_path / "folds.json"
    file.write_text(FOLDS.to_json())
    result = json.loads(run(str(file), "--folds", "--json", "--set", "training.epochs=2").stdout)
    assert [each["label"] for each in result["members"]] == ["Fold 1", "Fold 2"]
    losses = [each["metrics"]["val_loss"] for each in result["members"]]
    mean = result["mean"]["val_loss"]
    assert mean["mean"] == pytest.approx(statistics.fmean(each["last"] for each in losses))
    assert mean["sd"] == pytest.approx(statistics.stdev(each["last"] for each in losses))
    assert mean["best_mean"] == pytest.approx(statistics.fmean(each["best"] for each in losses))
    assert set(result["mean"]) == {"val_loss", "val_accuracy"}
    said = run(str(file), "--folds", "--set", "training.epochs=1").stdout
    for words in ("val_accuracy", "Fold 1", "Fold 2", "finished", "mean", "sd"):
        assert words in said


def test_a_split_without_folds_is_refused_and_so_are_both_ways_at_once():
    with pytest.raises(ValueError, match="'holdout' has no folds"):
        run("digits-mlp", "--folds")
    assert "give one of them" in run("digits-mlp", "--folds", "--only").output
