"""The labs in a real browser: computed by the engine, said in the address, taken into the draft, trained together."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from playground import recipes
from playground.specs.edit import with_value
from tests import browser as real
from tests.e2e.test_accessible import RULES


def drawn(page: Page, key: str) -> None:
    """Wait until a chart has its picture."""
    expect(page.locator(f".st-key-{key} canvas").first).to_be_visible()
    real.settled(page)


def query(page: Page) -> str:
    """The part of the address behind the question mark."""
    return page.url.partition("?")[2]


def test_an_experiment_a_link_and_a_race(open_tab, store):
    draft = store.drafts.create(with_value(recipes.recipe("spiral").spec, "training.epochs", 3), "local")
    page = open_tab(f"/Activations?draft={draft.id}")
    drawn(page, "activation-curves")
    page.get_by_role("button", name="Twenty sigmoids in a row").click()
    page.get_by_text("Less than a billionth").click()
    expect(page.get_by_text("and that is right.")).to_be_visible()
    expect(page).to_have_url(re.compile("show=sigmoid(,|%2C)tanh"))
    outcome = page.get_by_text(re.compile(r"sigmoid × \de-1\d"))
    expect(outcome).to_be_visible()

    slider = page.get_by_role("slider", name="Layers")
    slider.press("ArrowRight")
    expect(page).to_have_url(re.compile("layers=21"))
    drawn(page, "depth-gradient")
    expect(slider).to_have_value("21")
    real.settled(page)
    there = outcome.inner_text()

    other = open_tab(f"/Activations?{query(page)}")
    drawn(other, "depth-gradient")
    expect(other.get_by_role("slider", name="Layers")).to_have_value("21")
    expect(other.get_by_text(re.compile(r"sigmoid × \de-1\d"))).to_have_text(there)

    other.get_by_role("radio", name="Train them").click()
    real.press(other, "Race these 2 in lockstep")
    other.wait_for_url(re.compile("/Optimizers.*race="))
    expect(other.get_by_role("button", name="Race again")).to_be_visible(timeout=120_000)
    (raced,) = store.comparisons.find("local", limit=1)
    assert raced.kind == "race"
    runs = [member.run_id for member in raced.members]
    assert len({store.runs.run(run_id).fair_start["order"] for run_id in runs}) == 1
    specs = [store.runs.spec(run_id) for run_id in runs]
    assert [spec.model.layers[0].args["activation"] for spec in specs] == ["sigmoid", "tanh"]
    assert [spec.model.layers[-1] for spec in specs] == [draft.spec.model.layers[-1]] * 2

    real.press(page, "Use in my model")
    real.press(page, "Put it into the draft")
    page.wait_for_url(re.compile("/Model"))
    assert store.drafts.draft(draft.id).spec.model.layers[0].args["activation"] == "sigmoid"


def test_losses_are_moved_and_taken(open_tab, store):
    draft = store.drafts.create(recipes.recipe("linear-regression-by-hand").spec, "local")
    page = open_tab(f"/Losses?draft={draft.id}")
    squared = page.get_by_text(re.compile("MeanSquaredError: y ="))
    before = squared.inner_text()
    for _step in range(10):  # one is less than the words show
        page.get_by_role("slider", name="Height of the orange point").press("ArrowRight")
    expect(squared).not_to_have_text(before)
    for task, key in (("Two classes", "logits-chart"), ("Several classes", "triangle-SparseCategoricalCrossentropy")):
        page.get_by_role("radio", name=task).click()
        drawn(page, key)
    page.get_by_role("radio", name="Numbers").click()
    real.press(page, "Use in my draft")
    page.get_by_test_id("stPopoverBody").get_by_text("Huber", exact=True).click()
    real.press(page, "Put it into the draft")
    page.wait_for_url(re.compile("/Train"))
    assert store.drafts.draft(draft.id).spec.training.loss.kind == "Huber"


def test_no_rule_of_wcag_aa_is_broken(open_tab):
    broken = []
    for path, key, is_dark in (
        ("/Activations", "depth-gradient", False),
        ("/Losses?task=binary", "logits-chart", True),
    ):
        page = open_tab(path, is_dark=is_dark)
        drawn(page, key)
        found = Axe().run(page, options=RULES).response["violations"]
        broken += [f"{path}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]
    assert broken == [], "\n".join(broken)


def test_on_a_phone(open_tab):
    page = open_tab("/Activations", is_phone=True, width=390, height=844)
    drawn(page, "activation-curves")
    drawn(page, "depth-gradient")
