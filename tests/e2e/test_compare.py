"""Every fold of a split in a real browser: from the Train page to the mean, opened, run again and stopped."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from playground.engine import comparisons
from playground.runs import Store
from playground.specs.edit import with_value
from tests import browser as real
from tests.e2e.test_accessible import RULES
from tests.faults.engine import long_spec
from tests.shown import begun

EPOCHS = 30


@pytest.fixture
def page(open_tab, store) -> Page:
    """The Train page of a draft with three folds."""
    spec = with_value(begun("iris", "mlp"), "dataset.split", {"kind": "kfold", "args": {"folds": 3}})
    draft = store.drafts.create(with_value(spec, "training.epochs", EPOCHS), "local")
    page: Page = open_tab(f"/Train?draft={draft.id}")
    return page


def newest(store: Store) -> list[str]:
    """The ids of the runs of the newest comparison."""
    return [member.run_id for member in store.comparisons.find("local", limit=1)[0].members]


def test_all_folds_are_trained_compared_opened_and_run_again(page, store):
    real.press(page, "Train all 3 folds")
    page.wait_for_url(re.compile("/Compare"))
    real.state(page, "Finished", 120)
    table = page.get_by_test_id("stTable")
    runs = [store.runs.run(run_id) for run_id in newest(store)]
    assert [run.epoch for run in runs] == [EPOCHS] * 3
    mean = sum(run.metrics["val_accuracy"].last for run in runs) / 3
    expect(table.get_by_role("row").filter(has_text="Mean of 3")).to_contain_text(f"{mean:.3f}")
    expect(page.locator(".st-key-compare-curves canvas").first).to_be_visible()
    expect(page.get_by_text("Band: one standard deviation to either side.")).to_be_visible()
    real.settled(page)
    broken = Axe().run(page, options=RULES).response["violations"]
    assert [f"{rule['id']} {node['html'][:160]}" for rule in broken for node in rule["nodes"]] == []
    with page.context.expect_page() as opened:
        table.get_by_role("link", name="Fold 2").click()
    expect(opened.value.get_by_text("Result on the test part")).to_be_visible()
    assert f"run={runs[1].id}" in opened.value.url
    before = page.url
    real.press(page, "Run again")
    page.wait_for_url(lambda url: url != before)
    again = newest(store)
    assert set(again).isdisjoint(run.id for run in runs)
    expect(table.get_by_role("link", name="Fold 1")).to_have_attribute("href", re.compile(again[0]))


def test_all_that_go_on_are_stopped_at_once(open_tab, store, client):
    specs = tuple((f"Seed {seed}", with_value(long_spec(), "seed", seed)) for seed in range(3))
    made = comparisons.submit(client, comparisons.Plan("variants", specs), "Long")
    page = open_tab(f"/Compare?compare={made.id}")
    real.state(page, "Running")
    expect(page.get_by_test_id("stTable").get_by_text("seed 0 → 1")).to_be_visible()
    expect(page.locator(".st-key-compare-curves canvas").first).to_be_visible()
    real.press(page, "Stop all")
    real.state(page, "Stopped")
    expect(page.get_by_role("button", name="Run again")).to_be_visible()
    assert {store.runs.run(member.run_id).state for member in made.members} == {"stopped"}
