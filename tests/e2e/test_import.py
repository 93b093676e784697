"""A trained model is brought from a file: what stays behind is listed, and training goes on from its weights."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from playground import recipes
from playground.engine.client import Client
from playground.settings import settings
from playground.specs.edit import with_value
from tests import browser as real
from tests.faults.engine import wait_for


@pytest.fixture(scope="module")
def trained(client: Client) -> tuple[Path, float]:
    """The file that Keras saved of a trained network, and its loss in the last epoch."""
    spec = with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 30)
    run = wait_for(client, client.submit(spec), lambda run: run.is_ended)
    assert run.state == "finished"
    return client.settings.run_dir(run.id) / "model.keras", run.metrics["loss"].last


def test_training_goes_on_from_the_weights_of_a_file(open_tab, client: Client, store, trained):
    file, loss = trained
    spec = with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 1)
    draft = store.drafts.create(spec, settings().owner)
    page = open_tab(f"/Model?draft={draft.id}")
    page.locator(".st-key-templates button:visible").click()
    page.locator(".st-key-import button:visible").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_text("3 layers")).to_be_visible()
    expect(dialog.locator(".st-key-import-behind")).to_contain_text("The optimizer's state is not kept")
    dialog.locator(".st-key-import-replace button:visible").click()
    expect(dialog).to_have_count(0)
    real.settled(page)
    taken = store.drafts.draft(draft.id).spec
    assert [layer.kind for layer in taken.model.layers] == [layer.kind for layer in spec.model.layers]
    assert taken.model.weights is not None
    expect(page.get_by_text("Everything fits.")).to_be_visible()

    def first(of) -> float:
        run = wait_for(client, client.submit(of), lambda run: run.is_ended)
        assert run.state == "finished", run.error
        return run.metrics["loss"].last

    going_on, fresh = first(taken), first(spec)
    assert going_on < 2 * loss + 0.05 < fresh / 3

    page.locator(".st-key-weights-fresh button:visible").click()
    expect(page.get_by_text("Training starts from kept weights.")).to_have_count(0)
    assert store.drafts.draft(draft.id).spec.model.weights is None
    page.locator(".st-key-undo button:visible").click()
    expect(page.get_by_text("Training starts from kept weights.")).to_be_visible()
    page.locator(".st-key-undo button:visible").click()
    expect(page.get_by_text("Training starts from kept weights.")).to_have_count(0)
    assert store.drafts.draft(draft.id).spec == spec


def test_a_file_that_is_none_is_refused_in_words(open_tab, store, tmp_path: Path):
    draft = store.drafts.create(recipes.recipe("digits-mlp").spec, settings().owner)
    bad = tmp_path / "bad.keras"
    bad.write_bytes(b"PK\x03\x04 and nothing else")
    page = open_tab(f"/Model?draft={draft.id}")
    page.locator(".st-key-templates button:visible").click()
    page.locator(".st-key-import button:visible").click()
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(bad)
    expect(page.get_by_role("alert")).to_contain_text("The archive is damaged or incomplete")
    assert store.drafts.draft(draft.id).revision == 1


def test_summary_configuration_and_weights_of_a_run(open_tab, client: Client, store):
    spec = with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 2)
    draft = store.drafts.create(spec, settings().owner)
    page = open_tab(f"/Model?draft={draft.id}")
    expect(page.get_by_text("Everything fits.")).to_be_visible()
    page.locator(".st-key-inside button:visible").click()
    expect(page.get_by_test_id("stCode")).to_contain_text("Total params: 4,810")
    page.get_by_role("tab", name="Config").click()
    expect(page.locator(".st-key-config")).to_contain_text("Functional")
    page.get_by_role("tab", name="Weights").click()
    expect(page.get_by_text("Weights appear after the first run.")).to_be_visible()
    run_id = client.submit(spec, draft_id=draft.id)
    assert wait_for(client, run_id, lambda run: run.is_ended).state == "finished"
    page.reload()
    real.settled(page)
    page.locator(".st-key-inside button:visible").click()
    page.get_by_role("tab", name="Weights").click()
    expect(page.locator(".st-key-weight-chart")).to_be_visible()
    page.locator(".st-key-weights-go-on button:visible").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Training starts from kept weights.")).to_be_visible()
    digest = store.drafts.draft(draft.id).spec.model.weights
    assert (client.settings.weights_dir / f"{digest}.weights.h5").exists()
    page.locator(f".st-key-chevron-{spec.model.layers[1].name} button").click()
    units = page.get_by_role("spinbutton", name="Units")
    units.fill("33")
    units.press("Enter")
    expect(page.get_by_text("start from fresh weights, or undo the change")).to_be_visible()
