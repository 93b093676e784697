"""What is done on a page before its picture is taken or its rules are checked."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


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
