"""Looking into a trained network in a real browser: why an answer, inside a layer, and what is in the address."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground import recipes
from playground.specs.edit import with_value
from tests import browser as real
from tests.e2e.test_accessible import RULES
from tests.faults.engine import wait_for
from tests.sweeps import some

PATIENCE_MS = 90_000


@pytest.fixture(scope="module")
def run(client):
    """A finished run on the digits with convolutions."""
    spec = with_value(recipes.recipe("digits-cnn").spec, "training.epochs", 1)
    return wait_for(client, client.submit(spec), lambda run: run.is_ended)


def test_from_an_answer_to_the_layer_that_made_it(open_tab, run):
    page = open_tab(f"/Explain?run={run.id}&sample=7")
    expect(page.get_by_text("Together the effects")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text(re.compile("speaks? most for|speaks for"))).not_to_have_count(0, timeout=PATIENCE_MS)
    row = page.get_by_role("spinbutton", name="Row")
    expect(row).to_have_value("7")
    row.fill("12")
    row.press("Enter")
    expect(page).to_have_url(re.compile("sample=12"), timeout=PATIENCE_MS)
    real.settled(page)

    page.get_by_role("radio", name="Inside a layer", exact=True).click()
    expect(page.locator(".st-key-explain-tiles img")).to_have_count(32, timeout=PATIENCE_MS)
    expect(page).to_have_url(re.compile("look=layer"))


@pytest.mark.parametrize("look", some(real.LOOKS, 3), ids=str)
def test_it_breaks_no_rule_of_wcag(open_tab, run, look):
    page = open_tab(f"/Explain?run={run.id}", **look)
    expect(page.get_by_text("Together the effects")).to_be_visible(timeout=PATIENCE_MS)
    real.settled(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []
