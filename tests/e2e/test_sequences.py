"""The lab of sequences in a real browser: gates, an experiment, attention, and a layer into the draft."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground import recipes
from tests import browser as real
from tests.e2e.test_accessible import RULES

LIMIT_MS = 90_000


def test_gates_reach_attention_and_the_draft(open_tab, store):
    draft = store.drafts.create(recipes.recipe("sequence-next-value").spec, "local")
    page = open_tab(f"/Sequences?draft={draft.id}")
    expect(page.locator(".st-key-gates-states canvas").first).to_be_visible(timeout=LIMIT_MS)
    real.settled(page)
    page.get_by_role("slider", name="Look at step").press("ArrowRight")
    expect(page.get_by_text("Step 3 (3) in numbers")).to_be_visible(timeout=LIMIT_MS)
    expect(page).to_have_url(re.compile("step=3"))
    page.get_by_role("radio", name="GRU").click()
    expect(page).to_have_url(re.compile("cell=GRU"))
    expect(page.get_by_text("Step 3 (3) in numbers")).to_be_visible(timeout=LIMIT_MS)

    page.get_by_role("button", name="Sixty steps back").click()
    page.get_by_test_id("stRadio").get_by_text("LSTM", exact=True).click()
    expect(page.get_by_text("and that is right.")).to_be_visible(timeout=LIMIT_MS)
    expect(page.locator(".st-key-reach-lines canvas").first).to_be_visible(timeout=LIMIT_MS)
    expect(page.get_by_text(re.compile(r"GRU × 0\.\d\d a step back"))).to_be_visible()

    page.get_by_role("radio", name="Attention").click()
    matrix = page.locator(".st-key-attention-0 canvas").first
    expect(matrix).to_be_visible(timeout=LIMIT_MS)
    real.settled(page)
    matrix.scroll_into_view_if_needed()
    box = matrix.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.04 * box["height"])
    expect(page.get_by_text("What “1 the” looks at")).to_be_visible(timeout=LIMIT_MS)

    real.press(page, "Use in my model")
    real.press(page, "Put it into the draft")
    page.wait_for_url(re.compile("/Model"), timeout=LIMIT_MS)
    layers = store.drafts.draft(draft.id).spec.model.layers
    assert "MultiHeadAttention" in [layer.kind for layer in layers]


def test_no_rule_of_wcag_aa_is_broken(open_tab):
    broken = []
    for path, key, is_dark in (
        ("/Sequences?part=attention", "attention-0", True),
        ("/Convolution", "convolution-output", False),
    ):
        page = open_tab(path, is_dark=is_dark)
        expect(page.locator(f".st-key-{key} canvas").first).to_be_visible(timeout=LIMIT_MS)
        real.settled(page)
        found = Axe().run(page, options=RULES).response["violations"]
        broken += [f"{path}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]
    assert broken == [], "\n".join(broken)


def test_on_a_phone(open_tab):
    for part, key in (("gates", "gates-states"), ("attention", "attention-0")):
        page = open_tab(f"/Sequences?part={part}", is_phone=True, width=390, height=844)
        expect(page.locator(f".st-key-{key} canvas").first).to_be_visible(timeout=LIMIT_MS)
        real.settled(page)
