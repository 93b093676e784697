"""What is done on a page before its picture is taken or its rules are checked."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import FrameLocator, Page, expect

from tests import browser as real

THREE = [(0.3, 0.25), (0.4, 0.15), (0.6, 0.17), (0.67, 0.3), (0.45, 0.46), (0.7, 0.58), (0.66, 0.77), (0.45, 0.86)]
"""A 3, in shares of the pad."""


def offline(page: Page) -> None:
    """Leave out the examples that download their data."""
    page.get_by_text("Runs offline", exact=True).click()
    expect(page.get_by_text("Downloads its data once")).to_have_count(0)


def verdict(page: Page) -> None:
    """Scroll to what the run says."""
    page.locator(".st-key-verdict").evaluate("(one) => one.scrollIntoView({block: 'start'})")


def templates(page: Page) -> None:
    """Open the list of templates."""
    page.locator(".st-key-templates button:visible").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def share(page: Page) -> None:
    """Open the panel with the link."""
    page.get_by_role("button", name="Share").click()
    expect(page.locator(".stCode:visible code").filter(has_text="?spec=")).to_be_visible()


def row(name: str, field: str = "") -> Callable[[Page], None]:
    """Opens the row of a layer, and scrolls to a field of its form."""

    def act(page: Page) -> None:
        page.locator(f".st-key-chevron-{name} button").click()
        expect(page.locator(f".st-key-open-{name}")).to_be_visible()
        page.mouse.move(0, 0)  # a button under the mouse has another colour
        if field:
            page.get_by_label(field, exact=True).first.scroll_into_view_if_needed()

    return act


def search(words: str) -> Callable[[Page], None]:
    """Types into the search for a layer, and takes nothing."""

    def act(page: Page) -> None:
        page.get_by_role("combobox", name="Search for a layer").press_sequentially(words)
        expect(page.get_by_role("option").first).to_be_visible()

    return act


def tab(name: str, text: str) -> Callable[[Page], None]:
    """Opens a tab beside the layers, and waits for what it says."""

    def act(page: Page) -> None:
        page.get_by_role("tab", name=name, exact=True).click()
        expect(page.get_by_text(text).locator("visible=true").first).to_be_visible()

    return act


def inside(name: str, text: str) -> Callable[[Page], None]:
    """Opens the window with what Keras says of the model, and one of its tabs."""

    def act(page: Page) -> None:
        page.locator(".st-key-inside button:visible").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        tab(name, text)(page)

    return act


def importing(file: Path) -> Callable[[Page], None]:
    """Gives a model file to the import, and leaves the dialog as it stands."""

    def act(page: Page) -> None:
        templates(page)
        page.locator(".st-key-import button:visible").click()
        page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)
        expect(page.locator(".st-key-import-behind")).to_be_visible()

    return act


def more_settings(page: Page) -> None:
    """Opens the settings behind the first five."""
    page.locator(".st-key-settings-more summary").first.click()
    expect(page.get_by_label("Seed").locator("visible=true").first).to_be_visible()  # the last of them has unfolded
    page.get_by_label("Metrics").first.evaluate("(one) => one.scrollIntoView({block: 'center'})")


def computed(page: Page) -> None:
    """Wait until what Keras computes for the page is there."""
    expect(page.get_by_text("The engine is starting").locator("visible=true")).to_have_count(0)
    expect(page.locator('[data-testid="stSpinner"], [data-testid="stProgress"]')).to_have_count(0)
    real.settled(page)


def played(page: Page) -> None:
    """Have the page Playground learn for a while, and stop it."""
    page.get_by_role("button", name=re.compile(r"^Play\b")).click()
    page.wait_for_timeout(6_000)
    page.get_by_role("button", name=re.compile(r"^Pause\b")).click()
    expect(page.get_by_role("button", name=re.compile(r"^Play\b"))).to_be_visible()
    real.settled(page)


def pad(page: Page) -> FrameLocator:
    """The frame that is drawn in."""
    return page.frame_locator("iframe[title*='pad']")


def draw(page: Page, points: Sequence[tuple[float, float]], steps: int) -> None:
    """Draw one stroke with the mouse, which is told of ``steps`` places between two of ``points``."""
    box = pad(page).locator("canvas").bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=steps)
    page.mouse.up()


def three(page: Page) -> None:
    """Draw a 3, and wait for the answer."""
    computed(page)
    draw(page, THREE, 8)
    expect(page.locator(".st-key-predict-headline").get_by_role("heading")).to_be_visible()
    real.settled(page)
