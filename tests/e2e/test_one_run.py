"""One run in a real browser: looked at whole, trained again with new seeds, and compared with them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from playground.specs.edit import with_value
from tests import browser as real
from tests.e2e.test_accessible import RULES
from tests.faults.engine import wait_for
from tests.shown import begun


@pytest.fixture
def run_id(client) -> str:
    """A small run that has finished."""
    spec = with_value(begun("iris", "mlp"), "training.epochs", 10)
    return wait_for(client, client.submit(spec), lambda run: run.is_ended).id


def broken(page: Page) -> list[str]:
    """What is wrong with the page for those who do not see it or use no mouse."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def test_a_run_is_looked_at_and_compared_with_new_seeds_of_itself(open_tab, store, run_id):
    page = open_tab(f"/Runs?run={run_id}")
    expect(page.locator(".st-key-one-run-events canvas").first).to_be_visible(timeout=60_000)
    assert broken(page) == []
    page.locator(".st-key-one-again").get_by_role("button").click()
    real.press(page, "Train them")
    page.wait_for_url("**/Compare?**", timeout=60_000)
    real.state(page, "Finished", 120)
    seeds = [store.runs.spec(member.run_id).seed for member in store.comparisons.find("local", limit=1)[0].members]
    assert len({*seeds, store.runs.spec(run_id).seed}) == 4
    expect(page.get_by_text("4 seeds of the same settings")).to_be_visible(timeout=60_000)
    expect(page.locator(".st-key-compare-curves canvas").first).to_be_visible(timeout=60_000)
    real.settled(page)
    assert broken(page) == []
    page.reload()
    expect(page.get_by_text("4 seeds of the same settings")).to_be_visible(timeout=60_000)
