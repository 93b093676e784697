"""Predict in a real browser: drawn by mouse and by keyboard, and many rows pasted."""

import io
import itertools
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from playground import data, recipes
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import started
from tests import browser as real
from tests.clicks import THREE, draw, pad
from tests.e2e.test_accessible import RULES
from tests.faults.engine import wait_for


def trained(client, spec):
    """The address of the page for a run of ``spec`` that has ended."""
    draft = client.store.drafts.create(spec, "local")
    run_id = client.submit(spec, draft_id=draft.id)
    assert wait_for(client, run_id, lambda run: run.is_ended).state == "finished"
    return f"/Predict?draft={draft.id}&run={run_id}"


def said(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator(".st-key-predict-headline").get_by_role("heading", name=words)).to_be_visible()


INKED = """(canvas, [from, to]) => {
  const on = canvas.getContext("2d"), at = (share) => Math.round(share * (canvas.width - 1));
  return Array.from({length: 200}, (_, step) => {
    const [x, y] = [0, 1].map((axis) => at(from[axis] + ((to[axis] - from[axis]) * step) / 199));
    return on.getImageData(x, y, 1, 1).data[3];
  }).every((alpha) => alpha > 200);
}"""


@pytest.fixture
def page(client, open_tab) -> Page:
    spec = with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 15)
    page: Page = open_tab(trained(client, spec))
    expect(pad(page).locator("canvas")).to_be_visible()
    real.settled(page)
    return page


def test_a_three_is_read_and_a_fast_stroke_loses_nothing(page):
    draw(page, THREE, steps=5)
    said(page, re.compile(r"^3\b"))
    bars = page.locator(".st-key-shares-drawing")
    expect(bars).to_be_visible()
    assert Axe().run(page, options=RULES).response["violations"] == []

    pad(page).get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Draw something")).to_be_visible()
    far = [(0.1, 0.1), (0.9, 0.8), (0.2, 0.9)]
    draw(page, far, steps=1)
    canvas = pad(page).locator("canvas")
    for ends in itertools.pairwise(far):
        assert canvas.evaluate(INKED, [list(end) for end in ends]), f"a gap between {ends}"
    said(page, re.compile(r"\d"))

    draw(page, [(0.5, 0.1), (0.5, 0.2)], steps=2)
    pad(page).get_by_role("button", name="Undo").click()
    assert canvas.evaluate(INKED, [list(far[0]), list(far[1])]), "undo takes back the last stroke alone"

    pad(page).get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Draw something")).to_be_visible()
    canvas.focus()
    for key in ["ArrowUp"] * 7 + ["Shift+ArrowDown"] * 14:
        page.keyboard.press(key)
    said(page, re.compile(r"^1\b"))
    expect(pad(page).locator(".said")).to_have_text(re.compile("Painted row, column 18, 11"))


def png(mode: str, size: tuple[int, int], draw: bool = True) -> bytes:
    """A picture of a vertical stroke, in any mode and size."""
    image = Image.new("L", size, 255)
    if draw:
        width, height = size
        ImageDraw.Draw(image).line((width // 2, height // 8, width // 2, height * 7 // 8), 0, max(1, width // 8))
    file = io.BytesIO()
    image.convert(mode).save(file, "PNG")
    return file.getvalue()


def test_pictures_of_the_camera_and_of_any_size_and_mode(page):
    page.get_by_role("radio", name="Camera").click()
    shutter = page.get_by_role("button", name="Take Photo")
    expect(shutter).to_be_enabled()
    shutter.click()
    said(page, re.compile(r"\d"))
    expect(
        page.get_by_text(re.compile(r"It came with [\d,]+ × [\d,]+ pixels; the network reads 8 × 8"))
    ).to_be_visible()

    page.get_by_role("radio", name="Upload").click()
    file = page.locator(".st-key-predict-picture input[type=file]")

    def bring(name: str, data: bytes) -> None:
        file.set_input_files({"name": name, "mimeType": "image/png", "buffer": data})

    bring("stroke.png", png("RGBA", (640, 480)))
    expect(page.get_by_text("It came with 640 × 480 pixels")).to_be_visible()
    said(page, re.compile(r"^1\b"))
    bring("stroke.png", png("P", (31, 57)))
    expect(page.get_by_text("It came with 31 × 57 pixels")).to_be_visible()
    said(page, re.compile(r"^1\b"))
    for brought, words in (
        (png("L", (50, 50), draw=False), "There is nothing to be seen in this picture"),
        (png("L", (50, 50))[:60], "This file is damaged or no picture that can be read"),
        (b"<svg/>", "This file is damaged or no picture that can be read"),
    ):
        bring("stroke.png", brought)
        expect(page.get_by_text(words)).to_be_visible()
    real.settled(page)


def test_a_form_many_rows_and_their_faults(client, open_tab):
    dataset = first_dataset("tips")
    spec = with_value(started(dataset, data.outline(dataset), "mlp"), "training.epochs", 2)
    page = open_tab(trained(client, spec))
    bill = page.get_by_role("spinbutton", name="total_bill")
    expect(bill).to_be_visible()
    expect(page.get_by_text("A row of the validation part; true is")).to_be_visible()
    answer = page.get_by_test_id("stMetricValue")
    before = answer.inner_text()
    bill.fill("500")
    bill.press("Enter")
    expect(page.get_by_text("Outside of what there was in the data")).to_be_visible()
    expect(answer).not_to_have_text(before)

    page.get_by_role("radio", name="Many rows").click()
    rows = page.get_by_role("textbox", name="Or paste rows")
    rows.fill("total_bill,sex,smoker,day,time,size\n20,Male,No,Sun,Dinner,2\n20,Male,No,Mars,Dinner,2")
    rows.blur()
    real.press(page, "Answer all rows")
    expect(page.get_by_text("1 row answered")).to_be_visible()
    expect(page.get_by_text("received 'Mars'")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Answers (CSV)").click()
    assert "predicted tip" in download.value.path().read_text()
    rows.fill("day,time\nSun,Dinner")
    rows.blur()
    real.press(page, "Answer all rows")
    expect(page.get_by_text("The table lacks the 4 columns")).to_be_visible()
    real.settled(page)
