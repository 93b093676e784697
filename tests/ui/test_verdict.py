"""What a run says beside it: the verdict and its remedies, what to try next, and the question before the result."""

import pytest
from streamlit.testing.v1 import AppTest

from playground import recipes
from playground.engine.client import Client
from playground.ui import try_next
from tests.ui import stories
from tests.ui.test_train import TRAIN, buttons, press, text

RECIPE = recipes.recipe("digits-mlp")
QUESTION = RECIPE.question


@pytest.fixture(autouse=True)
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs are queued without an engine that would check or train them."""
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)
    monkeypatch.setattr("playground.engine.client.check", lambda spec, client: None)


def of_draft(store, tell) -> tuple[str, str]:
    """A draft of the recipe, and its run as ``tell`` tells it."""
    draft = store.drafts.create(RECIPE.spec, "local")
    run_id = tell(store)
    store.drafts.ran(draft.id, run_id)
    return draft.id, run_id


def answer(page: AppTest, number: int) -> None:
    page.radio[0].set_value(number).run()
    assert not page.exception, page.exception


def test_a_run_that_fits_says_so_with_its_numbers(store, open_page):
    said = text(open_page(TRAIN, run=stories.finished(store)))
    assert "What this run says" in said
    assert "It fits" in said
    assert "In epoch 20: training accuracy 0.999, validation 0.975." in said


def test_the_picture_says_in_words_what_it_shows(store, open_page):
    page = open_page(TRAIN, run=stories.finished(store))
    picture = next(chart for chart in page.get("echarts_chart") if chart.key == "verdict-picture")
    assert "training 0.999, validation 0.975" in picture.proto.alt


def test_without_a_draft_there_is_nothing_to_try(store, open_page):
    assert "Try it" not in buttons(open_page(TRAIN, run=stories.finished(store)))


def test_a_stopped_run_can_be_given_more_epochs_without_starting(store, open_page):
    draft_id, _run = of_draft(store, stories.stopped)
    page = open_page(TRAIN, draft=draft_id)
    assert "It has not finished learning" in text(page)
    assert "Train 40 epochs" in text(page)
    press(page, "Change the draft")
    assert store.drafts.draft(draft_id).spec.training.epochs == 40
    assert len(store.runs.find()) == 1


def test_try_it_changes_the_draft_and_starts_it(store, open_page):
    draft_id, first = of_draft(store, stories.stopped)
    page = open_page(TRAIN, draft=draft_id)
    press(page, "Try it")
    newest = store.runs.find(limit=1)[0]
    assert newest.id != first
    assert store.runs.spec(newest.id).training.epochs == 40
    assert stories.address(page, "run") == newest.id


def test_a_recipe_offers_its_own_variations_and_so_do_these(store, open_page):
    offered = try_next.of(RECIPE.spec.digest)
    assert [each.label for each in offered] == [each.label for each in RECIPE.try_next]
    assert len(try_next.of(offered[0].spec.digest)) == len(offered) - 1
    assert try_next.of("nothing like it") == ()
    draft_id, _run = of_draft(store, stories.finished)
    said = text(open_page(TRAIN, draft=draft_id))
    assert "Try next" in said
    assert all(each.label in said for each in RECIPE.try_next)


def test_the_question_comes_before_the_result_and_the_answer_with_it(store, open_page):
    draft = store.drafts.create(RECIPE.spec, "local")
    journal = stories.started(store)
    store.drafts.ran(draft.id, journal.run_id)
    page = open_page(TRAIN, draft=draft.id)
    assert page.radio[0].label == QUESTION.text
    stories.trained(journal, 1, stories.EPOCHS)
    scores = {"test": {"accuracy": 0.97}, "baseline": {"accuracy": 0.1}}
    journal.append("finished", {"epoch": stories.EPOCHS, "step": 800, "seconds": 3.9, **scores})
    page.run()
    assert "Result on the test part" not in text(page)
    assert "What this run says" not in text(page)
    wrong = next(number for number in range(len(QUESTION.choices)) if number != QUESTION.answer)
    answer(page, wrong)
    said = text(page)
    assert f"You said {QUESTION.choices[wrong]}; it is **{QUESTION.choices[QUESTION.answer]}**." in said
    assert QUESTION.why in said
    assert "Result on the test part" in said
    assert "What this run says" in said


def test_an_answer_given_early_is_kept_until_the_result(store, open_page):
    draft_id, _run = of_draft(store, stories.running)
    page = open_page(TRAIN, draft=draft_id)
    answer(page, QUESTION.answer)
    assert "Your answer" in text(page)
    assert QUESTION.why not in text(page)


def test_a_question_can_be_skipped(store, open_page):
    draft_id, _run = of_draft(store, stories.running)
    page = open_page(TRAIN, draft=draft_id)
    press(page, "Skip")
    assert not page.radio
    assert QUESTION.text not in text(page)


def test_an_old_run_asks_nothing(store, open_page):
    draft_id, _run = of_draft(store, stories.finished)
    page = open_page(TRAIN, draft=draft_id)
    assert not page.radio
    assert "Result on the test part" in text(page)
