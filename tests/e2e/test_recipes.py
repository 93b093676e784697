"""From Home to the verdict of three worked examples, and on to a next run, in a real browser."""

import re
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Page, expect

from playground import recipes
from playground.runs import Run, Store
from playground.runs.metric_words import value
from tests import browser as real
from tests.e2e.test_whole_way import tab_to

LIMIT_MS = 90_000


def run_of(page: Page, store: Store) -> Run:
    """The run in the page's address."""
    return store.runs.run(parse_qs(urlparse(page.url).query)["run"][0])


def searched(page: Page, name: str) -> None:
    """Choose an example in Home's search, with the keyboard."""
    recipe = recipes.recipe(name)
    box = page.get_by_role("combobox", name="Search for an example")
    box.press_sequentially(recipe.title)
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    expect(page.get_by_role("button", name="Run", exact=True)).to_have_count(1)


def judged(page: Page, store: Store, metric: str) -> Run:
    """Wait for the verdict; returns the run, whose last values must stand in the card."""
    card = page.locator(".st-key-verdict")
    expect(card.get_by_text("What this run says")).to_be_visible(timeout=LIMIT_MS)
    run = run_of(page, store)
    for name in (metric, f"val_{metric}"):
        expect(card).to_contain_text(value(run.metrics[name].last))
    expect(card.locator("canvas")).to_be_visible()
    real.settled(page)
    return run


def lies_over(page: Page, store: Store, first: Run) -> None:
    """Wait until the next run has ended, and see that the curves of the one before are drawn behind its own."""
    page.wait_for_url(lambda address: first.id not in address, timeout=LIMIT_MS)
    real.state(page, "Finished")
    expect(page.get_by_text("Run 2 against Run 1:")).to_be_visible()
    expect(page.locator(".st-key-chart-loss canvas")).to_be_visible()
    drawn = page.locator(".st-key-chart-loss").get_by_role("img")
    expect(drawn).to_have_accessible_name(re.compile("Run 1"))
    real.settled(page)
    assert run_of(page, store).digest != first.digest


def test_a_table_is_found_run_answered_judged_and_changed_with_the_keyboard(open_tab, store):
    page = open_tab()
    tab_to(page, "Search for an example")
    searched(page, "iris-sklearn-vs-keras")
    tab_to(page, "Run")
    page.keyboard.press("Enter")
    page.wait_for_url("**/Train?*")
    asked = recipes.recipe("iris-sklearn-vs-keras").question
    choice = page.get_by_role("radio", name=asked.choices[asked.answer])
    expect(choice).to_be_enabled(timeout=LIMIT_MS)
    choice.focus()
    page.keyboard.press("Space")
    real.state(page, "Finished")
    expect(page.locator(".st-key-question")).to_contain_text("that is right")
    expect(page.locator(".st-key-question")).to_contain_text(asked.why)
    first = judged(page, store, "accuracy")
    tab_to(page, "Try it")
    page.keyboard.press("Enter")
    lies_over(page, store, first)


def test_images_without_a_download_are_found_by_kind_and_tried_wider(open_tab, store):
    page = open_tab()
    page.get_by_role("radio", name="Images").click()
    page.get_by_text("Runs offline").click()
    expect(page.locator(".st-key-run-mnist-ann")).to_have_count(0)
    page.locator(".st-key-run-digits-mlp button").click()
    page.wait_for_url("**/Train?*")
    recipe = recipes.recipe("digits-mlp")
    wrong = next(each for at, each in enumerate(recipe.question.choices) if at != recipe.question.answer)
    page.locator(".st-key-question").get_by_text(wrong, exact=True).click()
    real.state(page, "Finished")
    right = recipe.question.choices[recipe.question.answer]
    expect(page.locator(".st-key-question")).to_contain_text(f"You said {wrong}; it is {right}.")
    first = judged(page, store, "accuracy")
    next_one = page.locator("[class*='st-key-try-next-']").filter(has_text=recipe.try_next[0].label)
    real.press(next_one, "Try it")
    lies_over(page, store, first)


def test_a_comparison_ends_side_by_side_and_each_of_its_runs_has_a_verdict(open_tab, store):
    page = open_tab()
    searched(page, "xor")
    page.locator(".st-key-run-xor button").click()
    page.wait_for_url("**/Compare?*")
    recipe = recipes.recipe("xor")
    page.locator(".st-key-question").get_by_text(recipe.question.choices[recipe.question.answer], exact=True).click()
    real.state(page, "Finished")
    expect(page.locator(".st-key-question")).to_contain_text("that is right")
    table = page.get_by_test_id("stTable")
    compared = store.comparisons.find("local", limit=1)[0]
    runs = [store.runs.run(member.run_id) for member in compared.members]
    assert [run.name for run in runs] == [f"{recipe.spec.name} · {member.label}" for member in compared.members]
    without, with_one = (run.metrics["val_accuracy"].last for run in runs)
    assert without < 0.8 < with_one
    for run, member in zip(runs, compared.members, strict=True):
        expect(table.get_by_role("row").filter(has_text=member.label)).to_contain_text(
            value(run.metrics["val_accuracy"].last)
        )
    with page.context.expect_page() as opened:
        table.get_by_role("link", name=recipe.label).click()
    single = opened.value
    real.state(single, "Finished")
    expect(single.locator(".st-key-doctor").get_by_text("The loss does not fall")).to_be_visible(timeout=LIMIT_MS)
    real.settled(single)
    first = run_of(single, store)
    next_one = single.locator("[class*='st-key-try-next-']").filter(has_text=recipe.try_next[0].label)
    real.press(next_one, "Try it")
    single.wait_for_url(lambda address: first.id not in address, timeout=LIMIT_MS)
    real.state(single, "Finished")
    real.settled(single)
    assert run_of(single, store).digest == recipe.try_next[0].of(recipe.spec).digest
