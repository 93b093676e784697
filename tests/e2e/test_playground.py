"""The page Playground in a real browser: play it, change it, edit a weight, and a link that restores all of it."""

import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from playground.engine.abandoned import PLANE
from playground.runs import Run, Store
from tests import browser as real

FRAME = "iframe[title*='network']"
TALL = 1300
"""Pixels of a window in which the network has its full height, whatever stands above it."""


def network(page: Page) -> FrameLocator:
    """The frame in which the network is drawn."""
    return page.frame_locator(FRAME)


def canvas(page: Page) -> str:
    """The picture of the network, cell by cell."""
    frame = page.locator(FRAME).element_handle().content_frame()
    return str(frame.evaluate("document.querySelector('.room canvas').toDataURL()"))


def still(page: Page) -> None:
    """Wait until nothing moves in the picture, nor is anything sent to it."""
    drawn, since = -1, time.monotonic()

    def is_still() -> bool:
        nonlocal drawn, since
        now = page.locator(FRAME).element_handle().content_frame().evaluate("window.pictures.draws")
        drawn, since = now, since if now == drawn else time.monotonic()
        return time.monotonic() - since > 1

    until(page, is_still, "it moves")


def main(page: Page, name: str) -> Locator:
    """The button that plays and pauses; its name ends with its key."""
    return page.get_by_role("button", name=re.compile(rf"^{name}\b"))


def number(page: Page, name: str) -> float:
    """A number beside the picture."""
    said = network(page).locator(".numbers div").filter(has_text=name).locator("dd").inner_text()
    return float(said.replace(",", ""))


def until(page: Page, holds: Callable[[], bool], what: str, timeout_s: float = 60) -> None:
    """Wait until something holds; the page goes on meanwhile."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, what
        page.wait_for_timeout(50)


def pictures(page: Page) -> int:
    """How many pictures the frame was sent; it begins again where it is mounted anew."""
    return int(page.locator(FRAME).element_handle().content_frame().evaluate("window.pictures.frames"))


def parts(page: Page) -> dict[str, str]:
    """The parts of the address."""
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}


def run_of(page: Page, store: Store) -> Run:
    """The run that the address names."""
    return store.runs.run(parts(page)["play"])


@pytest.fixture
def page(open_tab) -> Page:
    """The page as it is at first, with the network drawn."""
    page: Page = open_tab("/Playground?seed=3&speed=200")
    until(page, lambda: network(page).locator(".numbers dd").count() == 3, "the network was not drawn")
    return page


def test_it_plays_pauses_steps_and_begins_anew(page, store):
    before = number(page, "Training loss")
    mounted = pictures(page)
    main(page, "Play").click()
    until(page, lambda: number(page, "Epoch") > 200, "it does not learn")
    assert number(page, "Training loss") < 0.7 * before
    assert pictures(page) > mounted + 5, "the frame was mounted anew"
    assert run_of(page, store).owner == PLANE

    main(page, "Pause").click()
    expect(main(page, "Play")).to_be_visible()
    step = run_of(page, store).step
    until(page, lambda: number(page, "Epoch") == run_of(page, store).epoch, "the last picture is not of the end")
    page.keyboard.press("Escape")
    real.press(page, "Step")
    until(page, lambda: run_of(page, store).step == step + 1, "no step was made")

    real.press(page, "Reset")
    until(page, lambda: number(page, "Epoch") == 0, "it does not begin anew")
    assert number(page, "Training loss") == before
    expect(page.get_by_role("button", name="Reset", exact=True)).to_be_disabled()


def test_features_layers_and_settings_change_the_network_and_a_link_restores_all_of_it(page, open_tab):
    page.set_viewport_size({"width": 1440, "height": TALL})
    frame = network(page)
    for name in ("Feature x₁²", "Feature x₁ · x₂"):
        frame.get_by_role("button", name=name, exact=True).click()
        expect(frame.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    frame.get_by_role("button", name="Add a layer").click()
    expect(frame.locator(".stack")).to_contain_text("3 hidden layers")
    frame.get_by_role("button", name="Add a neuron to layer 3").click()
    expect(frame.get_by_role("button", name="Neuron 3 of layer 3")).to_be_visible()
    frame.get_by_role("combobox", name="Activation of layer 2").select_option("relu")
    until(page, lambda: parts(page).get("layers") == "4tanh-2relu-3tanh", "the address does not say so")
    frame.get_by_label("Discretise output").check()
    real.press(page, "XOR")
    until(
        page, lambda: {"xor", "1"} <= {parts(page).get("source"), parts(page).get("discretise")}, "not in the address"
    )
    real.settled(page)
    until(page, lambda: number(page, "Epoch") == 0, "there is no picture")
    still(page)
    said = {name: number(page, name) for name in ("Training loss", "Test loss")}
    drawn = canvas(page)

    shared = {name: value for name, value in parts(page).items() if name != "play"}
    assert shared["features"] == "x,y,x_squared,product"
    other = open_tab("/Playground?" + urlencode({**shared, "hide": "seed,noise"}), height=TALL)
    until(other, lambda: network(other).locator(".numbers dd").count() == 3, "the network was not drawn")
    until(other, lambda: {name: number(other, name) for name in said} == said, "the numbers are others")
    still(other)
    assert canvas(other) == drawn
    expect(other.get_by_label("Seed")).to_have_count(0)
    expect(other.get_by_label("Batch size")).to_have_count(1)
    assert {name: value for name, value in parts(other).items() if name != "hide"} == shared


def test_a_weight_is_edited_by_keyboard_before_the_first_step_and_is_that_of_the_run(page, store):
    frame = network(page)
    neuron = frame.get_by_role("button", name="Neuron 2 of layer 1")
    neuron.focus()
    neuron.press("Enter")
    field = frame.get_by_role("spinbutton", name="Weight · Feature x₂")
    field.fill("5")
    field.press("Enter")
    until(page, lambda: "play" in parts(page), "no run was started")
    until(page, lambda: run_of(page, store).state == "paused", "the run is not held")
    until(page, lambda: any("edit" in event.data for event in store.runs.events(parts(page)["play"])), "no edit")
    edits = [event.data["edit"] for event in store.runs.events(parts(page)["play"]) if "edit" in event.data]
    assert [(edit["layer"], edit["neuron"], edit["source"], edit["value"]) for edit in edits] == [("hidden_1", 1, 1, 5)]
    assert run_of(page, store).step == 0
    field = frame.get_by_role("spinbutton", name="Weight · Feature x₂")
    field.press("Escape")
    until(page, lambda: number(page, "Epoch") == 0, "there is no picture")

    def shown() -> str:
        neuron.press("Enter")
        value = frame.get_by_role("spinbutton", name="Weight · Feature x₂").input_value()
        frame.get_by_role("spinbutton", name="Weight · Feature x₂").press("Escape")
        return value

    until(page, lambda: shown() == "5", "the picture has another weight")


def test_a_presenter_sees_the_picture_and_what_plays_it(open_tab):
    page = open_tab("/Playground?source=three_spirals&present=1", is_dark=True, height=810)
    until(page, lambda: network(page).locator(".numbers dd").count() == 3, "the network was not drawn")
    expect(main(page, "Play")).to_be_visible()
    expect(page.get_by_label("Batch size")).to_have_count(0)
    expect(page.get_by_role("button", name="Regenerate")).to_have_count(0)
    expect(network(page).get_by_role("button", name="Class 3")).to_be_visible()
    box = page.locator(FRAME).bounding_box()
    assert box["y"] + box["height"] <= 810, "it does not fit without scrolling"


def test_the_network_fills_the_window_below_what_stands_above_it_however_the_page_is_scrolled(page):
    def height() -> float:
        return float(network(page).locator(".room").bounding_box()["height"])

    block, main_part = page.locator("[data-testid=stMainBlockContainer]"), page.locator("[data-testid=stMain]")
    block.evaluate("block => block.style.paddingBottom = '600px'")  # so that there is something to scroll
    page.set_viewport_size({"width": 1440, "height": 860})
    page.wait_for_timeout(500)
    at_first = height()
    main_part.evaluate("main => main.scrollTop = 100")
    page.evaluate("dispatchEvent(new Event('resize'))")  # it is laid out anew, as for each picture that comes
    page.wait_for_timeout(500)
    assert main_part.evaluate("main => main.scrollTop") == 100
    assert height() == at_first, "it grows with the way that the page is scrolled"

    block.evaluate(
        "block => block.prepend(Object.assign(document.createElement('div'), { style: 'height: 60px; flex: none' }))"
    )
    until(page, lambda: height() == at_first - 60, "it does not give way to what came above it")
