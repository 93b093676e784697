"""The Data page in a real browser, with mouse and keyboard."""

import re
import time
from collections.abc import Callable
from itertools import product, starmap
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from playground import catalog, data
from playground.runs import Draft, Store
from playground.specs import RunSpec
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from tests import browser as real
from tests.sweeps import some

SOURCES = ("digits", "breast_cancer", "plane")


def of(page: Page, store: Store) -> Draft:
    """The draft in the page's address."""
    return store.drafts.draft(parse_qs(urlparse(page.url).query)["draft"][0])


def spec_on(source: str, template: str | None = None) -> RunSpec:
    dataset = first_dataset(source)
    return started(dataset, data.outline(dataset), template)


def choose(page: Page, source: str) -> None:
    """Press the button on a dataset's card, among all of them where a draft has them folded away."""
    if "draft=" in page.url and not page.locator(".st-key-keep").is_visible():
        real.press(page, "Change dataset")
        page.locator("[class*='st-key-data-kind']").get_by_text("All", exact=True).click()
    page.locator(f".st-key-choose-{source}").get_by_role("button").click()


def chosen(page: Page, source: str) -> None:
    """Wait until the cards have folded to the line that names the chosen dataset."""
    entry = catalog.entry("datasets", source)
    assert entry is not None
    expect(page.locator(".st-key-chosen").get_by_text(entry.label, exact=True)).to_be_visible()
    real.settled(page)


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until the store says so: a click is on its way there while the test goes on."""
    deadline = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is within the element with this key."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("name => document.activeElement.closest(`[class*='st-key-${name}']`) !== null", name):
            return
    pytest.fail(f"Tab never reached {name}")


def test_digits_are_chosen_and_looked_at_by_class(open_tab, store):
    page = open_tab("/Data")
    choose(page, "digits")
    chosen(page, "digits")
    samples = page.locator(".st-key-samples")
    expect(samples.get_by_role("img")).to_have_count(52)
    assert samples.get_by_role("img").first.evaluate("image => image.complete && image.naturalWidth > 40")
    assert of(page, store).spec == spec_on("digits")
    page.locator(".st-key-class-digits").get_by_text("7", exact=True).click()
    expect(page.get_by_text(re.compile(r"^52 of 179 drawn"))).to_be_visible()
    said = samples.get_by_role("img").evaluate_all("images => images.map(image => image.alt)")
    assert set(said) == {"7"}
    expect(page.get_by_text("Balanced: 174 to 183 in each class.")).to_be_visible()
    page.get_by_role("link", name="Next: model").click()
    page.wait_for_url("**/Model?*")
    assert of(page, store).spec.dataset.source == "digits"


def test_spirals_are_drawn_and_noise_changes_the_picture(open_tab, store):
    page = open_tab("/Data")
    choose(page, "spirals")
    chosen(page, "spirals")
    expect(page.get_by_role("img", name=re.compile("500 points"))).to_be_visible()
    scatter = page.locator(".st-key-samples")
    before = real.picture(scatter)
    noise = page.get_by_role("spinbutton", name="Noise")
    noise.fill("0.3")
    noise.press("Enter")
    until(lambda: of(page, store).spec.dataset.options.get("noise") == 0.3, "the noise was not set")
    real.settled(page)
    real.changed(scatter, before)


def test_the_split_is_typed_and_dragged(open_tab, store):
    draft = store.drafts.create(spec_on("digits"), "local")
    page = open_tab(f"/Data?draft={draft.id}")
    test = page.get_by_role("spinbutton", name="Test in %")
    test.fill("30")
    test.press("Enter")
    until(lambda: of(page, store).spec.dataset.split.args.get("test") == 0.3, "typing changed nothing")
    first, last = (page.get_by_role("slider", name=re.compile(f"— {end}")) for end in ("start", "end"))
    expect(last).to_have_value("70")
    expect(first).to_have_value("55")
    real.settled(page)
    page.get_by_test_id("stSlider").scroll_into_view_if_needed()
    box, track = first.bounding_box(), page.get_by_test_id("stSlider").bounding_box()
    assert box is not None
    assert track is not None
    page.mouse.move(box["x"], box["y"])  # the input begins in the middle of its handle
    page.mouse.down()
    page.mouse.move(track["x"] + 0.3 * track["width"], box["y"], steps=5)
    page.mouse.up()
    until(lambda: of(page, store).spec.dataset.split.args.get("validation", 0) > 0.3, "dragging changed nothing")
    share = of(page, store).spec.dataset.split.args["validation"]
    expect(page.get_by_role("spinbutton", name="Validation in %")).to_have_value(str(round(100 * share)))
    real.settled(page)
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    until(
        lambda: of(page, store).spec.dataset.split.args["validation"] == pytest.approx(share - 0.03),
        "the arrow keys changed nothing",
    )


def test_another_dataset_for_a_finished_draft_asks_what_to_keep(open_tab, store):
    draft = store.drafts.create(spec_on("diabetes", "mlp"), "local")
    page = open_tab(f"/Data?draft={draft.id}")
    choose(page, "iris")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Your draft has 3 layers, made for Diabetes.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert of(page, store).spec == draft.spec
    choose(page, "iris")
    dialog.get_by_role("button", name="Keep the layers and fit the output").click()
    chosen(page, "iris")
    expect(dialog).to_have_count(0)
    note = page.locator(".st-key-note")
    expect(note).to_contain_text("Output layer of 3 units with softmax")
    assert of(page, store).spec.model.layers[-1].args["units"] == 3
    note.get_by_role("button", name="Undo").click()
    chosen(page, "diabetes")
    assert of(page, store).spec == draft.spec
    expect(note).to_have_count(0)


def test_mnist_without_a_connection_says_what_to_do(open_tab, store, client):
    if (client.settings.datasets_dir / "mnist.npz").exists():
        pytest.skip("MNIST is here")
    page = open_tab("/Data")
    choose(page, "mnist")
    box = page.locator(".st-key-no-samples")
    try:
        expect(box).to_contain_text("MNIST is not here yet", timeout=20_000)
    except AssertionError:
        if (client.settings.datasets_dir / "mnist.npz").exists():
            pytest.skip("there is a connection, and MNIST is here now")
        raise
    expect(box).to_contain_text(str(client.settings.datasets_dir))
    box.get_by_role("button", name="Try again").click()
    real.settled(page)
    expect(box).to_contain_text("MNIST is not here yet")
    box.get_by_role("button", name="Use Digits 8 × 8").click()
    chosen(page, "digits")
    expect(page.locator(".st-key-samples").get_by_role("img")).to_have_count(52)
    assert of(page, store).spec.dataset == first_dataset("digits")


def test_the_keyboard_alone_chooses_and_prepares(open_tab, store):
    page = open_tab("/Data")
    tab_to(page, "choose-wine")
    page.keyboard.press("Enter")
    page.wait_for_url("**/Data?draft=*")
    chosen(page, "wine")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    tab_to(page, "add-min_max")
    page.keyboard.press("Enter")
    until(lambda: len(of(page, store).spec.dataset.steps) == 2, "no step was added")
    tab_to(page, "step-remove-0")
    page.keyboard.press("Enter")
    until(lambda: [s.kind for s in of(page, store).spec.dataset.steps] == ["min_max"], "no step was removed")
    tab_to(page, "template-mlp")
    page.keyboard.press("Enter")
    until(lambda: len(of(page, store).spec.model.layers) == 3, "the template was not taken")


@pytest.mark.parametrize(("look", "source"), some(starmap(pytest.param, product(real.LOOKS, SOURCES)), 4), ids=str)
def test_the_page_fits_every_screen_without_errors(open_tab, store, look, source):
    open_tab("/Data", **look)
    draft = store.drafts.create(spec_on(source), "local")
    page = open_tab(f"/Data?draft={draft.id}", **look)
    expect(page.locator(".st-key-after canvas").first).to_be_visible()
    real.settled(page)
