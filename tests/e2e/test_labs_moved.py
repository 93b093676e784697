"""What is moved by the mouse in the labs: a point that lies off, and a surface that stands up."""

import re

from playwright.sync_api import expect

LIMIT_MS = 90_000


def test_the_point_that_lies_off_is_dragged_and_moved_by_keys(open_tab):
    page = open_tab("/Losses?task=regression")
    point = page.frame_locator("iframe[title*='outlier']").locator(".moved")
    expect(point).to_be_visible(timeout=LIMIT_MS)
    squared = page.get_by_text(re.compile("MeanSquaredError: y ="))
    before = squared.inner_text()
    point.hover()  # scrolls to it
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y + 40, steps=5)
    page.mouse.move(x - 200, y + 60, steps=3)
    page.mouse.up()
    expect(squared).not_to_have_text(before, timeout=LIMIT_MS)
    height = page.get_by_role("slider", name="Height of the orange point")
    said = re.search(r", ([\d.]+);", point.get_attribute("aria-label") or "")
    assert said is not None
    expect(height).to_have_value(said[1], timeout=LIMIT_MS)
    assert float(said[1]) < 14
    expect(page).to_have_url(re.compile("outlier=.*outlier_at=|outlier_at=.*outlier="), timeout=LIMIT_MS)
    point.press("ArrowUp")
    expect(height).to_have_value(f"{float(said[1]) + 0.5:g}", timeout=LIMIT_MS)


def test_a_surface_stands_up_with_the_paths_on_it_and_a_step_has_its_numbers(open_tab):
    page = open_tab("/Optimizers?view=3-D&surface=Bowl")
    expect(page.get_by_test_id("stTable").get_by_role("row")).to_have_count(7, timeout=LIMIT_MS)
    expect(page.locator(".js-plotly-plot .gl-container canvas").first).to_be_visible(timeout=LIMIT_MS)
    rules = page.locator(".st-key-rules")
    expect(rules).to_contain_text("numbers of step 100")
    page.get_by_role("slider", name="Step whose numbers are shown").press("ArrowLeft")
    expect(rules).to_contain_text("numbers of step 99", timeout=LIMIT_MS)
    expect(page).to_have_url(re.compile(r"step\.100=99"))
