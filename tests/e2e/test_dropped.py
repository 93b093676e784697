"""A browser whose connection drops while a run trains, and comes back."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from playground.engine.client import Client
from tests import browser as real
from tests.e2e.test_control import adjust, close, held, press
from tests.faults.engine import wait_for

pytestmark = pytest.mark.e2e
STREAM = re.compile(r"/_stcore/stream")


class Line:
    """The page's connection to the server, which can be cut."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self._now: WebSocketRoute | None = None
        self.tries = 0
        page.route_web_socket(STREAM, self._connect)

    def cut(self) -> None:
        """End the connection; none comes about until :meth:`mend`."""
        self.is_cut = True
        if self._now is not None:
            self._now.close()

    def mend(self) -> None:
        """Let the page connect again."""
        self.is_cut = False

    def _connect(self, route: WebSocketRoute) -> None:
        if self.is_cut:
            self.tries += 1
            route.close()
            return
        self._now = route
        route.connect_to_server()


def test_whoever_comes_back_sees_all_that_happened_meanwhile(open_tab, client: Client):
    run = held(client, "Dropped")
    client.request(run.id, "speed", epochs_per_s=10)  # or it takes the machine from the page that is to come back
    page = open_tab("/")
    line = Line(page)
    page.goto(f"{page.url.split('?')[0].rstrip('/')}/Train?run={run.id}")
    real.settled(page)
    real.state(page, "Paused")

    line.cut()
    client.request(run.id, "set", learning_rate=0.002)
    client.request(run.id, "resume")
    ahead = wait_for(client, run.id, lambda now: now.epoch >= run.epoch + 2)
    while not line.tries:
        page.wait_for_timeout(50)
    real.state(page, "Paused")

    line.mend()
    real.state(page, "Running")
    told = page.locator(".st-key-happened")
    expect(told).to_contain_text("learning_rate 0.002 from here on")
    expect(told).to_contain_text("Resumed")
    pause = page.get_by_role("button", name=re.compile("^Pause( Shortcut .)?$"))
    real.press_until(pause, lambda: client.store.runs.run(run.id).state == "paused")
    stood = client.store.runs.run(run.id)
    assert stood.epoch >= ahead.epoch
    real.state(page, "Paused")
    line.cut()
    client.request(run.id, "finish")
    done = wait_for(client, run.id, lambda now: now.is_ended)
    line.mend()
    real.state(page, "Finished")
    expect(page).to_have_title(re.compile(r"✓ 0\.\d+ · Dropped"))
    assert done.state == "finished"


def test_a_setting_of_the_next_epoch_is_taken_up_by_the_run(open_tab, client: Client):
    run = held(client, "Adjusted")
    page = open_tab(f"/Train?run={run.id}")
    real.state(page, "Paused")
    adjust(page)
    page.get_by_role("spinbutton", name="batch_size").fill("16")
    page.keyboard.press("Enter")
    press(page, "Change")
    close(page)
    press(page, "Resume")
    changed = wait_for(client, run.id, lambda now: bool(now.adjusted))
    assert changed.adjusted["values"] == {"training.batch_size": 16}
    expect(page.locator(".st-key-happened")).to_contain_text("batch_size 16 from here on")
    before = run.steps_per_epoch or 0
    now = wait_for(client, run.id, lambda now: now.epoch > changed.adjusted["turns"][0][0] + 1)
    assert now.steps_per_epoch in (2 * before, 2 * before - 1)
    press(page, "Stop")
    real.state(page, "Stopped")
