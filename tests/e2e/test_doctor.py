"""A run that breaks says why and what helps; one click mends it, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from playground.runs import Store
from playground.specs.edit import with_value
from tests import browser as real
from tests.e2e.test_build_and_train import TABLE, draft_of, run_of

pytestmark = pytest.mark.e2e


def test_a_loss_that_became_nan_is_explained_and_mended_by_one_click(open_tab, store: Store):
    moons = {"source": "moons", "options": {"n_samples": 200}, **TABLE}
    draft = draft_of(store, moons, "mlp", "Broken", training__epochs=5)
    broken = with_value(draft.spec, "training.optimizer", {"kind": "SGD", "args": {"learning_rate": 1e9}})
    broken = with_value(broken, "training.loss", "MeanSquaredError")
    broken = with_value(broken, "model.layers.2.args.activation", "linear")
    store.drafts.save(draft.id, broken, draft.revision)
    page = open_tab(f"/Train?draft={draft.id}")
    expect(page.locator(".st-key-before")).to_contain_text("A place is free")
    real.press(page, "Start")
    real.state(page, "Failed")
    doctor = page.locator(".st-key-doctor")
    expect(doctor).to_contain_text(re.compile(r"first layer to give|had left|the loss of them"))
    expect(doctor).to_contain_text("The learning rate is 1e+09.")
    expect(page.locator(".st-key-device")).to_contain_text(re.compile(r"Memory .* at most"))
    real.press(doctor.locator(".st-key-try-slower"), "Try it")
    real.state(page, "Finished")
    expect(doctor).to_have_count(0)
    assert run_of(page, store).state == "finished"
    assert store.drafts.draft(draft.id).spec.training.optimizer.args["learning_rate"] < 1e9
