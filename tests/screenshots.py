"""Takes the pictures in docs/screenshots again: every page in its states, light and dark, wide and on a phone.

``make screenshots``, or ``python -m tests.screenshots NAME`` for one page. Runs and drafts are made in a home that ends
with it, so that the pictures show the same things every time.
"""

import itertools
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from playground import data, recipes
from playground.engine.client import Client
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.stack import added
from playground.specs.templates import started
from tests import browser as real
from tests.faults.engine import engine, long_spec, training, wait_for

FOLDER = real.ROOT / "docs" / "screenshots"
LOOKS = {
    "light": {"is_dark": False},
    "dark": {"is_dark": True},
    "light-phone": {"is_phone": True, "width": 390, "height": 844},
    "dark-phone": {"is_phone": True, "width": 390, "height": 844, "is_dark": True},
}


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the address, what to wait for, and what to do before."""

    name: str
    path: str
    text: str
    act: Callable[[Page], None] = lambda page: None


def states(client: Client) -> Iterator[Shot]:
    """The pages one after another, each when its state has been brought about."""
    yield Shot("home-empty", "/", "Every run is kept")
    finished = wait_for(client, client.submit(recipes.recipe("digits-cnn").spec), lambda run: run.is_ended)
    yield Shot("train-finished", f"/Train?run={finished.id}", "Result on the test part")
    wild = with_value(recipes.recipe("digits-mlp").spec, "learning_rate", 1e38)
    failed = wait_for(client, client.submit(wild), lambda run: run.is_ended)
    yield Shot("train-failed", f"/Train?run={failed.id}", "Failed")
    running = wait_for(client, client.submit(long_spec(epochs=4_000, name="Digits, slowly")), training)
    queued = client.submit(recipes.recipe("iris-mlp").spec)
    yield Shot("home", "/", "Watch it learn")
    yield Shot("train", f"/Train?run={running.id}", "Batch line")
    yield Shot("train-queued", f"/Train?run={queued}", "Next in line")
    client.request(queued, "stop")
    client.request(running.id, "pause")
    wait_for(client, running.id, lambda run: run.state == "paused")
    yield Shot("train-paused", f"/Train?run={running.id}", "Paused")
    client.request(running.id, "stop")
    wait_for(client, running.id, lambda run: run.is_ended)
    yield Shot("train-stopped", f"/Train?run={running.id}", "Stopped")
    yield Shot("train-missing", "/Train?run=nothing", "There is no such run")


def built(client: Client) -> Iterator[Shot]:
    """The pages of the builder, from an empty draft to several runs of one."""

    def draft(spec: RunSpec) -> str:
        return client.store.drafts.create(spec, client.settings.owner).id

    def begun(source: str, template: str | None = None) -> RunSpec:
        dataset = first_dataset(source)
        return started(dataset, data.outline(dataset), template)

    yield Shot("data-none", "/Data", "Digits")
    for source in ("digits", "iris", "spirals", "diabetes"):
        yield Shot(f"data-{source}", f"/Data?draft={draft(begun(source))}", "Class balance|Target")
    yield Shot("data-offline", f"/Data?draft={draft(begun('mnist'))}", "mnist.npz")
    yield Shot("model-none", "/Model", "dataset")
    yield Shot("model-empty", f"/Model?draft={draft(begun('digits'))}", "MLP")
    cnn = begun("digits", "cnn")
    fitting = draft(cnn)
    yield Shot("model-cnn", f"/Model?draft={fitting}", "Everything fits")
    wrong = added(begun("digits", "mlp"), "Conv2D", 1)
    yield Shot("model-does-not-fit", f"/Model?draft={draft(wrong)}", "expects")
    deep = begun("iris", "mlp")
    for _ in range(30):
        deep = added(deep, "Dense")
    yield Shot("model-deep", f"/Model?draft={draft(deep)}", "Everything fits")
    yield Shot("train-ready", f"/Train?draft={fitting}", "Start")
    blocked = with_value(begun("digits", "mlp"), "training.loss", {"kind": "MeanSquaredError"})
    blocked = with_value(blocked, "model.layers.output.units", 3)
    yield Shot("train-blocked", f"/Train?draft={draft(blocked)}", "Start")
    several = client.store.drafts.create(begun("digits", "mlp"), client.settings.owner)
    for rate in (0.0003, 0.001, 0.003):
        spec = with_value(several.spec, "learning_rate", rate)
        several = client.store.drafts.save(several.id, spec, several.revision)
        run = wait_for(client, client.submit(spec, draft_id=several.id), lambda run: run.is_ended)
        client.store.drafts.ran(several.id, run.id)
    yield Shot("train-overlaid", f"/Train?draft={several.id}", "Result on the test part")


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
                for shot in itertools.chain(states(client), built(client)):
                    if not names or shot.name.startswith(tuple(names)):
                        take(shot, chromium, server, FOLDER)
                        print(shot.name, flush=True)
        finally:
            server.kill()


if __name__ == "__main__":
    main(sys.argv[1:])
