"""What the tests of the engine share: a home of their own, long runs, and waiting for the store to say something."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playground import recipes
from playground.engine import slots
from playground.engine.client import Client
from playground.runs import Run
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value

LIMIT_S = 120.0
"""Seconds that something is waited for before it counts as never coming: many times what it takes on a slow machine."""


class Patient(Client):
    """A client that waits for a host whose machine has much else to do."""

    def ping(self, timeout_s: float = LIMIT_S) -> dict[str, Any] | None:
        return super().ping(timeout_s)

    def ensure_host(self, timeout_s: float = 2 * LIMIT_S) -> float:
        return super().ensure_host(timeout_s)


def long_spec(epochs: int = 50_000, name: str = "Long") -> RunSpec:
    """A run that trains for minutes unless somebody ends it."""
    spec = with_value(recipes.recipe("digits-mlp").spec, "training.epochs", epochs)
    return spec.model_copy(update={"name": name})


def short_spec() -> RunSpec:
    """A run of a second."""
    return with_value(recipes.recipe("digits-mlp").spec, "training.epochs", 2)


@contextlib.contextmanager
def engine(folder: Path, **changes: object) -> Iterator[Client]:
    """A client of a home in ``folder`` with slots of its own; its host and runs end with the block."""
    values = {"home": folder / "home", "slots_dir": folder / "slots", "cpu_slots": 1, "host_idle_s": 300, **changes}
    client = Patient(Settings.model_validate(values))
    try:
        yield client
    finally:
        client.stop_host()
        for run in client.store.runs.find(states_in={"running", "paused"}):
            with contextlib.suppress(ProcessLookupError):
                os.kill(run.pid or -1, signal.SIGKILL)


def until(is_there: Callable[[], object], what: str = "", timeout_s: float = LIMIT_S) -> None:
    """Wait until something holds; an AssertionError that says ``what`` after ``timeout_s``."""
    deadline = time.monotonic() + timeout_s
    while not is_there():
        assert time.monotonic() < deadline, what or f"waited {timeout_s} s"
        time.sleep(0.02)


def wait_for(client: Client, run_id: str, is_there: Callable[[Run], bool], timeout_s: float = LIMIT_S) -> Run:
    """The run once ``is_there`` holds; fails with what it is instead."""
    deadline = time.monotonic() + timeout_s
    while True:
        run = client.store.runs.run(run_id)
        if is_there(run):
            return run
        assert time.monotonic() < deadline, f"waited {timeout_s} s; the run is {run}"
        time.sleep(0.02)


def training(run: Run) -> bool:
    """Whether the run has trained a first batch, or has ended."""
    return run.first_point_at is not None or run.is_ended


@contextlib.contextmanager
def no_slot_free(client: Client) -> Iterator[None]:
    """All slots are taken meanwhile, so that no run begins: what is asked of it now, it hears before its first step."""
    held: list[int] = []

    def is_taken(slot: slots.Slot) -> bool:
        descriptor = slots.take(slot, client.settings)
        held.extend([] if descriptor is None else [descriptor])
        return descriptor is not None

    try:
        for slot in slots.slots(client.settings):
            until(lambda slot=slot: is_taken(slot), f"{slot.name} was never free")
        yield
    finally:
        for descriptor in held:
            os.close(descriptor)
