"""From Home to a trained network and back, with mouse and keyboard, in a real browser."""

import os
import re
import signal
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests import browser as real
from tests.faults.engine import long_spec, no_slot_free, training, until, wait_for
from tests.sweeps import some


def start(page: Page, example: str) -> str:
    """Press Run on an example's card; returns the run's id once its page is open."""
    page.locator(f".st-key-run-{example} button").click()
    page.wait_for_url("**/Train?*")
    return parse_qs(urlparse(page.url).query)["run"][0]


def points(page: Page) -> int:
    """How many batches the curves say they show; 0 before the first."""
    said = page.get_by_text(re.compile(r"^Batch line:"))
    if not said.count():
        return 0
    found = re.search(r"([\d,]+) points", said.first.inner_text())
    assert found is not None
    return int(found[1].replace(",", ""))


def grown(page: Page, before: int) -> int:
    """Wait until the curves show more than ``before`` batches; returns how many."""
    until(lambda: points(page) > before, f"still {before} points")
    return points(page)


def test_an_example_is_trained_watched_stopped_and_found_again(open_tab, store, client):
    page = open_tab()
    with no_slot_free(client):
        run_id = start(page, "digits-cnn")
        client.request(run_id, "speed", steps_per_s=5)  # it would be over in seconds
    first = grown(page, 0)
    chart = page.locator(".st-key-chart-loss canvas").first
    drawn = real.picture(chart)
    grown(page, first)
    assert store.runs.run(run_id).state == "running"
    page.get_by_role("button", name="Stop").click()
    real.state(page, "Stopped")
    real.changed(chart, drawn)
    run = store.runs.run(run_id)
    assert run.state == "stopped"
    until(lambda: run.step == points(page), "every batch that was trained is in the picture")
    page.get_by_role("link", name="Home").click()
    page.get_by_role("heading", name="Your last runs").wait_for()
    row = page.locator(".st-key-last-runs")
    expect(row).to_contain_text("Stopped")
    row.get_by_role("link", name="Open").first.click()
    page.wait_for_url("**/Train?*")
    real.state(page, "Stopped")
    assert run_id in page.url
    page.reload()
    real.settled(page)
    real.state(page, "Stopped")
    assert run_id in page.url
    until(lambda: points(page) == run.step, "and after a reload")


def test_a_link_opens_the_run_on_a_server_that_has_just_started(client, chromium, store):
    run = wait_for(client, client.submit(long_spec(epochs=3, name="Behind a link")), lambda run: run.is_ended)
    server = real.Server(client.settings.home, client.settings.slots_dir)
    server.start()
    try:
        with real.tab(chromium) as page:
            page.goto(f"{server.address}/Train?run={run.id}")
            expect(page.get_by_role("heading", name="Behind a link")).to_be_visible()
            real.state(page, "Finished")
            until(lambda: points(page) == run.step, "all points are drawn")
    finally:
        server.kill()


def test_the_page_says_that_a_run_was_killed(open_tab, client):
    run = wait_for(client, client.submit(long_spec(name="Killed")), training)
    page = open_tab(f"/Train?run={run.id}")
    real.state(page, "Running")
    os.kill(run.pid, signal.SIGKILL)
    page.get_by_text(re.compile("killed from outside")).first.wait_for()
    real.state(page, "Failed")
    page.get_by_role("button", name="Run again").click()
    page.wait_for_url(lambda address: run.id not in address)
    real.state(page, "Running")
    page.get_by_role("button", name="Stop").click()
    real.state(page, "Stopped")


def test_the_keyboard_alone_starts_an_example(open_tab):
    page = open_tab()
    press_tab_to(page, "Run", nth=2)
    page.keyboard.press("Enter")
    page.wait_for_url("**/Train?*")
    real.state(page, "Finished")


def test_the_keyboard_alone_pauses_steps_and_stops(open_tab, client, store):
    run = wait_for(client, client.submit(long_spec(name="By keyboard")), training)
    page = open_tab(f"/Train?run={run.id}")
    grown(page, 0)
    page.keyboard.press("p")
    real.state(page, "Paused")
    before = store.runs.run(run.id).step
    press_tab_to(page, "Step")
    page.keyboard.press("Enter")
    stepped = wait_for(client, run.id, lambda run: run.step != before)
    assert (stepped.step, stepped.state) == (before + 1, "paused")
    real.state(page, "Paused")
    press_tab_to(page, "Stop")
    page.keyboard.press("Enter")
    real.state(page, "Stopped")
    assert store.runs.run(run.id).step == before + 1


def press_tab_to(page: Page, name: str, nth: int = 1) -> None:
    """Press Tab until the focus has come to a button called ``name`` for the ``nth`` time."""
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate("document.activeElement.tagName === 'BUTTON' ? document.activeElement.innerText : ''")
        nth -= name in found.split("\n")
        if nth == 0:
            return
    pytest.fail(f"Tab never reached {name}")


@pytest.mark.parametrize("look", some(real.LOOKS, 3), ids=str)
def test_both_pages_fit_every_screen_without_errors(open_tab, client, look):
    run = wait_for(client, client.submit(long_spec(epochs=2, name="Fits")), lambda run: run.is_ended)
    for path in ("/", f"/Train?run={run.id}", "/Train?run=nothing"):
        open_tab(path, **look)
