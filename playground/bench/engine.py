"""How soon a run begins."""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playground import recipes
from playground.bench.result import Result, against_bound
from playground.engine.client import Client
from playground.runs import Run
from playground.settings import Settings, settings
from playground.specs.edit import with_value

_RUNS = 9


@contextlib.contextmanager
def bench_client(**limits: int) -> Iterator[Client]:
    """A client of an empty home with slots of its own and a ready host; all of it ends with the block.

    Args:
        limits: settings that are other than this process's.
    """
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        changes = {"home": Path(folder) / "home", "slots_dir": Path(folder) / "slots", **limits}
        client = Client(Settings.model_validate({**settings().model_dump(), **changes}))
        client.ensure_host()
        try:
            yield client
        finally:
            client.stop_host()


def first_point() -> Result:
    """Seconds from a request reaching a warm host to the first batch in the store."""
    spec = with_value(recipes.recipe("digits-cnn").spec, "training.epochs", 2)
    samples = []
    with bench_client() as client:
        for _ in range(_RUNS):
            asked_at = time.time()
            run = wait(client, client.submit(spec), lambda run: run.is_ended)
            assert run.first_point_at is not None, run.error
            samples.append(run.first_point_at - asked_at)
    what = f"digits-cnn, request to a warm host until the first batch is in the store, median of {_RUNS} runs"
    return against_bound("first-point", samples, 0.8, "s", what)


def wait(client: Client, run_id: str, is_there: Callable[[Run], bool]) -> Run:
    """The run once ``is_there`` holds for it."""
    while True:
        run = client.store.runs.run(run_id)
        if is_there(run):
            return run
        time.sleep(0.02)
