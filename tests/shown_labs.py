"""The states of the labs, of the page Playground and of what a trained network shows, of which pictures are taken."""

from collections.abc import Iterator

from playwright.sync_api import Page

from playground import recipes
from playground.engine.abandoned import PLANE
from playground.engine.client import Client
from playground.runs import ENDED
from playground.specs.edit import with_value
from playground.ui import shell
from tests import clicks
from tests.faults.engine import wait_for
from tests.shown import Shot, kept

LABS = {
    "activations": (shell.ACTIVATIONS, "?show=relu,gelu,tanh"),
    "losses": (shell.LOSSES, ""),
    "optimizers": (shell.OPTIMIZERS, ""),
    "regularisation": (shell.REGULARISATION, ""),
    "convolution": (shell.CONVOLUTION, ""),
    "sequences": (shell.SEQUENCES, ""),
    "tensors": (shell.TENSORS, ""),
    "metrics": (shell.METRICS, ""),
    "formula": (shell.FORMULA, ""),
}
"""Every lab: its page, and what is chosen there."""


def labs() -> Iterator[Shot]:
    """Each lab as it opens, computed."""
    for name, (path, query) in LABS.items():
        address = path.removeprefix("pages/").removesuffix(".py").partition("_")[2]
        yield Shot(f"lab-{name}", f"/{address}{query}", "Try", clicks.computed)


def learned(client: Client) -> Iterator[Shot]:
    """Points learned on the page Playground, a run that went wrong, one that is watched closely, and a finished one."""
    steep = with_value(recipes.recipe("digits-mlp").spec, "learning_rate", 1e4)
    wrong = wait_for(client, client.submit(steep), lambda run: run.is_ended)
    yield Shot("train-doctor", f"/Train?run={wrong.id}", "Failed|Finished")
    digits = client.store.drafts.create(recipes.recipe("digits-cnn").spec, client.settings.owner)
    done = wait_for(client, client.submit(digits.spec, draft_id=digits.id), lambda run: run.is_ended)
    client.store.drafts.ran(digits.id, done.id)
    yield Shot("evaluate", f"/Evaluate?run={done.id}", "Which class is taken", clicks.computed)
    yield Shot("explain", f"/Explain?run={done.id}&look=layer", "Inside a layer", clicks.computed)
    yield Shot("runs", "/Runs?list=all", "Every run is kept")
    yield Shot("run", f"/Runs?run={done.id}", "All runs")
    yield Shot("predict", f"/Predict?run={done.id}", "Draw", clicks.three)
    spirals = kept(client, recipes.recipe("spiral").spec)
    yield Shot("lab-optimizers-race", f"/Optimizers?draft={spirals}&part=race", "Try", clicks.computed)

    def played(page: Page) -> None:
        for run in client.store.runs.find(owner=PLANE, limit=10):  # that of the look before holds the only place
            if run.state in ENDED:
                continue
            client.request(run.id, "stop")
            wait_for(client, run.id, lambda run: run.is_ended)
        clicks.played(page)

    yield Shot("playground", "/Playground?learning_rate=0.1&speed=200", "Step", played)
