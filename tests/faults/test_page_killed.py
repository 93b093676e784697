"""The page's server dies or is interrupted while a run trains: the run does not notice, and is there afterwards."""

import os
import re
import signal
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from tests import browser as real
from tests.faults.engine import LIMIT_S, long_spec, no_slot_free, training, wait_for

pytestmark = pytest.mark.faults


def test_a_run_finishes_although_the_server_that_asked_for_it_is_killed(client, chromium):
    """Started by a click; SIGKILL for the server before the first step; another shows what became of the run."""
    server = real.Server(client.settings.home, client.settings.slots_dir, cpu_slots=1)
    server.start()
    try:
        with real.tab(chromium) as page:
            page.goto(server.address)
            with no_slot_free(client):
                page.locator(".st-key-run-digits-cnn button").click()
                page.wait_for_url("**/Train?*")
                run_id = parse_qs(urlparse(page.url).query)["run"][0]
                client.request(run_id, "pause")
            wait_for(client, run_id, lambda run: run.state == "paused")
            real.state(page, "Paused")
            real.settled(page)  # a picture on its way would be missed by the browser, which says so
            server.kill()
        assert not real.is_healthy(server.port)
        client.request(run_id, "resume")
        run = wait_for(client, run_id, lambda run: run.is_ended)
        assert run.state == "finished"
        assert run.epoch == run.epochs
        server.start()
        with real.tab(chromium) as page:
            page.goto(f"{server.address}/Train?run={run_id}")
            real.state(page, "Finished")
            expect(page.get_by_text(re.compile(f"{run.step} points"))).to_be_visible()
    finally:
        server.kill()


def test_ctrl_c_in_make_run_ends_the_page_and_not_the_runs(client):
    """The whole process group of ``make run`` gets SIGINT, as a terminal sends it."""
    server = real.Server(client.settings.home, client.settings.slots_dir, command=("make", "--silent", "run"))
    server.start()
    run = wait_for(client, client.submit(long_spec()), training)
    os.killpg(server.process.pid, signal.SIGINT)
    server.process.wait(LIMIT_S)
    assert not real.is_healthy(server.port)
    assert client.ping() is not None
    wait_for(client, run.id, lambda now: now.step > run.step)
