"""How soon the answer to a drawing stands on the page."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playground import recipes
from playground.bench.browser import page
from playground.bench.page import server, wait_for
from playground.bench.result import Result, p95_against_bound
from playground.engine.client import Client
from playground.settings import Settings
from playground.specs.edit import with_value

if TYPE_CHECKING:
    from playwright.sync_api import Page

_STROKES = 40
_WARM = 5
_LIMIT_MS = 60_000
_BETWEEN_S = 0.4
_BOUND_S = 0.25


def draw() -> Result:
    """Seconds from the end of a stroke until the bars are those of the new drawing, a convolution on digits."""
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        home = Path(folder) / "home"
        with server(home) as (_, address):
            wait_for(address)
            client = Client(Settings(home=home, slots_dir=home / "slots"))
            run_id = client.submit(with_value(recipes.recipe("digits-cnn").spec, "training.epochs", 2))
            while not client.store.runs.run(run_id).is_ended:
                client.tend()
                time.sleep(0.1)
            with page() as tab:
                tab.set_viewport_size({"width": 1440, "height": 900})
                tab.goto(f"{address}/Predict?run={run_id}")
                samples = _drawn(tab)
    what = (
        f"from the message that the end of a stroke sends until the bars are drawn anew, {_STROKES} strokes after "
        f"{_WARM}, page and workbench warm, p95 in Chromium"
    )
    return p95_against_bound("draw", samples, _BOUND_S, "s", what)


def _drawn(tab: "Page") -> list[float]:
    """The times of all strokes; measured in the page itself, so that no polling from outside is in them."""
    frame = tab.frame_locator("iframe[title*='pad']")
    canvas = frame.locator("canvas")
    canvas.wait_for(timeout=_LIMIT_MS)
    # A dot for each answer: where it lies differs, and with it what the network sees and says.
    tab.evaluate(
        """() => {
            const seen = () => document.querySelector(".st-key-predict-headline img")?.src
            window.drawn = []
            let began = null, before = null
            window.addEventListener("message", ({data}) => {
                if (data?.type === "streamlit:setComponentValue") { began = performance.now(); before = seen() }
            }, true)
            new MutationObserver(() => {
                const now = seen()
                if (began === null || !now || now === before) return
                const from = began
                began = null
                requestAnimationFrame(() => window.drawn.push((performance.now() - from) / 1000))
            }).observe(document.body, {childList: true, subtree: true, attributes: true, attributeFilter: ["src"]})
        }"""
    )
    box = canvas.bounding_box()
    if box is None:
        raise RuntimeError("The sheet is not on the page.")
    for number in range(_WARM + _STROKES):
        turn = 0.1 + 0.8 * ((number * 0.37) % 1)
        tab.mouse.move(box["x"] + turn * box["width"], box["y"] + (0.1 + 0.018 * number) * box["height"])
        tab.mouse.down()
        tab.mouse.up()
        tab.wait_for_function(f"window.drawn.length > {number}", timeout=_LIMIT_MS)
        time.sleep(_BETWEEN_S)
    found: list[float] = tab.evaluate("window.drawn")
    return [float(each) for each in found[_WARM:]]
