"""A network with a skip connection and two branches, built by mouse and keyboard from nothing, and trained."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from playground import data
from playground.runs import Draft, Store
from playground.settings import settings
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from tests import browser as real


@pytest.fixture
def draft(store: Store) -> Draft:
    """A draft of the digits as images, without layers."""
    dataset = first_dataset("digits")
    steps = [*(step.model_dump() for step in dataset.steps), {"kind": "add_channel"}]
    spec = with_value(started(dataset, data.outline(dataset)), "dataset.steps", steps)
    return store.drafts.create(with_value(spec, "epochs", 3), settings().owner)


def row(page: Page, name: str) -> Locator:
    """The row of a layer."""
    return page.locator(f".st-key-row-{name}")


def add(page: Page, kind: str, name: str, shape: str) -> None:
    """Type a layer's name and press Enter: the first that is found is that layer. Wait for it with its shape."""
    search = page.get_by_role("combobox", name="Search for a layer")
    expect(search).to_have_count(1)  # the one from before the last edit has gone
    search.focus()
    page.keyboard.type(kind)
    expect(page.get_by_role("option").first).to_have_text(re.compile(rf"^{kind}( ·|$)"))
    page.keyboard.press("Enter")
    expect(row(page, name).locator("code")).to_have_text(shape)


def test_a_residual_block_and_two_branches_are_built_and_trained(open_tab, store, draft):
    page = open_tab(f"/Model?draft={draft.id}")
    add(page, "Conv2D", "conv2d", "8 × 8 × 16")
    page.locator(".st-key-layer-duplicate button").click()
    expect(row(page, "conv2d_1").locator("code")).to_have_text("8 × 8 × 16")
    add(page, "GlobalAveragePooling2D", "global_average_pooling2d", "16")
    add(page, "Dense", "dense", "32")
    page.get_by_role("spinbutton", name="Units").fill("10")
    page.get_by_role("spinbutton", name="Units").press("Enter")
    expect(row(page, "dense").locator("code")).to_have_text("10")
    mend = page.locator(".st-key-stack").get_by_role("button", name="Use softmax")
    if mend.count():
        mend.first.click()

    real.settled(page)  # what the last edit has drawn anew is there
    opened = page.locator(".st-key-open-conv2d_1")
    if not opened.is_visible():
        page.locator(".st-key-chevron-conv2d_1 button").click()
    expect(opened).to_be_visible()
    skip = page.get_by_role("button", name="Skip connection")
    skip.focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="conv2d · 8 × 8 × 16").click()
    expect(page.locator(".st-key-wires-add")).to_contain_text("reads conv2d, conv2d_1")
    expect(row(page, "add").locator("code")).to_have_text("8 × 8 × 16")

    expect(page.locator(".st-key-open-add")).to_be_visible()
    real.press(page.locator(".st-key-stack"), "Branch from here")
    expect(row(page, "concatenate").locator("code")).to_have_text("32")
    reads = {layer.name: layer.inputs for layer in store.drafts.draft(draft.id).spec.model.layers}
    assert reads["add"] == ("conv2d", "conv2d_1")
    assert reads["concatenate"] == ("global_average_pooling2d", "global_average_pooling2d_1")
    expect(page.get_by_text("It cannot be trained yet")).to_have_count(0)

    page.get_by_role("link", name="Next: train").click()
    real.settled(page)
    page.get_by_role("button", name="Start").first.click()
    real.state(page, "Finished")
