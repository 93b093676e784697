"""From a draft to a trained network on the Train page, with mouse and keyboard, in a real browser."""

import re
import time
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from playground.data import opened, outline
from playground.runs import Draft, Run, Store
from playground.specs import DatasetSpec, RunSpec
from playground.specs.edit import with_value
from playground.specs.templates import started
from tests import browser as real
from tests.sweeps import some

DIGITS = {"source": "digits", "steps": [{"kind": "scale", "args": {"maximum": 16}}, {"kind": "add_channel"}]}
TABLE = {"steps": [{"kind": "standardise"}]}


def draft_of(store: Store, dataset: dict, template: str, name: str, **changes: object) -> Draft:
    """A draft of ``template`` on ``dataset``, as the Data and Model pages would leave it."""
    chosen = DatasetSpec.model_validate(dataset)
    spec = started(chosen, outline(chosen), template, seed=7).model_copy(update={"name": name})
    for path, value in changes.items():
        spec = with_value(spec, path.replace("__", "."), value)
    return store.drafts.create(spec, "local")


def run_of(page: Page, store: Store) -> Run:
    """The run that the address names."""
    return store.runs.run(parse_qs(urlparse(page.url).query)["run"][0])


def train(page: Page, store: Store, label: str = "Start") -> Run:
    """Press Start and wait for the end; returns the run."""
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_role("button", name=re.compile("Cancel|Pause"))).to_be_visible()
    real.state(page, "Finished")
    return run_of(page, store)


def put(page: Page, label: str, value: object) -> None:
    """Write ``value`` into the number field ``label`` and press Enter."""
    field = page.get_by_role("spinbutton", name=label, exact=True)
    field.fill(str(value))
    field.press("Enter")


def saved(store: Store, draft: Draft, path: str, value: object) -> RunSpec:
    """The draft's spec once it has ``value`` at ``path``."""
    wanted = with_value(draft.spec, path, value)
    deadline = time.monotonic() + 20
    while (spec := store.drafts.draft(draft.id).spec) != wanted:
        assert time.monotonic() < deadline, f"{path}: {spec}"
        time.sleep(0.05)
    return spec


def test_a_cnn_on_digits_reads_more_than_95_of_100(open_tab, store):
    draft = draft_of(store, DIGITS, "cnn", "Digits CNN")
    page = open_tab(f"/Train?draft={draft.id}")
    real.state(page, "Ready")
    run = train(page, store)
    assert run.digest == draft.spec.digest
    assert run.metrics["val_accuracy"].best > 0.95
    expect(page.get_by_text("Result on the test part")).to_be_visible()
    expect(page.get_by_text(re.compile("35,914 parameters"))).to_be_visible()


def test_xor_needs_a_hidden_layer(open_tab, store):
    changes = {"learning_rate": 0.03, "epochs": 60}
    straight = draft_of(store, {"source": "xor"}, "logistic", "XOR, straight", **changes)
    run = train(open_tab(f"/Train?draft={straight.id}"), store)
    assert run.metrics["val_accuracy"].last < 0.8
    bent = draft_of(store, {"source": "xor"}, "mlp", "XOR, with hidden layers", **changes)
    run = train(open_tab(f"/Train?draft={bent.id}"), store)
    assert run.metrics["val_accuracy"].last > 0.95


def test_a_regression_on_diabetes_is_better_than_the_mean(open_tab, store, client):
    draft = draft_of(store, {"source": "diabetes", **TABLE}, "mlp", "Diabetes", learning_rate=0.01, epochs=60)
    page = open_tab(f"/Train?draft={draft.id}")
    run = train(page, store)
    prepared = opened(draft.spec.dataset, draft.spec.seed, client.settings)
    assert prepared is not None
    mean = prepared.array("y_train").mean(dtype=np.float64)
    of_the_mean = float(np.mean((prepared.array("y_validation") - mean) ** 2))
    assert run.metrics["val_loss"].last < of_the_mean
    expect(page.get_by_text(re.compile("Always answering the mean would give"))).to_be_visible()


def test_a_change_is_run_again_and_laid_over_the_run_before(open_tab, store):
    draft = draft_of(store, {"source": "xor"}, "mlp", "Compared", epochs=5)
    page = open_tab(f"/Train?draft={draft.id}")
    first = train(page, store)
    put(page, "Learning rate", 0.03)
    saved(store, draft, "learning_rate", 0.03)
    expect(page.locator(".st-key-transport")).to_contain_text("learning_rate 0.001 → 0.03")
    second = train(page, store, "Start again")
    assert second.id != first.id
    expect(page.get_by_text("Run 2 against Run 1: learning_rate 0.001 → 0.03")).to_be_visible()
    page.reload()
    real.settled(page)
    expect(page.get_by_text("Run 2 against Run 1: learning_rate 0.001 → 0.03")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="Learning rate", exact=True)).to_have_value("0.03")


def test_a_draft_that_cannot_run_says_why_and_is_mended_with_one_click(open_tab, store):
    draft = draft_of(store, DIGITS, "mlp", "Too few units", model__layers__output__units=3, epochs=2)
    page = open_tab(f"/Train?draft={draft.id}")
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_disabled()
    expect(page.locator(".st-key-transport")).to_contain_text("10 units")
    page.get_by_role("button", name="Fix it").click()
    expect(start).to_be_enabled()
    run = train(page, store)
    assert store.runs.spec(run.id).model.layers[-1].args["units"] == 10


def test_what_only_keras_knows_blocks_too(open_tab, store):
    draft = draft_of(store, DIGITS, "mlp", "Not flattened", epochs=2)
    layers = [layer.model_dump() for layer in draft.spec.model.layers if layer.kind != "Flatten"]
    store.drafts.save(draft.id, with_value(draft.spec, "model.layers", layers), 1)
    page = open_tab(f"/Train?draft={draft.id}")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Fix it").click()
    train(page, store)


def test_the_keyboard_alone_sets_starts_and_stops(open_tab, store):
    draft = draft_of(store, {"source": "xor"}, "mlp", "By keyboard")
    page = open_tab(f"/Train?draft={draft.id}")
    tab_to(page, "Epochs")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("50000")
    page.keyboard.press("Enter")
    saved(store, draft, "epochs", 50_000)
    expect(page.locator(".st-key-transport")).to_contain_text("50,000 epochs")
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    real.state(page, "Running")
    tab_to(page, "Stop")
    page.keyboard.press("Enter")
    real.state(page, "Stopped")
    assert run_of(page, store).epochs == 50_000
    expect(page.get_by_role("button", name="Start again")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on the button or the field called ``name``."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => ['BUTTON', 'INPUT'].includes(e.tagName) ? e.getAttribute('aria-label') || e.innerText : '')"
            "(document.activeElement)"
        )
        if name in focused.split("\n"):
            return
    pytest.fail(f"Tab never reached {name}")


def test_drafts_are_found_again_on_home_and_two_tabs_work_on_two(open_tab, store):
    one = draft_of(store, {"source": "xor"}, "mlp", "The one draft")
    other = draft_of(store, {"source": "xor"}, "mlp", "The other draft")
    tabs = [open_tab(f"/Train?draft={draft.id}") for draft in (one, other)]
    put(tabs[0], "Epochs", 3)
    put(tabs[1], "Epochs", 4)
    saved(store, one, "epochs", 3)
    saved(store, other, "epochs", 4)
    home = tabs[0]
    home.get_by_role("link", name="Home").click()
    row = home.locator(f".st-key-draft-{other.id}")
    expect(row).to_contain_text("The other draft")
    row.get_by_role("link", name="Open").click()
    home.wait_for_url(f"**/*draft={other.id}*")
    home.get_by_role("link", name="Home").click()
    row = home.locator(f".st-key-draft-{one.id}")
    row.get_by_role("button", name="Delete …").click()
    row.get_by_role("button", name="Delete", exact=True).click()
    expect(row).to_have_count(0)
    assert one.id not in [draft.id for draft in store.drafts.find("local")]


@pytest.mark.parametrize("look", some(real.LOOKS, 3), ids=str)
def test_a_draft_fits_every_screen_without_errors(open_tab, store, look):
    draft = draft_of(store, DIGITS, "cnn", "Fits")
    page = open_tab(f"/Train?draft={draft.id}", **look)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(page.locator(".st-key-stepper")).to_contain_text("compile")


def test_from_an_empty_draft_to_a_trained_cnn_with_the_mouse(open_tab, store):
    page = open_tab()
    page.get_by_role("button", name="New draft").click()
    page.wait_for_url("**/Data*")
    page.locator(".st-key-choose-digits button").click()
    page.locator(".st-key-templates").get_by_role("button", name="CNN").click()
    expect(page.get_by_text(re.compile("CNN: 1?[0-9] layers"))).to_be_visible()
    page.get_by_role("link", name="Next: model").click()
    page.wait_for_url("**/Model?*")
    expect(page.get_by_role("heading", name="Model")).to_be_visible()
    page.get_by_role("link", name="Next: train").click()
    page.wait_for_url("**/Train?*")
    run = train(page, store)
    (draft_id,) = parse_qs(urlparse(page.url).query)["draft"]
    assert run.id in [each.id for each in store.runs.find(draft_id=draft_id)]
    assert run.metrics["val_accuracy"].best > 0.95
