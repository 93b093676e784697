"""Everything that a run can be asked while it trains, with mouse and keyboard, before the eyes of a second viewer."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from playground.engine.client import Client
from playground.runs import Run
from tests import browser as real
from tests.faults.engine import long_spec, wait_for

pytestmark = pytest.mark.e2e


def held(client: Client, name: str) -> Run:
    """A run that has begun and is paused, so that the machine belongs to the pages."""
    run_id = client.submit(long_spec(name=name))
    wait_for(client, run_id, lambda run: run.epoch > 0 or run.is_ended)
    client.request(run_id, "pause")
    return wait_for(client, run_id, lambda run: run.state == "paused")


def press(page: Page, name: str) -> None:
    """Press the button once it is there; what its shortcut adds to its name is left out."""
    button = page.get_by_role("button", name=re.compile(rf"^{name}( Shortcut .)?$"))
    expect(button).to_have_count(1)
    button.click()


def strike(page: Page, client: Client, run: Run, key: str) -> None:
    """Press a key until the run is asked for something: a key is lost while a busy machine draws the page anew."""

    def asked() -> int:
        return len(client.store.runs.requests(run.id))

    before, deadline = asked(), time.monotonic() + real.PATIENCE_MS / 1000
    while asked() == before:
        assert time.monotonic() < deadline, f"{key} was pressed in vain"
        page.keyboard.press(key)
        for _look in range(100):
            if asked() > before:
                return
            page.wait_for_timeout(100)


def stands(page: Page, run: Run) -> None:
    """Wait until the page shows where the run is paused."""
    of = run.steps_per_epoch or 1
    expect(page.locator(".st-key-transport")).to_contain_text(f"after batch {(run.step - 1) % of + 1} of {of}")


def adjust(page: Page) -> None:
    """Open what is behind Adjust, if it is not open."""
    if not page.get_by_role("slider").is_visible():
        press(page, "Adjust")
    expect(page.get_by_role("slider")).to_be_visible()
    expect(page.get_by_role("button", name="Finish now")).to_be_in_viewport(ratio=1)


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("slider")).to_have_count(0)


def test_each_control_with_mouse_and_keyboard_and_a_second_viewer_sees_the_same(open_tab, client: Client):
    run = held(client, "Controlled")

    def comes(is_there: Callable[[Run], object]) -> Run:
        return wait_for(client, run.id, lambda now: bool(is_there(now)))

    page = open_tab(f"/Train?run={run.id}")
    other = open_tab(f"/Train?run={run.id}", is_phone=True, width=390, height=844)
    expect(page).to_have_title("Paused · Controlled")

    strike(page, client, run, "p")
    comes(lambda now: now.state == "running")
    expect(page.get_by_role("button", name=re.compile("^Pause"))).to_be_visible()
    expect(page).to_have_title(re.compile(r"\d+ % · Controlled"))
    strike(page, client, run, "p")
    paused = comes(lambda now: now.state == "paused")
    for each in (page, other):
        real.state(each, "Paused")
    strike(page, client, run, "s")
    stands(page, comes(lambda now: now.step == paused.step + 1))
    press(page, "Step")
    stands(page, comes(lambda now: now.step == paused.step + 2))
    strike(page, client, run, "e")
    stood = comes(lambda now: now.epoch > paused.epoch and now.state == "paused")
    assert stood.step == stood.epoch * (stood.steps_per_epoch or 0)
    expect(page.locator(".st-key-happened")).to_contain_text(f"To the end of epoch {stood.epoch:,}")

    adjust(page)
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    comes(lambda now: now.learning_rate == 0.002)
    expect(page.get_by_text("Learning rate, now 0.002")).to_be_visible()
    real.press_until(page.get_by_role("radio", name="20"), lambda: client.store.runs.run(run.id).speed == 20)
    page.get_by_role("spinbutton", name=re.compile("More epochs")).fill("7")
    page.keyboard.press("Enter")
    press(page, "Add")
    more = comes(lambda now: now.epochs == run.epochs + 7)
    close(page)
    told = page.locator(".st-key-happened")
    for words in ("learning_rate 0.002 from here on", "Held at 20 steps a second", f"{more.epochs:,} epochs in all"):
        expect(told).to_contain_text(words)

    press(page, "Resume")
    moved = comes(lambda now: now.step > stood.step + 2)
    assert moved.state == "running"
    real.state(other, "Running")
    expect(other.locator(".st-key-numbers")).to_contain_text("20 batches/s")
    page.reload()
    real.settled(page)
    adjust(page)
    expect(page.get_by_text("Learning rate, now 0.002")).to_be_visible()
    expect(page.get_by_role("radio", name="20")).to_be_checked()
    page.get_by_role("radio", name="Full speed").click()
    comes(lambda now: now.speed is None)
    press(page, "Pause after this epoch")
    ended = comes(lambda now: now.state == "paused")
    assert ended.step == ended.epoch * (ended.steps_per_epoch or 0)
    adjust(page)
    press(page, "Finish now")
    done = comes(lambda now: now.is_ended)
    assert (done.state, done.epochs) == ("finished", more.epochs)
    assert done.test["accuracy"] > done.baseline["accuracy"]
    for each in (page, other):
        real.state(each, "Finished")
        expect(each).to_have_title(re.compile(r"✓ 0\.\d+ · Controlled"))
    expect(told).to_contain_text("Finished early")


def test_the_end_is_notified_to_whoever_asked_and_looks_elsewhere(open_tab, client: Client):
    run = held(client, "Told")
    page = open_tab(f"/Train?run={run.id}")
    page.evaluate(
        """() => {
          window.said = [];
          window.Notification = class {
            static permission = "default";
            static async requestPermission() { this.permission = "granted"; return "granted"; }
            constructor(title, { body }) { window.said.push(`${title}: ${body}`); }
          };
          Object.defineProperty(document, "hidden", { value: true });
        }"""
    )
    frame = page.frame_locator("iframe[title$='ending']")
    frame.get_by_role("button", name="Notify me when it ends").click()
    expect(frame.get_by_role("button", name="You will be notified: undo")).to_be_visible()
    client.request(run.id, "finish")
    page.wait_for_function("window.said.length > 0")
    (said,) = page.evaluate("window.said")
    assert re.match(r"✓ 0\.\d+ · Told: [\d,]+ epochs? in", said)
    page.evaluate("localStorage.removeItem('playground.notify')")
