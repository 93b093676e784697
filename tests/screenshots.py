"""Takes the pictures in docs/screenshots again: every page in its states, light and dark, wide and on a phone.

``make screenshots``, or ``python -m tests.screenshots NAME`` for one page. Runs and drafts are made in a home that ends
with it, so that the pictures show the same things every time.
"""

import itertools
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests import browser as real
from tests.faults.engine import engine
from tests.shown import Shot, shots
from tests.shown_examples import examples
from tests.shown_labs import labs, learned

FOLDER = real.ROOT / "docs" / "screenshots"
LOOKS = {
    "light": {"is_dark": False},
    "dark": {"is_dark": True},
    "light-phone": {"is_phone": True, "width": 390, "height": 844},
    "dark-phone": {"is_phone": True, "width": 390, "height": 844, "is_dark": True},
}


def take(shot: Shot, chromium: Browser, server: real.Server, folder: Path) -> None:
    """Write the picture of one state in every look."""
    for look, how in LOOKS.items():
        with real.tab(chromium, **how) as page:
            page.goto(server.address + shot.path)
            page.get_by_text(re.compile(shot.text)).locator("visible=true").first.wait_for(timeout=30_000)
            real.settled(page)
            shot.act(page)
            page.wait_for_timeout(700)  # a canvas is drawn a moment after its page is
            page.screenshot(path=folder / f"{shot.name}-{look}.png")


def main(names: list[str]) -> None:
    """Take all pictures, or those whose name begins with one of ``names``."""
    FOLDER.mkdir(exist_ok=True)
    folder = Path(tempfile.gettempdir()) / "keras-playground"  # one name always: a picture shows it
    shutil.rmtree(folder, ignore_errors=True)
    with engine(folder) as client:
        client.ensure_host()
        server = real.Server(client.settings.home, client.settings.slots_dir, cpu_slots=1)
        server.start()
        try:
            with real.browser() as chromium:
                for shot in itertools.chain(shots(client), examples(client), labs(), learned(client)):
                    if not names or shot.name.startswith(tuple(names)):
                        take(shot, chromium, server, FOLDER)
                        print(shot.name, flush=True)
        finally:
            server.kill()


if __name__ == "__main__":
    main(sys.argv[1:])
