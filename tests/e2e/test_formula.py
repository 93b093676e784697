"""The formula box in a real browser: written, drawn by Keras, shared by its address, trained, and in the script."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground import recipes
from playground.specs.edit import with_value
from tests import browser as real
from tests.e2e.test_accessible import RULES
from tests.e2e.test_labs import drawn, query

LIMIT_MS = 90_000


def test_a_formula_is_written_shared_and_trained(open_tab, store):
    draft = store.drafts.create(with_value(recipes.recipe("spiral").spec, "training.epochs", 3), "local")
    page = open_tab(f"/Formula?draft={draft.id}")
    drawn(page, "formula-curves")
    box = page.get_by_role("textbox", name="f(x) =")
    box.fill("x * tanh(softpluss(b * x)) with b = 2")
    box.press("Enter")
    expect(page.get_by_text("there is no function softpluss")).to_be_visible(timeout=LIMIT_MS)
    page.locator(".st-key-mend-formula button").click()
    expect(box).to_have_value("x * tanh(softplus(b * x)) with b = 2", timeout=LIMIT_MS)
    drawn(page, "formula-curves")
    expect(page.get_by_text(re.compile(r"The two slopes differ by at most \d\.\de-(09|1\d)"))).to_be_visible()

    page.get_by_role("slider", name="b").press("ArrowRight")
    expect(box).to_have_value("x * tanh(softplus(b * x)) with b = 2.05", timeout=LIMIT_MS)
    expect(page).to_have_url(re.compile("activation=x.*2.05"), timeout=LIMIT_MS)
    assert Axe().run(page, options=RULES).response["violations"] == []

    other = open_tab(f"/Formula?{query(page)}")
    drawn(other, "formula-curves")
    expect(other.get_by_role("textbox", name="f(x) =")).to_have_value("x * tanh(softplus(b * x)) with b = 2.05")

    real.press(other, "Use in my draft")
    real.press(other, "Put it into the draft")
    other.wait_for_url(re.compile("/Model"), timeout=LIMIT_MS)
    spec = store.drafts.draft(draft.id).spec
    formulas = [layer.args["activation"]["args"]["formula"] for layer in spec.model.layers[:-1]]
    assert set(formulas) == {"x * tanh(softplus(b * x)) with b = 2.05"}
    other.goto(re.sub("/Model", "/Train", other.url))
    other.get_by_role("button", name="Start").first.click(timeout=LIMIT_MS)
    real.state(other, "Finished", 120)
