"""The page Runs in a real browser: runs are found, ticked, labelled, put into the bin and brought back."""

import dataclasses
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground.bench.filled import fill
from playground.engine import keeping
from playground.runs import Store
from playground.runs.listing import Wanted
from tests import browser as real
from tests.e2e.test_accessible import RULES
from tests.sweeps import some

TAG = "found in a browser"


@pytest.fixture
def three(client, store: Store) -> Iterator[list[str]]:
    """Three runs that nobody else looks at, with a tag of their own."""
    before = set(store.listing.ids(Wanted("local")))
    fill(store, "local", 3, 12)
    ids = [run_id for run_id in store.listing.ids(Wanted("local")) if run_id not in before]
    store.labels.change(ids, lambda label: dataclasses.replace(label, tags=(TAG,)))
    yield ids
    keeping.delete(store, client.settings, ids)


@pytest.mark.parametrize("is_dark", some([True, False], 2))
def test_runs_are_ticked_compared_binned_and_brought_back(open_tab, store: Store, three: list[str], is_dark: bool):
    page = open_tab(f"/Runs?list=all&tag={TAG}", is_dark=is_dark)
    expect(page.get_by_text("3 runs", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    real.settled(page)
    broken = Axe().run(page, options=RULES).response["violations"]
    assert [f"{rule['id']} {node['html'][:160]}" for rule in broken for node in rule["nodes"]] == []
    real.press(page, "Tick all on this page")
    expect(page.get_by_text("3 runs ticked")).to_be_visible()
    link = page.get_by_test_id("stMain").get_by_role("link", name="Compare")
    expect(link).to_have_attribute("href", re.compile("runs=" + "(%2C|,)".join(three)))
    real.press(page, "Into the bin")
    expect(page.get_by_text("3 runs are in the bin")).to_be_visible()
    assert set(store.labels.binned()) >= set(three)
    real.press(page, "Undo")
    expect(page.get_by_text("3 runs", exact=True)).to_be_visible()
    assert not set(store.labels.binned()) & set(three)


def test_a_run_is_found_opened_and_left_for_the_list(open_tab, store: Store, three: list[str]):
    store.labels.change(three[:1], lambda label: dataclasses.replace(label, name="The one for the talk"))
    page = open_tab("/Runs?list=all")
    page.get_by_role("textbox", name="Search").fill("for talk")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 run", exact=True)).to_be_visible()
    assert "q=for" in page.url
    real.press(page, "Tick all on this page")
    page.get_by_test_id("stMain").get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", name="The one for the talk")).to_be_visible()
    page.wait_for_url(re.compile(f"run={three[0]}"))
    page.reload()
    expect(page.get_by_role("heading", name="The one for the talk")).to_be_visible()
    page.get_by_role("link", name="All runs").click()
    expect(page.get_by_role("heading", name="Runs")).to_be_visible()
