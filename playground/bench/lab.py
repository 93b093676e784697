"""How soon a slider of a lab shows what Keras answers."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playground.bench.browser import page
from playground.bench.page import server, wait_for
from playground.bench.result import Result, p95_against_bound
from playground.engine.client import Client
from playground.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

_MOVES = 40
_WARM = 5
_LIMIT_MS = 60_000
_BETWEEN_S = 0.4


def lab_slider() -> Result:
    """Seconds from what the slider "Layers" sends until the gradients of four activations are the new ones."""
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        home = Path(folder) / "home"
        with server(home) as (_, address):
            wait_for(address)
            Client(Settings(home=home, slots_dir=home / "slots")).ensure_host()
            with page() as tab:
                tab.set_viewport_size({"width": 1440, "height": 900})
                tab.goto(f"{address}/Activations?layers=2")
                tab.locator(".st-key-gradient-outcome p").wait_for(timeout=_LIMIT_MS)
                samples = _moved(tab)
    what = (
        "from the message that a moved slider sends until the words under the picture are new, four activations "
        f"through up to {2 + _WARM + _MOVES} layers, nothing answered before, page and workbench warm, p95 of "
        f"{len(samples)} in Chromium"
    )
    return p95_against_bound("lab-slider", samples, 0.25, "s", what)


def _moved(tab: "Page") -> list[float]:
    """The times of all steps; measured in the page itself, so that no polling from outside is in them."""
    slider = tab.get_by_role("slider", name="Layers")
    tab.evaluate(
        """() => {
            const words = () => document.querySelector(".st-key-gradient-outcome p")?.textContent
            window.moved = []
            let began = null, before = null
            let pressed = false
            document.addEventListener("keydown", () => { pressed = true; before = words() }, true)
            const send = WebSocket.prototype.send
            WebSocket.prototype.send = function (data) {
                if (pressed) { pressed = false; began = performance.now() }
                return send.call(this, data)
            }
            new MutationObserver(() => {
                const now = words()
                if (began === null || !now || now === before) return
                const from = began
                began = null
                requestAnimationFrame(() => window.moved.push((performance.now() - from) / 1000))
            }).observe(document.body, {childList: true, subtree: true, characterData: true})
        }"""
    )
    for number in range(_WARM + _MOVES):
        slider.press("ArrowRight")
        tab.wait_for_function(f"window.moved.length > {number}", timeout=_LIMIT_MS)
        time.sleep(_BETWEEN_S)
    found: list[float] = tab.evaluate("window.moved")
    return [float(each) for each in found[_WARM:]]
