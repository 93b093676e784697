"""Looking into a network while it trains, in a real browser: every part, its numbers, what it costs, and a pause."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from tests import browser as real
from tests.e2e.test_build_and_train import draft_of, run_of

PLANE = {"source": "spirals"}
SHOWN = {  # what a picture says once the network has been looked at; of samples and histograms, the words below
    "Gradients": r"After epoch [\d.]+: largest in \w+, .*smallest in",
    "Confusion": r"After epoch [\d.]+: \d+ of \d+ validation rows are right",
    "Surface": r"After epoch [\d.]+: first \d+ %, second \d+ %",
    "Dead units": r"After epoch [\d.]+: .*",
}


def switch(page: Page, part: str) -> None:
    """Press the switch of a part."""
    page.locator(".st-key-live-title").get_by_role("button", name=part, exact=True).click()


def card(page: Page, name: str):
    """The card of a part."""
    return page.locator(f".st-key-live-{name}")


def test_a_network_is_looked_into_while_it_trains(open_tab, store, tmp_path):
    draft = draft_of(store, PLANE, "mlp", "Looked into", epochs=100_000)
    page = open_tab(f"/Train?draft={draft.id}")
    real.press(page, "Start")
    expect(page.get_by_text("Live view", exact=True)).to_be_visible()
    expect(card(page, "gradients")).to_have_count(0)
    for part, words in SHOWN.items():
        if part != "Dead units":
            switch(page, part)
            expect(page.get_by_role("img", name=re.compile(words))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Looking took [\d.]+ % of the training time; 3 % is allowed"))).to_be_visible()
    card(page, "gradients").get_by_text("Update to weights", exact=True).click()
    expect(card(page, "gradients").get_by_text(re.compile("About 0.001 is usual"))).to_be_visible()

    page.get_by_role("button", name=re.compile("^Pause")).click()
    real.state(page, "Paused")
    switch(page, "Dead units")  # of a run that stands, which is looked at all the same
    expect(page.get_by_role("img", name=re.compile(SHOWN["Dead units"])).last).to_be_visible()
    switch(page, "Samples")
    expect(card(page, "samples").get_by_text(re.compile(r"\d+ of these 24 validation rows are right"))).to_be_visible()
    found: list[Download] = []

    def kept(download: Download) -> None:
        found.append(download)

    page.on("download", kept)
    # One that begins while the page is being drawn anew may be given up by the browser: then it is asked for again.
    csv_button = card(page, "confusion").get_by_role("button", name="CSV")
    real.press_until(csv_button, lambda: any(download.failure() is None for download in found))
    path = tmp_path / "confusion.csv"
    next(download for download in found if download.failure() is None).save_as(path)
    rows = list(csv.DictReader(Path(path).read_text().splitlines()))
    assert [row["true"] for row in rows] == ["first", "first", "second", "second"]
    run = run_of(page, store)
    assert sum(int(row["rows"]) for row in rows) == min(run.n_validation, 256)

    real.press(page, "Stop")
    real.state(page, "Stopped")
    expect(page.get_by_role("img", name=re.compile(SHOWN["Surface"]))).to_be_visible()
    page.get_by_role("button", name="Smooth, zoom").click()
    expect(page.get_by_role("slider", name="Smoothing")).to_be_visible()
