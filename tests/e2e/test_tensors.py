"""The labs of tensors and metrics in a real browser: computed by the engine, said in the address, taken away."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground import recipes
from tests import browser as real
from tests.e2e.test_accessible import RULES
from tests.e2e.test_labs import drawn, query


def test_a_cell_a_link_and_a_metric_for_the_draft(open_tab, store):
    draft = store.drafts.create(recipes.recipe("spiral").spec, "local")
    page = open_tab(f"/Tensors?draft={draft.id}&part=product")
    drawn(page, "tensor-result")
    expect(page.get_by_text("result[0, 0] = 0·10 + 1·30 + 2·50 + 3·70 = 340")).to_be_visible()
    page.get_by_role("slider", name="Cell of the result").press("ArrowRight")
    expect(page.get_by_text("result[0, 1] = 0·20 + 1·40 + 2·60 + 3·80 = 400")).to_be_visible()
    other = open_tab(f"/Tensors?{query(page)}")
    drawn(other, "tensor-result")
    expect(other.get_by_text("result[0, 1] = 0·20 + 1·40 + 2·60 + 3·80 = 400")).to_be_visible()

    other.get_by_role("button", name="250 + 10 in one byte").click()
    other.locator(".st-key-look-for-tensors").get_by_text("4", exact=True).click()
    expect(other.get_by_text("and that is right.")).to_be_visible()
    expect(other.get_by_text("Another result than float64's: uint8, int8.")).to_be_visible()

    page = open_tab(f"/Metrics?draft={draft.id}&threshold=0.3")
    drawn(page, "metric-squares")
    slider = page.get_by_role("slider", name="Threshold")
    numbers = page.locator(".st-key-metric-numbers")
    before = numbers.inner_text()
    slider.press("ArrowRight")
    expect(page).to_have_url(re.compile("threshold=0.31"))
    expect(numbers).not_to_have_text(before)
    real.press(page, "Use in my draft")
    page.get_by_role("combobox", name="Metric").click()
    page.get_by_role("option", name="Recall", exact=True).click()
    real.press(page, "Put it into the draft")
    page.wait_for_url(re.compile("/Train"))
    taken = store.drafts.draft(draft.id).spec.training.metrics[-1]
    assert (taken.kind, taken.args.plain()) == ("Recall", {"thresholds": 0.31})


def test_no_rule_of_wcag_aa_is_broken(open_tab):
    broken = []
    for path, key, is_dark in (
        ("/Tensors?part=broadcast", "tensor-result", True),
        ("/Metrics", "metric-squares", False),
    ):
        page = open_tab(path, is_dark=is_dark)
        drawn(page, key)
        found = Axe().run(page, options=RULES).response["violations"]
        broken += [f"{path}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]
    assert broken == [], "\n".join(broken)


def test_on_a_phone(open_tab):
    for path, key in (("/Tensors?part=shape", "tensor-result"), ("/Metrics", "metric-squares")):
        drawn(open_tab(path, is_phone=True, width=390, height=844), key)
