"""The card of an estimator beside a finished run, from answers that jobs have given; without an engine."""

import pytest

from playground import recipes
from playground.engine.asked import beside_of
from playground.engine.client import Client
from tests.ui import stories

TRAIN = "pages/3_Train.py"
SCORES = {part: {"accuracy": score} for part, score in (("train", 1.0), ("validation", 0.95), ("test", 0.961))}


@pytest.fixture(autouse=True)
def no_host(monkeypatch):
    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: None)


def chooser(page):
    return next(box for box in page.selectbox if box.label == "Estimator")


def answer(store, **how):
    spec = recipes.recipe("digits-mlp").spec
    asking = beside_of(spec.dataset, spec.seed, "KNeighbors")
    store.jobs.end(store.jobs.create(asking.kind, asking.key, asking.args, "local"), **how)


def test_nothing_is_fitted_before_one_is_chosen(store, open_page):
    page = open_page(TRAIN, run=stories.finished(store))
    assert chooser(page).value is None
    assert "Logistic regression" in chooser(page).options
    assert "Linear regression" not in chooser(page).options
    assert not store.jobs.find(("queued", "running", "finished"))


def test_the_chosen_one_stands_beside_the_network(store, open_page):
    result = {"scores": SCORES, "n_train": 1000, "of": 1257, "seconds": 0.1, "note": "It did not converge."}
    answer(store, state="finished", result=result)
    page = open_page(TRAIN, run=stories.finished(store))
    chooser(page).set_value("KNeighbors").run()
    assert not page.exception
    table = "|".join(each.value for each in page.markdown)
    for row in ("Training|0.999|1.000", "Validation|0.975|0.950", "Test|0.974|0.961"):
        assert row in table
    said = "\n".join(each.value for each in page.caption).replace("\\", "")
    assert "Fitted on 1,000 of 1,257 training rows." in said
    assert "It did not converge." in said
    bars = [chart for chart in page.get("echarts_chart") if "Baseline 0.104" in str(chart.proto)]
    assert len(bars) == 1


def test_one_that_could_not_be_fitted_says_why(store, open_page):
    answer(store, state="failed", error="It was not fitted within 120 s.")
    page = open_page(TRAIN, run=stories.finished(store))
    chooser(page).set_value("KNeighbors").run()
    assert any("It was not fitted within 120 s." in each.value.replace("\\", "") for each in page.caption)


@pytest.mark.parametrize("state", ["running", "failed", "queued"])
def test_a_run_that_has_not_finished_has_no_card(store, open_page, state):
    page = open_page(TRAIN, run=getattr(stories, state)(store))
    assert not [box for box in page.selectbox if box.label == "Estimator"]
