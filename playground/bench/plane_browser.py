"""How many pictures a second the page Playground shows in a browser while its network trains."""

import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playground.bench.browser import page
from playground.bench.page import server, wait_for
from playground.bench.plane import NETWORKS
from playground.bench.result import Result, against_bound
from playground.export.plane_link import address_of
from playground.specs.plane import Hidden, Plane

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Frame, Page

_LIMIT_MS = 60_000
_SETTLE_S, _MEASURE_S, _ROUNDS = 8.0, 5.0, 3
_BOUND = 8.0
_SHOWN = "window.pictures && window.pictures.frames > 0"


def plane_browser() -> Result:
    """Pictures a second that reach the frame and are drawn there, the slower of two networks."""
    found: dict[str, list[float]] = {}
    errors: list[str] = []
    made = tempfile.TemporaryDirectory(prefix="playground-bench-", ignore_cleanup_errors=True)
    with made as folder, server(Path(folder) / "home") as (_, address):
        wait_for(address)
        for name, units in NETWORKS.items():
            plane = Plane(source="spirals", layers=tuple(Hidden(n, "tanh") for n in units), optimizer="SGD")
            with page() as tab:
                tab.on("console", lambda said: errors.append(said.text) if _is_ours(said) else None)
                tab.on("pageerror", lambda error: errors.append(str(error)))
                tab.set_viewport_size({"width": 1440, "height": 1100})
                tab.goto(f"{address}/Playground?{urlencode(address_of(plane))}")
                found[name] = _pictures_per_s(tab)
    slowest = min(found, key=lambda name: sorted(found[name])[_ROUNDS // 2])
    each = "; ".join(f"{name} {', '.join(f'{n:.1f}' for n in numbers)}" for name, numbers in found.items())
    what = (
        f"pictures a second in Chromium on the same two cores while the network trains (at least {_BOUND:g}); {each}; "
        f"errors in the console: {'; '.join(sorted(set(errors))) or 'none'}; the frame never mounted anew"
    )
    return against_bound("playground-browser", found[slowest], _BOUND, "/s", what)


def _pictures_per_s(tab: "Page") -> list[float]:
    """One figure a round; a frame that is mounted anew meanwhile loses its mark, and the benchmark ends."""
    tab.get_by_role("button", name=re.compile(r"^Play\b")).click(timeout=_LIMIT_MS)
    frame = _network(tab)
    frame.wait_for_function(_SHOWN, timeout=_LIMIT_MS)
    frame.evaluate("window.isTheSame = true")
    time.sleep(_SETTLE_S)
    rounds = []
    for _ in range(_ROUNDS):
        began, before = time.monotonic(), int(frame.evaluate("window.pictures.frames"))
        tab.wait_for_timeout(1000 * _MEASURE_S)
        shown = int(frame.evaluate("window.pictures.frames")) - before
        rounds.append(shown / (time.monotonic() - began))
    if not frame.evaluate("window.isTheSame === true"):
        raise RuntimeError("The frame of the network was mounted anew while it trained.")
    tab.get_by_role("button", name=re.compile(r"^Pause\b")).click(timeout=_LIMIT_MS)
    return rounds


def _is_ours(said: "ConsoleMessage") -> bool:
    """Whether it is an error; Streamlit itself looks for its server below the page's path first, which is none."""
    return said.type == "error" and "/_stcore/" not in said.location["url"]


def _network(tab: "Page") -> "Frame":
    found = tab.wait_for_selector("iframe[title*='network']", timeout=_LIMIT_MS)
    frame = found.content_frame() if found is not None else None
    if frame is None:
        raise RuntimeError("The network is not on the page.")
    return frame
