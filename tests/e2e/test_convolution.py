"""The lab of convolution in a real browser: a click, playing, another number of the kernel, a link, into the draft."""

import re

from playwright.sync_api import expect

from playground import recipes
from tests import browser as real

LIMIT_MS = 90_000


def test_a_kernel_is_moved_changed_shared_and_taken(open_tab, store):
    draft = store.drafts.create(recipes.recipe("digits-mlp").spec, "local")
    page = open_tab(f"/Convolution?draft={draft.id}")
    output = page.locator(".st-key-convolution-output canvas").first
    expect(output).to_be_visible(timeout=LIMIT_MS)
    real.settled(page)
    box = output.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.55 * box["width"], box["y"] + 0.5 * box["height"])  # near the middle of 6 × 6
    expect(page.get_by_text(re.compile(r"Row [34], column [34] of 6 × 6"))).to_be_visible(timeout=LIMIT_MS)
    expect(page).to_have_url(re.compile(r"at=[34]-[34]"))

    place = page.get_by_text(re.compile(r"Row \d, column \d of 6 × 6"))
    before = place.inner_text()
    real.press(page, "Play")
    expect(place).not_to_have_text(before, timeout=LIMIT_MS)
    real.press(page, "Pause")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible(timeout=LIMIT_MS)
    real.settled(page)

    field = page.get_by_role("spinbutton", name="Row 2, column 2")
    field.fill("2.5")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"cells=-1(,|%2C)0(,|%2C)1(,|%2C)-2(,|%2C)2\.5"), timeout=LIMIT_MS)
    real.settled(page)
    total = page.get_by_text(re.compile(r"column \d of the result: ")).inner_text()

    other = open_tab("/Convolution?" + page.url.partition("?")[2])
    expect(other.get_by_text(total, exact=True)).to_be_visible(timeout=LIMIT_MS)
    expect(other.get_by_role("spinbutton", name="Row 2, column 2")).to_have_value("2.5")

    real.press(other, "Use in my model")
    real.press(other, "Put it into the draft")
    other.wait_for_url(re.compile("/Model"), timeout=LIMIT_MS)
    assert store.drafts.draft(draft.id).spec.model.layers[0].kind == "Conv2D"


def test_an_experiment_on_a_phone(open_tab):
    page = open_tab("/Convolution", is_phone=True, width=390, height=844)
    expect(page.locator(".st-key-convolution-output canvas").first).to_be_visible(timeout=LIMIT_MS)
    page.get_by_role("button", name="A chessboard in steps of two").click()
    page.get_by_text("One single colour").click()
    expect(page.get_by_text("and that is right.")).to_be_visible(timeout=LIMIT_MS)
    expect(page.get_by_text(re.compile(r"column \d of 5 × 5"))).to_be_visible(timeout=LIMIT_MS)
    real.settled(page)
