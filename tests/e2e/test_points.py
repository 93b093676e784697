"""Points set by hand in a real browser: by mouse and by keyboard, and a network that learns them."""

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from playground import data
from playground.runs import Store
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from tests import browser as real
from tests.e2e.test_build_and_train import train
from tests.e2e.test_data import until


@pytest.fixture
def page(open_tab, store) -> Page:
    """The Data page with the points that are there at first, and a network for them."""
    dataset = first_dataset("points")
    spec = with_value(started(dataset, data.outline(dataset), "mlp"), "training.epochs", 3)
    draft = store.drafts.create(spec, "local")
    page: Page = open_tab(f"/Data?draft={draft.id}")
    expect(plane(page).locator(".count")).to_have_text("40 points")
    real.settled(page)
    return page


def plane(page: Page) -> FrameLocator:
    """The frame in which the points are drawn."""
    return page.frame_locator("iframe[title*='points']")


def points(page: Page, store: Store) -> list[tuple[float, float, int]]:
    """The points of the draft."""
    options = store.drafts.draft(parse_qs(urlparse(page.url).query)["draft"][0]).spec.dataset.options
    return list(zip(*(options.get(name, ()) for name in ("x1", "x2", "label")), strict=True))


def test_a_press_sets_a_point_and_another_removes_it_and_the_network_learns_them(page, store):
    frame = plane(page)
    frame.get_by_role("radio", name="Class 2").click()
    corners = [{"x": 40 + 20 * at, "y": 30} for at in range(12)]
    for number, corner in enumerate(corners, 41):
        frame.get_by_role("img").click(position=corner)
        expect(frame.locator(".count")).to_have_text(f"{number} points")
    until(lambda: [label for *_, label in points(page, store)].count(1) == 32, "no points were added")
    x, y, _ = points(page, store)[-1]
    assert -1 <= x <= 1
    assert 0.7 < y <= 1, "up is up"
    frame.get_by_role("img").click(position=corners[-1])
    until(lambda: len(points(page, store)) == 51, "the point was not removed")
    real.settled(page)
    page.goto(page.url.replace("/Data?", "/Train?"))
    assert train(page, store).n_train == 35, "of the 51 points, 8 validate and 8 test"


def test_the_table_changes_adds_and_removes_points_by_keyboard(page, store):
    page.get_by_text("As a table").click()
    table = page.locator(".st-key-points-as-table").get_by_test_id("stDataFrame")
    table.locator(".dvn-scroller").click(position={"x": 80, "y": 50})
    for value in ("0.5", "-0.5"):  # Enter goes on to the next row: the table keeps the focus
        page.keyboard.press("Enter")
        cell = page.locator(".gdg-input")
        expect(cell).to_be_focused()
        cell.fill(value)
        expect(cell).to_have_value(value)
        cell.press("Enter")
        expect(cell).to_have_count(0)
        until(lambda value=value: float(value) in [x for x, *_ in points(page, store)], "the cell was not changed")
        real.settled(page)
    assert [x for x, *_ in points(page, store)[:2]] == [0.5, -0.5]
    table.hover()
    page.get_by_role("button", name="Add row").click()
    until(lambda: len(points(page, store)) == 41, "no row was added")
    assert points(page, store)[-1] == (0.0, 0.0, 0)
    real.settled(page)
    table.locator(".dvn-scroller").click(position={"x": 15, "y": 50})
    page.keyboard.press("Delete")
    until(lambda: len(points(page, store)) == 40, "no row was removed")
