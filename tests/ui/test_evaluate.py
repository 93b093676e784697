"""The page Evaluate, on evaluations that a job has kept; without an engine."""

import json
import re

import numpy as np
import pytest

from playground import data, recipes
from playground.engine.asked import beside_of, evaluation_of
from playground.engine.client import Client
from playground.runs.evaluations import Evaluation, keep
from playground.settings import settings
from playground.specs import folds
from tests.ui import stories
from tests.ui.test_compare import KFOLD, told

EVALUATE = "pages/16_Evaluate.py"
STEP = stories.EPOCHS * stories.STEPS


@pytest.fixture(autouse=True)
def no_host(monkeypatch):
    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: None)


def words(page):
    found = [*page.markdown, *page.caption, *page.title]
    return "\n".join(each.value for each in found).replace("\\", "")


def metrics(page):
    return {each.label: (each.value, each.delta) for each in page.metric}


def evaluated(store, part="validation", run_id=None, spec=None):
    """A finished run on digits with an evaluation of 270 rows of which every 27th is wrong; returns the run's id."""
    run_id = run_id or stories.finished(store)
    spec = spec or recipes.recipe("digits-mlp").spec
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    true = np.asarray(prepared.array(f"y_{part}"), np.int32)
    answered = np.where(np.arange(len(true)) % 27 == 0, (true + 1) % 10, true)
    shares = np.full((len(true), 10), 0.02, np.float32)
    shares[np.arange(len(true)), answered] = 0.82
    scores = {"accuracy": (float(np.mean(answered == true)), 0.93, 0.98), "log_loss": (0.3, 0.2, 0.4)}
    naive = [{"answer": "class", "scores": {"accuracy": 0.1, "log_loss": 2.3}}]
    values = {"task": "multiclass", "part": part, "n": len(true), "of": len(true), "scores": scores, "naive": naive}
    found = Evaluation(
        {**values, "is_exact": True, "per_row": 1}, {"at": np.arange(len(true)), "true": true, "shares": shares}
    )
    keep(settings().run_dir(run_id), evaluation_of(run_id, "best", STEP, part).key, found)
    return run_id


def beside(store, part="validation", **answers):
    """Tells what the estimators score on ``part``; one with a text for a score has failed with it."""
    spec = recipes.recipe("digits-mlp").spec
    for name, score in answers.items():
        asking = beside_of(spec.dataset, spec.seed, name)
        job = store.jobs.create(asking.kind, asking.key, asking.args, "local")
        if isinstance(score, str):
            store.jobs.end(job, "failed", error=score)
        else:
            result = {"scores": {part: {"accuracy": score}}, "n_train": 10, "of": 10, "seconds": 1, "note": ""}
            store.jobs.end(job, "finished", result=result)


def test_without_a_run_there_is_a_way_to_one(store, open_page):
    page = open_page(EVALUATE)
    assert "Nothing to evaluate yet" in words(page)
    assert [link.proto.label for link in page.main.get("page_link")] == ["Choose an example"]


@pytest.mark.parametrize(
    ("state", "said"),
    [("running", "still training"), ("failed_at_once", "How good is it?"), ("queued", "still training")],
)
def test_a_run_that_is_not_ready_says_so(store, open_page, state, said):
    assert said in words(open_page(EVALUATE, run=getattr(stories, state)(store)))


def test_what_is_not_computed_yet_is_on_its_way(store, open_page):
    page = open_page(EVALUATE, run=stories.finished(store))
    assert not page.metric
    assert page.get("skeleton")


def test_the_figures_and_those_beside_them(store, open_page):
    beside(store, LogisticRegression=0.95, KNeighbors=0.97, RandomForest="Too large.", GradientBoosting=0.9)
    page = open_page(EVALUATE, run=evaluated(store))
    assert metrics(page) | {"Precision": 0, "Recall": 0, "F1": 0} == {
        "Accuracy": metrics(page)["Accuracy"],
        "Most frequent class": ("0.100", "looks at nothing"),
        "Logistic regression": ("0.950", "same rows"),
        "Random forest": ("–", "not fitted"),
        "Mistakes": ("10 of 270", "0 confident"),
        "Precision": 0,
        "Recall": 0,
        "F1": 0,
    }
    first = page.metric[0]
    assert (first.value, first.delta) == ("0.963", "0.930 to 0.980")
    assert "The best other, Nearest neighbours with 0.970, lies within what chance moves" in words(page)
    models = next(each.value for each in page.dataframe if "Network" in set(each.value.iloc[:, 0]))
    assert models["note"].tolist()[4] == "Too large."


def test_one_class_against_the_rest_follows_the_threshold(store, open_page):
    page = open_page(EVALUATE, run=evaluated(store))
    found = next(each for each in page.caption if "rows of" in each.value and "are found" in each.value)
    found, of = map(int, re.match(r"(\d+) of (\d+) rows", found.value).groups())
    assert found < of
    slider = next(each for each in page.slider if each.label == "Threshold")
    slider.set_value(0.01).run()
    assert f"{of} of {of} rows of" in words(page)
    assert f"and {270 - of} others" in words(page)
    assert not page.exception


def test_the_rows_that_went_wrong(store, open_page):
    page = open_page(EVALUATE, run=evaluated(store))
    pictures = [each for each in page.get("image") if len(each.proto.imgs) == 10]
    assert len(pictures) == 1
    captions = [each.caption for each in pictures[0].proto.imgs]
    for caption in captions:
        true, answered = map(int, re.match(r"(\d) as (\d), 82", caption).groups())
        assert answered == (true + 1) % 10


def test_the_test_part_is_opened_on_purpose_and_counted(store, open_page):
    run_id = evaluated(store, "test")
    page = open_page(EVALUATE, run=run_id, part="test")
    assert "The test part is closed" in words(page)
    assert not page.metric
    next(each for each in page.button if each.label == "Open the test part").click().run()
    assert page.metric[0].value == "0.963"
    assert "The test part was opened once." in words(page)
    again = open_page(EVALUATE, run=run_id, part="test")
    assert "The test part is closed" in words(again)
    assert "The test part was opened once." in words(again)
    next(each for each in again.button if each.label == "Open the test part").click().run()
    assert "The test part was opened 2 times." in words(again)


def test_an_evaluation_that_failed_says_why(store, open_page):
    run_id = stories.finished(store)
    asking = evaluation_of(run_id, "best", STEP, "validation")
    store.jobs.end(store.jobs.create(asking.kind, asking.key, asking.args, "local"), "failed", error="No weights.")
    page = open_page(EVALUATE, run=run_id)
    assert "No weights." in words(page)
    assert any(each.label == "Try again" for each in page.button)


def test_the_folds_of_the_split_stand_below(store, open_page):
    made = told(store, "folds", folds.members(KFOLD), (20, 20, 18))
    first = made.members[0].run_id
    page = open_page(EVALUATE, run=evaluated(store, run_id=first, spec=folds.members(KFOLD)[0][1]))
    assert "All folds of this split" in words(page)
    rows = page.table[0].value.to_dict("records")
    labels = [row["Run"] for row in rows]
    assert labels[0] == f"[Fold 1](Train?run={first})"
    assert labels[3:] == ["**Mean of 3**", "Standard deviation"]
    assert "Some are still training" in words(page)
    assert "All folds of this split" not in words(open_page(EVALUATE, run=evaluated(store)))


def forecast(store, *, is_difference):
    """A finished run on a series with an evaluation that looks five steps ahead; returns the run's id."""
    recipe = "sunspots-or-temperature-forecast"
    run_id, spec = stories.finished(store, recipe), recipes.recipe(recipe).spec
    n, origins = len(data.prepare(spec.dataset, spec.seed, settings()).array("y_validation")), np.arange(90, 100)
    true = np.sin(np.arange(n)).astype(np.float32)
    scores = {"mean_absolute_error": (0.25, 0.2, 0.3)}
    errors = {"network": [0.1, 0.2, 0.3, 0.4, 0.5], "last value": [0.2, 0.3, 0.3, 0.3, 0.3], "season": [0.25] * 5}
    values = {"task": "regression", "part": "validation", "n": n, "of": n, "scores": scores, "is_scaled": True}
    values |= {"naive": [{"answer": "last value", "scores": {"mean_absolute_error": 0.4}}], "prepared_scores": {}}
    arrays = {"at": np.arange(n), "true": true, "answered": true + 0.25, "place": 80 + np.arange(n)}
    if is_difference:
        arrays["before"] = np.full(n, 1_000, np.float32)
    came = np.zeros((10, 5), np.float32)
    came[5:, 3:] = np.nan
    arrays |= {"origins": origins, "past": np.ones((10, 4), np.float32), "ahead": np.full((10, 5), 0.5), "came": came}
    values["ahead"] = {"errors": errors, "rows": [10, 10, 10, 5, 5]}
    keep(
        settings().run_dir(run_id),
        evaluation_of(run_id, "best", STEP, "validation").key,
        Evaluation(values, arrays),
    )
    return run_id


@pytest.mark.parametrize("is_difference", [False, True])
def test_a_series_is_shown_on_its_own_scale_and_by_how_far_ahead(store, open_page, is_difference):
    page = open_page(EVALUATE, run=forecast(store, is_difference=is_difference))
    said = words(page)
    assert "From 10 places the network goes on by itself. 5 steps ahead it is off by 0.500" in said
    assert "the last value again by 0.300, one season before by 0.250." in said
    assert "At step 3 it is no better than the last value again." in said
    assert "After place 90: 5 steps ahead, off by 0.500 on average." in said
    assert ("says by how much a value changes" in said) is is_difference
    series = json.loads(page.get("echarts_chart")[0].proto.spec)["series"]
    lowest = min(y for _x, y in series[0]["data"])
    assert (lowest > 900) is is_difference
    assert series[0]["data"][0][0] == 80
    slider = next(each for each in page.slider if each.label == "Where to begin, % of the part")
    slider.set_value(100).run()
    assert "After place 99: 5 steps ahead" in words(page)
    assert "Where the true line ends" in words(page)
    assert not page.exception
