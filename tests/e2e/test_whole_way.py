"""The whole way from an empty draft to a trained network by keyboard, and a draft that outlives its server."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from playground.data import outline
from playground.specs.first_dataset import first_dataset
from playground.specs.stack import added
from playground.specs.templates import started
from tests import browser as real
from tests.sweeps import some

_FOCUSED = """() => {
    const at = document.activeElement
    if (!at || !["A", "BUTTON", "INPUT"].includes(at.tagName)) return ""
    return at.getAttribute("aria-label") || at.innerText || ""
}"""


def tab_to(page: Page, name: str, nth: int = 1) -> None:
    """Press Tab until the focus has come to what is called ``name`` for the ``nth`` time."""
    seen = []
    for _ in range(150):
        page.keyboard.press("Tab")
        said = page.evaluate(_FOCUSED).split("\n")
        seen.append(said[-1])
        nth -= name in said
        if nth == 0:
            return
    pytest.fail(f"Tab never reached {name}: {seen}")


def test_from_an_empty_draft_to_a_trained_cnn_with_the_keyboard(open_tab, store):
    page = open_tab()
    tab_to(page, "New draft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/Data*")
    page.get_by_role("button", name="Choose").first.wait_for()
    tab_to(page, "Choose")  # the first card is that of Digits
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Change dataset").wait_for()
    tab_to(page, "Next: model")
    page.keyboard.press("Enter")
    page.wait_for_url("**/Model?*")
    page.get_by_text("Start from a template").wait_for()
    tab_to(page, "Use", nth=3)  # logistic regression, MLP, CNN
    page.keyboard.press("Enter")
    expect(page.get_by_text("Everything fits")).to_be_visible()
    tab_to(page, "Next: train")
    page.keyboard.press("Enter")
    page.wait_for_url("**/Train?*")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    real.state(page, "Finished")
    run = store.runs.run(parse_qs(urlparse(page.url).query)["run"][0])
    assert any(layer.kind == "Conv2D" for layer in store.runs.spec(run.id).model.layers)
    assert run.metrics["val_accuracy"].best > 0.95


def test_a_draft_outlives_reloads_and_its_server(client, chromium, store):
    dataset = first_dataset("iris")
    draft = store.drafts.create(started(dataset, outline(dataset), "mlp"), "local")
    server = real.Server(client.settings.home, client.settings.slots_dir)
    server.start()
    try:
        with real.tab(chromium) as page:
            page.goto(f"{server.address}/Model?draft={draft.id}")
            page.locator(".st-key-chevron-hidden_1 button").click()
            page.get_by_role("button", name="Duplicate").click()
            expect(page.locator(".st-key-chevron-dense button")).to_be_visible()
            page.reload()
            expect(page.locator(".st-key-chevron-dense button")).to_be_visible()
            server.kill()
            server.start()
            page.goto(f"{server.address}/Model?draft={draft.id}")
            expect(page.locator(".st-key-chevron-dense button")).to_be_visible()
            page.get_by_role("button", name=re.compile("^Undo")).click()
            expect(page.locator(".st-key-chevron-dense button")).to_have_count(0)
    finally:
        server.kill()
    assert store.drafts.draft(draft.id).spec == draft.spec, "undo goes back beyond the restart"


@pytest.mark.parametrize("kind", some(["LSTM", "Conv2D", "MaxPooling2D"], 3))
def test_what_does_not_fit_says_so_at_its_row_and_the_button_mends_it(open_tab, store, kind):
    dataset = first_dataset("digits")
    draft = store.drafts.create(added(started(dataset, outline(dataset), "mlp"), kind, 1), "local")
    page = open_tab(f"/Model?draft={draft.id}")
    problem = page.locator("[class*='st-key-problem-']").first
    expect(problem).to_contain_text("expects")
    problem.locator("button:visible").click()
    expect(page.get_by_text("Everything fits")).to_be_visible()
    mended = store.drafts.draft(draft.id).spec
    assert any(layer.kind == kind for layer in mended.model.layers), "it is still there"
