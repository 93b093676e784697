"""A fair race in a real browser: chosen, watched together, paused, gone on after a reload, its first taken."""

import re

from playwright.sync_api import expect

from playground.specs.edit import with_value
from tests import browser as real
from tests.faults.engine import wait_for
from tests.shown import begun

LIMIT_MS = 90_000


def test_a_race_is_chosen_watched_paused_reloaded_and_won(open_tab, store, client):
    spec = with_value(begun("iris", "mlp"), "training.epochs", 4_000)
    draft = store.drafts.create(spec, "local")
    page = open_tab(f"/Optimizers?part=race&by=rates&who-rates=0.0001,0.01&draft={draft.id}")
    expect(page.get_by_text("2 runs, all of one seed at the same step.")).to_be_visible(timeout=LIMIT_MS)
    real.press(page, "Start the race of 2")
    expect(page.locator(".st-key-compare-curves canvas").first).to_be_visible(timeout=LIMIT_MS)
    (race,) = store.comparisons.find("local", limit=1)
    for member in race.members:
        wait_for(client, member.run_id, lambda run: run.epoch >= 20)
    real.press(page, "Pause")
    expect(page.get_by_role("button", name="Resume")).to_be_enabled(timeout=LIMIT_MS)
    runs = [store.runs.run(member.run_id) for member in race.members]
    assert runs[0].pid == runs[1].pid
    assert runs[0].fair_start == runs[1].fair_start != {}
    assert "paused" in {run.state for run in runs}
    page.reload()
    real.settled(page)
    expect(page.get_by_text("Checked: the same first weights, and the same batches")).to_be_visible(timeout=LIMIT_MS)
    for run in runs:
        store.runs.ask(run.id, "finish")
    real.press(page, "Resume")
    expect(page.get_by_role("button", name="Race again")).to_be_visible(timeout=LIMIT_MS)
    first = page.get_by_test_id("stTable").get_by_role("row").nth(1)
    expect(first).to_contain_text("0.01")
    real.press(page, "Take 0.01 into the draft")
    page.wait_for_url(re.compile("/Train"), timeout=LIMIT_MS)
    taken = store.drafts.draft(draft.id).spec
    assert taken == with_value(spec, "learning_rate", 0.01)
