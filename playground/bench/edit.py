"""How soon an edit of a layer shows in the browser."""

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

    from playground.specs import RunSpec

_LAYERS = 20
_EDITS = 40
_WARM = 5
_LIMIT_MS = 30_000
_AT = 10


def edit() -> Result:
    """Seconds from a key in a field of a 20-layer model until the row shows Keras's new shape."""
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        home = Path(folder) / "home"
        with server(home) as (_, address):
            wait_for(address)
            client = Client(Settings(home=home, slots_dir=home / "slots"))
            client.ensure_host()
            draft = client.store.drafts.create(_model(), client.settings.owner)
            with page() as tab:
                tab.set_viewport_size({"width": 1440, "height": 900})
                tab.goto(f"{address}/Model?draft={draft.id}")
                samples = _edited(tab)
    what = (
        f"from Enter in a field until the row shows the new output shape, the model has {_LAYERS} layers, page and "
        f"engine are warm, p95 of {len(samples)} in Chromium"
    )
    return p95_against_bound("edit", samples, 0.3, "s", what)


def _edited(tab: "Page") -> list[float]:
    """The times of all edits; measured in the page itself, so that no polling from outside is in them."""
    row = f"dense_{_AT}"
    tab.locator(f".st-key-chevron-{row} button").click(timeout=_LIMIT_MS)
    field = tab.get_by_role("spinbutton", name="Units")
    field.wait_for(timeout=_LIMIT_MS)
    samples = []
    for number in range(_WARM + _EDITS):
        units = 40 + number
        field.fill(str(units))
        took = tab.evaluate(
            """([row, units]) => new Promise((resolve) => {
                const shown = () => document.querySelector(`.st-key-row-${row} code`)?.textContent === units
                const field = document.activeElement
                const began = performance.now()
                const seen = new MutationObserver(() => {
                    if (!shown()) return
                    seen.disconnect()
                    requestAnimationFrame(() => resolve((performance.now() - began) / 1000))
                })
                seen.observe(document.body, {childList: true, subtree: true, characterData: true})
                field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", code: "Enter", bubbles: true}))
                field.dispatchEvent(new KeyboardEvent("keypress", {key: "Enter", code: "Enter", bubbles: true}))
                field.dispatchEvent(new KeyboardEvent("keyup", {key: "Enter", code: "Enter", bubbles: true}))
            })""",
            [row, str(units)],
        )
        if number >= _WARM:
            samples.append(float(took))
        time.sleep(0.15)  # as nobody types faster; the drawing beside it is done by then
    return samples


def _model() -> "RunSpec":
    from playground import recipes
    from playground.specs.stack import added

    spec = recipes.recipe("digits-mlp").spec
    while len(spec.model.layers) < _LAYERS:
        spec = added(spec, "Dense")
    return spec
