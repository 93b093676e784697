"""The lab of optimizers in a real browser: paths, another start by a click, an experiment, a race on a network."""

import re

from playwright.sync_api import expect

from tests import browser as real

LIMIT_MS = 90_000


def test_paths_are_drawn_moved_by_a_click_and_raced(open_tab, store):
    page = open_tab("/Optimizers?surface=Bowl")
    table = page.get_by_test_id("stTable")
    expect(table.get_by_role("row")).to_have_count(7, timeout=LIMIT_MS)
    ground = page.locator(".js-plotly-plot .nsewdrag").first
    expect(ground).to_be_visible(timeout=LIMIT_MS)
    box = ground.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 0.25 * box["height"])
    expect(page).to_have_url(re.compile(r"bowl\.x=(0\.9|1)"), timeout=LIMIT_MS)
    expect(page).to_have_url(re.compile(r"bowl\.y=(0\.9|1)"))
    page.get_by_role("button", name="Momentum in a ravine").click()
    page.get_by_text("SGD with momentum", exact=True).click()
    expect(page.get_by_text("and that is right")).to_be_visible(timeout=LIMIT_MS)
    expect(table.get_by_role("row").nth(1)).to_contain_text("Momentum", timeout=LIMIT_MS)
    real.settled(page)
    page.get_by_role("button", name="Race these 2 in lockstep").click()
    expect(page).to_have_url(re.compile("race="), timeout=LIMIT_MS)
    expect(
        page.get_by_role("button", name="Stop all").or_(page.get_by_role("button", name="Race again"))
    ).to_be_visible(timeout=LIMIT_MS)
    (compared,) = store.comparisons.find("local", limit=1)
    assert compared.kind == "race"
    specs = [store.runs.spec(member.run_id) for member in compared.members]
    assert [spec.training.optimizer.args.get("momentum", 0.0) for spec in specs] == [0.0, 0.9]
    assert len({spec.model_copy(update={"training": specs[0].training}).digest for spec in specs}) == 1
