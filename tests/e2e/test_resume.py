"""A run whose process is killed is resumed from the page, then continued: the curve goes on as if nothing had been."""

import os
import re
import signal
from urllib.parse import parse_qs, urlparse

import numpy as np
from playwright.sync_api import expect

from playground.data import outline
from playground.runs.history import history
from playground.specs import DatasetSpec
from playground.specs.templates import started
from tests import browser as real
from tests.faults.engine import no_slot_free, wait_for

DIGITS = {"source": "digits", "steps": [{"kind": "scale", "args": {"maximum": 16}}]}


def test_killed_resumed_and_continued(open_tab, store, client):
    dataset = DatasetSpec.model_validate(DIGITS)
    spec = started(dataset, outline(dataset), "mlp", seed=7)
    training = spec.training.model_copy(update={"epochs": 5})
    draft = store.drafts.create(spec.model_copy(update={"name": "Resumed", "training": training}), "local")
    page = open_tab(f"/Train?draft={draft.id}")
    with no_slot_free(client):
        real.press(page, "Start")
        page.wait_for_url("**run=*")
        run_id = parse_qs(urlparse(page.url).query)["run"][0]
        client.request(run_id, "pause")
    real.state(page, "Paused")
    client.request(run_id, "speed", steps_per_s=20)
    client.request(run_id, "resume")
    run = wait_for(client, run_id, lambda run: bool(run.saved) and run.step > run.saved["step"])
    os.kill(run.pid, signal.SIGKILL)
    real.state(page, "Failed")
    resume = page.get_by_role("button", name=re.compile(r"Resume from (epoch|batch) \d"))
    expect(resume).to_be_visible()
    resume.click()
    real.state(page, "Finished")
    expect(page.locator(".st-key-happened")).to_contain_text("Resumed from the state saved after epoch")
    whole = store.runs.run(run_id)
    assert (whole.state, whole.epoch, whole.step) == ("finished", 5, 5 * whole.steps_per_epoch)
    expect(page.get_by_text(f"Batch line: all {whole.step} points.")).to_be_visible()

    real.press(page, "Continue")
    more = page.get_by_role("spinbutton", name="More epochs", exact=True)
    more.fill("3")
    more.press("Enter")
    page.locator(f".st-key-go-on-{run_id} button").click()
    page.wait_for_url(lambda url: f"run={run_id}" not in url)
    new = wait_for(client, parse_qs(urlparse(page.url).query)["run"][0], lambda run: run.is_ended)
    assert (new.from_run, new.epoch) == (run_id, 8)
    steps = [event.columns["batch/step"] for event in history(store.runs, new.id) if "batch/step" in event.columns]
    np.testing.assert_array_equal(np.concatenate(steps), np.arange(1, 8 * new.steps_per_epoch + 1))
    expect(page.get_by_text(f"Batch line: all {new.step} points.")).to_be_visible()
    assert store.drafts.draft(draft.id).spec.training.epochs == 8, "the draft is what its newest run is"
    expect(page.get_by_role("button", name="Start again", exact=True)).to_be_visible()
