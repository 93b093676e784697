"""The lab of regularisation in a real browser: trained by jobs, moved by a slider, taken into a draft."""

import re

from playwright.sync_api import expect

from playground import recipes
from tests import browser as real
from tests.e2e.test_labs import drawn, query

LIMIT_MS = 90_000


def test_ways_are_trained_moved_linked_and_taken(open_tab, store):
    draft = store.drafts.create(recipes.recipe("spiral").spec, "local")
    page = open_tab(f"/Regularisation?draft={draft.id}&ways=Nothing,L2")
    expect(page.get_by_text(re.compile("loss in training"))).to_have_count(2, timeout=LIMIT_MS)
    drawn(page, "surface-l2")
    drawn(page, "regularisation-curves")
    weights = page.get_by_test_id("stTable").get_by_role("row").nth(2)
    expect(weights).to_contain_text("L2 0.01")
    page.get_by_role("slider", name="L2").press("ArrowRight")
    expect(weights).to_contain_text("L2 0.0178", timeout=LIMIT_MS)
    expect(page).to_have_url(re.compile(r"l2\.l2=-1\.75"))

    other = open_tab(f"/Regularisation?{query(page)}")
    expect(other.get_by_text(re.compile("loss in training"))).to_have_count(2, timeout=LIMIT_MS)
    expect(other.get_by_role("slider", name="L2")).to_have_value("-1.75")
    other.get_by_role("button", name="Whose weights are 0?").click()
    other.locator(".st-key-look-for-regularisation").get_by_text("L1", exact=True).click()
    expect(other.get_by_text("and that is right")).to_be_visible(timeout=LIMIT_MS)
    expect(other.locator(".js-plotly-plot")).to_be_visible(timeout=LIMIT_MS)
    expect(other.get_by_text("(w₂ is 0)")).to_be_visible(timeout=LIMIT_MS)

    real.press(page, "Use in my model")
    real.press(page, "Put it into the draft")
    page.wait_for_url(re.compile("/Model"))
    hidden = store.drafts.draft(draft.id).spec.model.layers[:-1]
    strengths = [layer.args["kernel_regularizer"]["args"]["l2"] for layer in hidden]
    assert strengths == [0.0177828] * len(hidden)
