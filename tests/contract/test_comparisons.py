"""Several runs at once through the real engine: all or none, in order, each fold with its own rows."""

from collections.abc import Iterator

import numpy as np
import pytest

from playground import recipes
from playground.data import PARTS, opened
from playground.engine import comparisons
from playground.engine.client import Client, SpecError
from playground.engine.comparisons import Plan
from playground.recipes.recipe import Variation
from playground.runs.spread import spreads
from playground.specs.edit import with_value
from tests.faults.engine import engine, long_spec, short_spec, training, wait_for

pytestmark = pytest.mark.contract

IRIS = with_value(recipes.recipe("iris-mlp").spec, "training.epochs", 2)
FOLDS = with_value(IRIS, "dataset.split", {"kind": "kfold", "args": {"folds": 3, "test": 0.2}})


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    with engine(tmp_path_factory.mktemp("comparisons"), max_waiting=4) as client:
        client.ensure_host()
        yield client


def ended(client, comparison):
    return [wait_for(client, member.run_id, lambda run: run.is_ended) for member in comparison.members]


def test_variants_are_trained_with_their_changes_one_after_the_other(client):
    smaller = Variation(label="4 units", changes={"model.layers.hidden.units": 4})
    recipe = recipes.recipe("digits-mlp").model_copy(update={"label": "64 units", "variants": (smaller,)})
    plan = comparisons.planned(recipe, short_spec())
    comparison = comparisons.submit(client, plan, "Units", draft_id="draft")
    runs = ended(client, comparison)
    assert [member.label for member in comparison.members] == ["64 units", "4 units"]
    assert [(run.state, run.epoch, run.parameters) for run in runs] == [("finished", 2, 4810), ("finished", 2, 310)]
    assert runs[0].ended_at <= runs[1].started_at, "there is one slot"
    assert list(comparisons.runs(client, comparison)) == runs
    assert set(client.store.runs.draft_ids([run.id for run in runs]).values()) == {"draft"}


def test_of_all_folds_each_row_validates_exactly_once(client):
    comparison = comparisons.submit(client, comparisons.folds_of(FOLDS), "Iris")
    runs = ended(client, comparison)
    assert [run.state for run in runs] == ["finished"] * 3
    parts = []
    for member in comparison.members:
        spec = client.store.runs.spec(member.run_id)
        prepared = opened(spec.dataset, spec.seed, client.settings)
        parts.append({part: prepared.array(f"rows_{part}").tolist() for part in PARTS})
    tested = parts[0]["test"]
    assert [each["test"] for each in parts] == [tested] * 3, "all are tested on the same rows"
    assert sorted(row for each in parts for row in each["validation"]) == sorted(set(range(150)) - set(tested))
    assert all(len(each["train"]) == 80 and set(each["train"]).isdisjoint(each["validation"]) for each in parts)
    last, _best = spreads(runs)["val_accuracy"]
    assert last.mean == pytest.approx(np.mean([run.metrics["val_accuracy"].last for run in runs]))


def test_of_members_that_cannot_all_be_run_none_is(client):
    before = client.store.runs.count()
    wrong = with_value(IRIS, "model.layers.output.units", 2)
    with pytest.raises(SpecError, match=r"^Two classes: .*2"):
        comparisons.submit(client, Plan("variants", (("As it is", IRIS), ("Two classes", wrong))), "Wrong")
    assert client.store.runs.count() == before
    assert "Wrong" not in [each.name for each in client.store.comparisons.find(client.settings.owner)]


def test_more_than_may_wait_are_refused_with_the_setting_and_a_recipe_of_one_run_has_no_plan(client):
    before = client.store.runs.count()
    plan = Plan("variants", tuple((f"Seed {seed}", with_value(IRIS, "seed", seed)) for seed in range(5)))
    with pytest.raises(
        SpecError, match=r"5 runs .* 0 of yours wait already: expected at most 4 .*PLAYGROUND_MAX_WAITING"
    ):
        comparisons.submit(client, plan, "Many")
    assert client.store.runs.count() == before
    assert comparisons.planned(recipes.recipe("digits-mlp")) is None


def test_all_are_stopped_together_those_that_wait_before_they_start(client):
    plan = Plan("variants", tuple((f"Seed {seed}", with_value(long_spec(), "seed", seed)) for seed in range(3)))
    comparison = comparisons.submit(client, plan, "Long")
    first, *others = (member.run_id for member in comparison.members)
    wait_for(client, first, training)
    comparisons.stop(client, comparison)
    runs = ended(client, comparison)
    assert [run.state for run in runs] == ["stopped"] * 3
    assert [run.reason for run in runs[1:]] == ["Cancelled before it started."] * 2
    assert [client.store.runs.run(run_id).started_at for run_id in others] == [None, None]
    client.store.runs.delete(first)
    comparisons.stop(client, comparison)
    assert [run.id for run in comparisons.runs(client, comparison)] == others
