"""A real Chromium that looks at the app, for benchmarks. Playwright is a development requirement."""

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LIMIT_MS = 60_000


def chromium() -> str:
    """The path of Chromium: PLAYGROUND_CHROMIUM, or the first found on PATH.

    Raises:
        FileNotFoundError: there is none.
    """
    names = (os.environ.get("PLAYGROUND_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError("No Chromium: install Debian's package chromium or set PLAYGROUND_CHROMIUM.")
    return found


@contextlib.contextmanager
def page() -> "Iterator[Page]":
    """A new page of a new Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        try:
            yield browser.new_page()
        finally:
            browser.close()


def drawn_s(address: str) -> float:
    """Seconds from the request until Home's examples are drawn, the browser being ready before."""
    with page() as tab:
        began = time.monotonic()
        tab.goto(address)
        tab.get_by_role("heading", name="Examples").wait_for(timeout=_LIMIT_MS)
        return time.monotonic() - began


def visit(address: str) -> None:
    """Draw Home once."""
    drawn_s(address)
