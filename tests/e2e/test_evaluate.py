"""Evaluating a run in a real browser: computed by a job, looked into by click, and the test part opened on purpose."""

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


@pytest.fixture(scope="module")
def run(client):
    """A finished run on the digits that makes some mistakes."""
    spec = with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 4)
    return wait_for(client, client.submit(spec), lambda run: run.is_ended)


def test_from_the_figures_to_the_mistakes_and_the_test_part(open_tab, store, run):
    page = open_tab(f"/Evaluate?run={run.id}")
    figures = page.locator(".st-key-evaluate-scores")
    expect(figures.get_by_text("Accuracy")).to_be_visible()
    expect(figures.get_by_text(re.compile(r"^\d+ of 270$"))).to_be_visible()
    expect(figures.get_by_text("same rows")).to_have_count(2)
    real.settled(page)
    wrong = int(figures.get_by_text(re.compile(r"^\d+ of 270$")).inner_text().split()[0])
    assert wrong > 0
    assert float(figures.get_by_test_id("stMetricValue").first.inner_text()) == pytest.approx(1 - wrong / 270, abs=1e-3)

    # The upper left cell of the matrix: the zeros that were found.
    page.get_by_text("Which class is taken for which").scroll_into_view_if_needed()
    matrix = page.locator("[class*=st-key-evaluate-confusion-counts] canvas").last
    box = matrix.bounding_box()
    matrix.click(position={"x": 0.26 * box["width"], "y": 0.06 * box["height"]})
    cell = page.locator(".st-key-cell-samples img")
    expect(cell).to_have_count(12)
    expect(page.locator(".st-key-cell-samples").get_by_text(re.compile(r"^0, \d+")).first).to_be_visible()

    sentence = page.locator(".st-key-threshold-figures p").last
    before = sentence.inner_text()
    slider = page.get_by_role("slider", name="Threshold")
    slider.press("Home")
    expect(sentence).not_to_have_text(before)
    assert re.match(r"(\d+) of \1 rows", sentence.inner_text()), "at 0 every row is taken for the class"
    expect(page).to_have_url(re.compile("threshold=0"))

    page.get_by_role("radio", name="Test", exact=True).click()
    expect(page.get_by_text("The test part is closed")).to_be_visible()
    real.press(page, "Open the test part")
    expect(page.get_by_text("The test part was opened once.")).to_be_visible()
    expect(page.get_by_text("270 test rows that training has not learned from.")).to_be_visible()
    real.settled(page)


@pytest.mark.parametrize("look", some(real.LOOKS, 3), ids=str)
def test_it_breaks_no_rule_of_wcag(open_tab, run, look):
    page = open_tab(f"/Evaluate?run={run.id}", **look)
    expect(page.get_by_text("The rows themselves")).to_be_visible()
    real.settled(page)
    # Streamlit writes a slider's value in the colour of primary buttons, too dark on a dark ground; no theme mends it.
    of = {"exclude": [['[data-testid="stSliderThumbValue"]']]}
    found = Axe().run(page, context=of, options=RULES).response["violations"]
    assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []
