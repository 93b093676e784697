"""A real server and a real Chromium, for tests that go through the app as its users do."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, expect, sync_playwright

from playground.bench.browser import chromium
from playground.settings import setting

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_MS = 90_000
"""How long something on a page is waited for: as long as it takes on a slow machine with much else to do."""
LOOKS: tuple[dict[str, bool | int], ...] = ({"is_phone": True, "width": 390, "height": 844}, {"is_dark": True}, {})
"""How a page is looked at: on a phone, dark, and light and wide as most tests do."""
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")  # a clock face that moves
_ARGUMENTS = (
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
    *_CAMERA,
)
# What Streamlit and the browser say until there is a server again.
_WHILE_CUT = re.compile(r"WebSocket|backMessage when disconnected|ERR_CONNECTION_REFUSED")
# A link straight to a page asks for two files beside it before it asks for them at the root. Pictures of a page that is
# left at once are gone before they are asked for; those of the page that stays are looked at in `settled`.
_HARMLESS = re.compile(r"_stcore/(health|host-config)|/media/[0-9a-f]+\.png")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_healthy(port: int) -> bool:
    """Whether a Streamlit server answers there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except (urllib.error.URLError, OSError):
        return False


_USUAL = {"showcase": False}  # a test counts the runs it has asked for


class Server:
    """The app's server on a port of its own.

    Args:
        home: its PLAYGROUND_HOME.
        slots: its PLAYGROUND_SLOTS_DIR.
        command: what starts it, with PORT in the environment; Streamlit itself by default.
        settings: further settings of the app.
    """

    def __init__(self, home: Path, slots: Path, command: tuple[str, ...] = (), **settings: object) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        streamlit = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port))
        self._command = command or streamlit
        named = {
            setting(name): value for name, value in (_USUAL | {"home": home, "slots_dir": slots} | settings).items()
        }
        self._environment = {**os.environ, "PORT": str(self.port)} | {key: str(value) for key, value in named.items()}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            self._command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, process_group=0
        )
        deadline = time.monotonic() + 120
        while not is_healthy(self.port):
            assert self.process.poll() is None, f"the server ended with {self.process.returncode}"
            assert time.monotonic() < deadline, "the server did not answer within 120 s"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(_ARGUMENTS))
        try:
            yield found
        finally:
            found.close()


@contextlib.contextmanager
def tab(
    of: Browser, *, width: int = 1440, height: int = 900, is_dark: bool = False, is_phone: bool = False
) -> Iterator[Page]:
    """A tab with cookies of its own; fails at the end if the page logged an error."""
    free = _free[of, width, height, is_dark, is_phone]
    context = free.pop() if free else _context(of, width, height, is_dark, is_phone)
    page = context.new_page()
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not _HARMLESS.search(where) and not _WHILE_CUT.search(message.text):
            errors.append(f"{message.text} ({where})")

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
        assert errors == [], errors
    except BaseException:
        context.close()
        raise
    if page.is_closed():
        context.close()
    else:
        _emptied(context, page)
        free.append(context)


# A browser keeps what it has loaded and compiled of Streamlit with a context: a new one takes seconds for every page.
_free: defaultdict[tuple[Browser, int, int, bool, bool], list[BrowserContext]] = defaultdict(list)


def _context(of: Browser, width: int, height: int, is_dark: bool, is_phone: bool) -> BrowserContext:
    context = of.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if is_dark else "light",
        **({"user_agent": PHONE, "is_mobile": True, "has_touch": True} if is_phone else {}),
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def _emptied(context: BrowserContext, page: Page) -> None:
    """Forget who was there: whoever is next is somebody else, who has never been here."""
    page.evaluate("localStorage.clear()")
    for each in context.pages:
        each.close()
    context.clear_cookies()
    context.clear_permissions()
    context.set_offline(False)
    context.unroute_all()


def state(page: Page, word: str, timeout_s: float = PATIENCE_MS / 1000) -> None:
    """Wait until the chip of the transport says ``word``; while the page is drawn again there may be two chips."""
    chip = page.locator(".st-key-transport .stMarkdownBadge").filter(has_text=word).first
    expect(chip).to_be_visible(timeout=1000 * timeout_s)


def press(within: Page | Locator, name: str) -> None:
    """Press the button called ``name`` once there is exactly one: those of the drawing before stay for a moment."""
    button = within.get_by_role("button", name=name, exact=True)
    expect(button).to_have_count(1)
    button.click()


def press_until(button: Locator, holds: Callable[[], bool], timeout_s: float = PATIENCE_MS / 1000) -> None:
    """Press ``button`` until something ``holds``: a page that is just being drawn anew may lose a click."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, f"{button} was pressed for {timeout_s} s in vain"
        if button.count() == 1:
            button.click()
        for _look in range(50):
            if holds():
                return
            button.page.wait_for_timeout(100)


def picture(of: Locator) -> bytes:
    """How an element looks, as PNG; one that is drawn anew in this moment is looked at again."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            return of.screenshot()
        except Error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def changed(of: Locator, before: bytes) -> None:
    """Wait until an element looks different from ``before``."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while picture(of) == before:
        assert time.monotonic() < deadline, "the picture did not change"
        time.sleep(0.1)


def darken(page: Page) -> None:
    """Have the browser ask for dark pages, and wait until this one is."""
    ground = "getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
    before = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{ground} !== '{before}'")
    page.wait_for_function("document.getAnimations().every((one) => !(one instanceof CSSTransition))")
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page has been drawn with all its pictures, without an exception box or a scroll to the side."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.locator('[data-testid="stSkeleton"]').first.wait_for(state="hidden")
    assert page.locator('[data-testid="stException"]').count() == 0, page.inner_text("body")
    page.wait_for_function("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"the page scrolls sideways: {wide} px in {room} px"
