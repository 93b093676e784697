"""The Train page in every state of a run, through app.py, from a store filled by the stories."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from playground.engine.client import Client, SpecError
from playground.settings import settings
from playground.ui import run_words
from tests.ui import stories

TRAIN = "pages/3_Train.py"
STATES = ("queued", "running", "paused", "finished", "stopped", "failed", "lost")


def text(page: AppTest) -> str:
    """Everything the page says."""
    found = [element.value for element in [*page.title, *page.markdown, *page.caption, *page.error]]
    found += [element.proto.text for element in page.get("progress")]
    found += [f"{metric.label} {metric.value} {metric.delta}" for metric in page.metric]
    return "\n".join(found).replace("\\", "")


def links(page: AppTest) -> list[str]:
    return [link.proto.label for link in page.get("page_link")]


def buttons(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_chip_and_its_transport(store, open_page, state):
    run_id = getattr(stories, state)(store)
    page = open_page(TRAIN, run=run_id)
    assert page.title[0].value == "Digits MLP"
    assert run_words.badge(state) in text(page)
    expected = {
        "queued": ["Cancel"],
        "running": ["Pause", "Stop"],
        "paused": ["One epoch", "Resume", "Rewind", "Step", "Stop"],
        "stopped": ["Run again", *["As a new draft", "Try it"] * 2],  # two remedies of a run that fell short
    }
    assert sorted(buttons(page)) == sorted(["Change a copy", *expected.get(state, ["Run again"])])
    assert sum(chart.key.startswith("chart-") for chart in page.get("echarts_chart")) == 2
    assert stories.address(page, "run") == run_id


def test_the_address_says_what_is_trained(store, open_page):
    said = text(open_page(TRAIN, run=stories.running(store)))
    for words in ("4,810 parameters", "Adam, rate 0.001", "batch 32", "seed 7"):
        assert words in said


def test_a_running_run_shows_epoch_time_left_and_speed(store, open_page):
    said = text(open_page(TRAIN, run=stories.running(store)))
    assert "**Epoch 13** of 20" in said
    assert "about 2 s left" in said
    assert "211 batches/s" in said
    assert "Validation accuracy 0.969 best 0.969 in epoch 12" in said


@pytest.mark.parametrize(
    ("planned", "reached", "end"), [(20, 12, 20), (4_000, 0, 4_000), (4_000, 12, 50), (4_000, 44, 100), (60, 52, 60)]
)
def test_of_a_long_plan_the_curves_show_what_is_near(store, open_page, planned, reached, end):
    page = open_page(TRAIN, run=stories.running(store, reached, planned))
    ends = [json.loads(chart.proto.spec)["xAxis"]["max"] for chart in page.get("echarts_chart")]
    assert ends == [end, end]


def test_a_finished_run_shows_the_test_beside_the_baseline(store, open_page):
    said = text(open_page(TRAIN, run=stories.finished(store)))
    assert "Result on the test part" in said
    assert "**0.974**" in said
    assert "Always answering the most frequent class would score 0.104." in said
    assert "With 270 test samples" in said


def test_a_run_that_failed_at_once_shows_no_empty_chart_and_no_saved_weights(store, open_page):
    page = open_page(TRAIN, run=stories.failed_at_once(store))
    assert "Failed in epoch 1, batch 2" in text(page)
    assert not page.get("echarts_chart")
    assert "Batch line" not in text(page)
    assert "Weights saved" not in text(page)


def test_a_failed_run_says_where_and_why_and_shows_the_end_of_its_log(store, open_page):
    run_id = stories.failed(store)
    folder = settings().run_dir(run_id)
    folder.mkdir(parents=True)
    (folder / "log.txt").write_text("\n".join(f"line {i}" for i in range(1, 301)))
    page = open_page(TRAIN, run=run_id)
    assert "Failed in epoch 2, batch 14" in text(page)
    assert "The loss became NaN" in text(page)
    log = (
        page.code[-1].value.splitlines() if page.code[-1].value.startswith("line") else page.code[0].value.splitlines()
    )
    assert (log[0], log[-1], len(log)) == ("line 201", "line 300", 100)


def test_a_waiting_run_says_for_whom_it_waits(store, open_page):
    stories.running(store)
    first = stories.queued(store)
    second = stories.queued(store, "iris-mlp")
    assert "**Next in line**" in text(open_page(TRAIN, run=first))
    assert "**2nd in line**" in text(open_page(TRAIN, run=second))
    assert "waiting for *Digits MLP*" in text(open_page(TRAIN, run=second))


def test_cancel_ends_a_waiting_run_at_once(store, open_page):
    run_id = stories.queued(store)
    page = open_page(TRAIN, run=run_id)
    press(page, "Cancel")
    assert store.runs.run(run_id).state == "stopped"
    assert run_words.badge("stopped") in text(page)


@pytest.mark.parametrize(("label", "busy"), [("Pause", "Pausing …"), ("Stop", "Stopping …")])
def test_a_button_changes_at_once_and_its_request_is_in_the_store(store, open_page, label, busy):
    run_id = stories.running(store)
    page = open_page(TRAIN, run=run_id)
    next(button for button in page.button if button.label == label).click().run()
    assert [request.kind for request in store.runs.requests(run_id)] == [label.lower()]
    assert busy in buttons(page)
    assert next(button for button in page.button if button.label == busy).disabled
    assert busy in buttons(open_page(TRAIN, run=run_id))  # and so it does after a reload, and for another viewer


def test_what_goes_on_is_seen_at_the_next_look(store, open_page):
    journal = stories.started(store)
    page = open_page(TRAIN, run=journal.run_id)
    assert "after the first epoch" in text(page)
    stories.trained(journal, 1, 12)
    page.run()
    assert "**Epoch 13** of 20" in text(page)


def test_an_unknown_run_has_plain_words_and_a_way_home(store, open_page):
    newest = stories.finished(store)
    page = open_page(TRAIN, run="nosuchrun")
    assert page.title[0].value == "There is no such run"
    assert "Choose an example" in links(page)
    assert "Open your newest run" in links(page)
    assert newest in next(link.proto.query_string for link in page.get("page_link") if "newest" in link.proto.label)
    assert not page.get("echarts_chart")


def test_without_any_run_there_is_a_way_to_the_first(store, open_page):
    page = open_page(TRAIN)
    assert page.title[0].value == "Nothing trained yet"
    assert "Choose an example" in links(page)


def test_without_a_run_in_the_address_the_newest_is_shown(store, open_page):
    stories.finished(store)
    newest = stories.running(store)
    page = open_page(TRAIN)
    assert stories.address(page, "run") == newest


def test_a_run_of_an_example_says_what_it_teaches(store, open_page):
    said = text(open_page(TRAIN, run=stories.finished(store)))
    assert "What this example shows" in said
    assert "One hidden layer" in said


def test_a_metric_that_became_nan_is_said_and_breaks_nothing(store, open_page):
    journal = stories.started(store)
    column = {"epoch/epoch": np.array([1]), "epoch/loss": np.array([np.nan]), "epoch/val_loss": np.array([np.inf])}
    journal.append("progress", {"phase": "training", "epoch": 1, "step": 40, "seconds": 0.2}, column)
    said = text(open_page(TRAIN, run=journal.run_id))
    assert "training NaN" in said
    assert "∞" in said


def test_run_again_watches_a_new_run_of_the_same(store, open_page, monkeypatch):
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    monkeypatch.setattr("playground.engine.client.check", lambda spec, client: None)
    first = stories.finished(store)
    page = open_page(TRAIN, run=first)
    press(page, "Run again")
    second = store.runs.find()[0]
    assert second.id != first
    assert second.digest == store.runs.run(first).digest
    assert stories.address(page, "run") == second.id
    assert run_words.badge("queued") in text(page)


def test_a_tick_on_its_way_does_not_bring_back_the_run_that_was_left_but_a_link_does(store, open_page, monkeypatch):
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    monkeypatch.setattr("playground.engine.client.check", lambda spec, client: None)
    first = stories.finished(store)
    page = open_page(TRAIN, run=first)
    press(page, "Run again")
    second = store.runs.find()[0].id
    page.query_params["run"] = first  # what a browser sends that has not heard of the new run yet
    page.run()
    assert stories.address(page, "run") == second
    monkeypatch.setattr("playground.ui.ids._ON_ITS_WAY_S", 0.0)  # by now it must have heard
    page.query_params["run"] = first
    page.run()
    assert stories.address(page, "run") == first


def test_a_refused_run_says_why_and_leaves_nothing(store, open_page, monkeypatch):
    def refuse(spec, client):
        raise SpecError("The last layer has 3 units, but there are 10 classes.")

    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    monkeypatch.setattr("playground.engine.client.check", refuse)
    page = open_page(TRAIN, run=stories.finished(store))
    press(page, "Run again")
    assert "3 units, but there are 10 classes" in text(page)
    assert len(store.runs.find()) == 1


def test_a_run_that_a_limit_ended_says_which(store, open_page):
    journal = stories.started(store)
    stories.trained(journal, 1, 2)
    reason = "The run reached 60 s of training, the most allowed (PLAYGROUND_MAX_SECONDS)."
    journal.append("stopped", {"request": None, "reason": reason, "epoch": 2, "step": 80, "seconds": 60.0})
    assert reason in text(open_page(TRAIN, run=journal.run_id))
    assert "Stopped by you." not in text(open_page(TRAIN, run=stories.stopped(store)))


def test_what_happened_is_told_newest_first(store, open_page):
    said = text(open_page(TRAIN, run=stories.paused(store)))
    turns = [
        "Paused in epoch 13, batch 11",
        "Best validation loss",
        "First batches trained",
        "Started on CPU",
        "Asked for",
    ]
    places = [said.index(turn) for turn in turns]
    assert places == sorted(places)
