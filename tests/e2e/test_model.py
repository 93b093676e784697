"""The Model page in a real browser: layers are added, mended, edited, moved, taken back, and kept."""

import itertools
import re

import pytest
from playwright.sync_api import Page, expect

from playground import recipes
from playground.runs import Draft, Store
from playground.settings import settings
from playground.specs.edit import with_value
from playground.specs.stack import rows
from tests import browser as real
from tests.sweeps import some


@pytest.fixture
def draft(store: Store) -> Draft:
    """A draft of a small network for the digits."""
    spec = recipes.recipe("digits-mlp").spec
    return store.drafts.create(spec.model_copy(update={"name": "In the browser"}), settings().owner)


def names(store: Store, draft: Draft) -> list[str]:
    """The layers of the draft as the store has them, those that are off in brackets."""
    model = store.drafts.draft(draft.id).spec.model
    return [row.layer.name if row.is_on else f"({row.layer.name})" for row in rows(model)]


def shown(page: Page, *layers: str) -> None:
    """Wait until the stack shows these layers in this order."""
    for above, below in itertools.pairwise(layers):
        row = page.locator(f".st-key-row-{above}, .st-key-row-{below}")
        expect(row.first).to_have_class(re.compile(f"st-key-row-{above}( |$)"))
        expect(row).to_have_count(2)


def act(page: Page, name: str) -> None:
    """Press a button of the open row."""
    real.press(page.locator(".st-key-stack"), name)


def add_by_keyboard(page: Page, kind: str) -> None:
    """Type into the search, and press Enter."""
    search = page.get_by_role("combobox", name="Search for a layer")
    search.focus()
    page.keyboard.type(kind)
    page.keyboard.press("Enter")


def test_a_layer_that_does_not_fit_is_found_by_keyboard_and_mended(open_tab, store, draft):
    page = open_tab(f"/Model?draft={draft.id}")
    add_by_keyboard(page, "Conv2D")
    problem = page.locator(".st-key-problem-conv2d-0")
    expect(problem).to_contain_text("Conv2D expects an image with channels, received 64")
    expect(page.get_by_text("It cannot be trained yet")).to_be_visible()
    problem.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-row-conv2d code")).to_have_text("8 × 8 × 16")
    expect(page.get_by_text("Everything fits.")).to_be_visible()
    assert names(store, draft)[0] == "conv2d"


def test_an_edit_changes_shape_and_parameters_and_is_taken_back(open_tab, store, draft):
    before = store.drafts.draft(draft.id).spec
    name = before.model.layers[1].name
    page = open_tab(f"/Model?draft={draft.id}")
    row = page.locator(f".st-key-row-{name}")
    expect(row).to_contain_text("4,160")
    page.locator(f".st-key-chevron-{name} button").click()
    field = page.get_by_role("spinbutton", name="Units")
    field.fill("48")
    field.press("Enter")
    expect(row.locator("code")).to_have_text("48")
    expect(row).to_contain_text("3,120")
    page.get_by_role("button", name="Undo").click()
    expect(row.locator("code")).to_have_text("64")
    assert store.drafts.draft(draft.id).spec == before
    page.get_by_role("button", name="Redo").click()
    expect(row.locator("code")).to_have_text("48")
    page.reload()
    real.settled(page)
    expect(row.locator("code")).to_have_text("48")
    assert store.drafts.draft(draft.id).spec.model.layers[1].args["units"] == 48


def test_a_layer_is_moved_copied_switched_off_and_removed(open_tab, store, draft):
    before = store.drafts.draft(draft.id).spec
    first, second, *rest = names(store, draft)
    page = open_tab(f"/Model?draft={draft.id}")
    page.locator(f".st-key-chevron-{second} button").click()
    act(page, "Up")
    shown(page, second, first)
    act(page, "Down")
    shown(page, first, second)
    act(page, "Duplicate")
    expect(page.locator(".st-key-row-dense")).to_be_visible()
    assert names(store, draft) == [first, second, "dense", *rest]
    act(page, "Switch off")
    expect(page.locator(".st-key-row-dense")).to_contain_text("Off")
    assert names(store, draft) == [first, second, "(dense)", *rest]
    act(page, "Remove")
    expect(page.locator(".st-key-row-dense")).to_have_count(0)
    assert store.drafts.draft(draft.id).spec == before


def test_of_two_tabs_the_second_is_told_and_overwrites_nothing(open_tab, store, draft):
    one, two = open_tab(f"/Model?draft={draft.id}"), open_tab(f"/Model?draft={draft.id}")
    one.locator(".st-key-add-Dense button:visible").click()
    expect(one.locator(".st-key-row-dense code")).to_have_text("32")
    theirs = store.drafts.draft(draft.id).spec
    two.locator(".st-key-add-Dense button:visible").click()
    expect(two.get_by_text("This draft was changed in another tab.")).to_be_visible()
    expect(two.locator(".st-key-row-dense code")).to_have_text("32")
    assert store.drafts.draft(draft.id).spec == theirs


def test_the_code_beside_the_layers_follows_them(open_tab, store, draft):
    page = open_tab(f"/Model?draft={draft.id}")
    page.get_by_role("tab", name="Keras code").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("keras.Sequential")
    page.locator(".st-key-add-Dense button:visible").click()
    expect(code).to_contain_text('layers.Dense(32, activation="relu", name="dense")')


def test_the_keys_of_undo_and_redo_leave_text_fields_alone(open_tab, store, draft):
    page = open_tab(f"/Model?draft={draft.id}")
    page.locator(".st-key-add-Dense button:visible").click()
    name = page.get_by_role("textbox", name="Name")
    name.fill("")
    name.press_sequentially("zyz")
    name.press("Enter")
    expect(page.locator(".st-key-row-zyz")).to_be_visible()
    page.get_by_role("heading", name="Model").click()
    page.keyboard.press("z")
    expect(page.locator(".st-key-row-dense")).to_be_visible()
    page.keyboard.press("y")
    expect(page.locator(".st-key-row-zyz")).to_be_visible()
    assert "zyz" in names(store, draft)


@pytest.mark.parametrize("look", some(real.LOOKS, 3), ids=str)
def test_the_page_fits_every_screen_without_errors(open_tab, store, draft, look):
    spec = with_value(draft.spec, "training.loss", "MeanSquaredError")
    store.drafts.save(draft.id, spec, draft.revision)
    open_tab(f"/Model?draft={draft.id}", **look)
    open_tab("/Model", **look)


def test_two_clicks_before_the_page_is_drawn_anew_both_count(open_tab, store, draft):
    page = open_tab(f"/Model?draft={draft.id}")
    expect(page.locator(".st-key-add-Identity button").first).to_be_visible()
    page.evaluate(
        "() => ['Identity', 'Dense'].forEach(kind => document.querySelector(`.st-key-add-${kind} button`).click())"
    )
    shown(page, "identity", "dense")
    assert {"identity", "dense"} < set(names(store, draft))
