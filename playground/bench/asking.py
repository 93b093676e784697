"""How soon a run that trains answers to a stop and to a pause."""

import functools
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground import recipes
from playground.bench.engine import bench_client, wait
from playground.bench.result import Result, p95_against_bound
from playground.engine.client import Client
from playground.runs import Run
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value

_STOPS = 24  # of fewer than 20 the 95th percentile by nearest rank is the slowest of all
_PAUSES = 40
_BEHIND = 20  # events among which the answer to the last request is
_BOUND_MS = 200.0
_EPOCHS = 100_000
_ROWS = {"train": 60_000, "test": 10_000}


def stop() -> Result:
    """Milliseconds from a stop request to the run's ``stopped`` event in the store."""
    return _worst("stop", _stops, f"stop request until the stopped event is in the store, {_STOPS} runs each")


def pause() -> Result:
    """Milliseconds from a pause request to the run's ``paused`` event in the store."""
    return _worst("pause", _pauses, f"pause request until the paused event is in the store, {_PAUSES} each")


def _worst(name: str, measure: Callable[[Client, RunSpec], list[float]], what: str) -> Result:
    """The network with the highest p95."""
    with bench_client() as client:
        _made_up_mnist(client.settings)
        found = {network: measure(client, spec) for network, spec in _networks().items()}
    results = {network: p95_against_bound(name, samples, _BOUND_MS, "ms", "") for network, samples in found.items()}
    worst = max(results, key=lambda network: results[network].ours)
    each = ", ".join(f"{network} {result.ours:.0f}" for network, result in results.items())
    return p95_against_bound(name, found[worst], _BOUND_MS, "ms", f"{what}; the highest p95 of {each}")


def _stops(client: Client, spec: RunSpec) -> list[float]:
    samples = []
    for number in range(_STOPS):
        run_id = _training(client, spec, 0.37 * number % 1)
        asked_at = time.time()
        client.request(run_id, "stop")
        run = wait(client, run_id, lambda run: run.is_ended)
        assert run.state == "stopped", run.error
        assert run.ended_at is not None
        samples.append(1000 * (run.ended_at - asked_at))
    return samples


def _pauses(client: Client, spec: RunSpec) -> list[float]:
    run_id, samples = _training(client, spec, 0.0), []
    for number in range(_PAUSES):
        time.sleep(0.37 * number % 1)
        asked_at = time.time()
        request = client.request(run_id, "pause")
        run = wait(client, run_id, functools.partial(_has_answered, request))
        assert run.state == "paused", run.error
        events = client.store.runs.events(run_id, after=run.seq - _BEHIND)
        samples.append(1000 * (next(event.at for event in events if event.data.get("request") == request) - asked_at))
        client.request(run_id, "resume")
        wait(client, run_id, lambda run: run.state == "running")
    client.request(run_id, "stop")
    wait(client, run_id, lambda run: run.is_ended)
    return samples


def _has_answered(request: int, run: Run) -> bool:
    return run.acknowledged == request or run.is_ended


def _training(client: Client, spec: RunSpec, seconds: float) -> str:
    """A run that has trained for a while, so that requests fall into different places of an epoch."""
    run_id = client.submit(spec)
    run = wait(client, run_id, lambda run: run.first_point_at is not None or run.is_ended)
    assert not run.is_ended, run.error
    time.sleep(seconds)
    return run_id


def _networks() -> Mapping[str, RunSpec]:
    six = [{"kind": "Dense", "name": f"hidden_{at}", "args": {"units": 8, "activation": "tanh"}} for at in range(6)]
    output = {"kind": "Dense", "name": "output", "args": {"units": 1, "activation": "sigmoid"}}
    spirals: dict[str, Any] = {
        "version": 1,
        "name": "6 × 8",
        "dataset": {"source": "spirals", "options": {"n_samples": 500}},
        "model": {"layers": [*six, output]},
        "training": {
            "optimizer": {"kind": "Adam"},
            "loss": {"kind": "BinaryCrossentropy"},
            "metrics": [{"kind": "accuracy"}],
            "batch_size": 10,
        },
    }
    specs = {
        "6x8": RunSpec.from_dict(spirals),
        "mnist-ann": recipes.recipe("mnist-ann").spec,
        "digits-cnn": recipes.recipe("digits-cnn").spec,
    }
    return {name: with_value(spec, "training.epochs", _EPOCHS) for name, spec in specs.items()}


def _made_up_mnist(settings: Settings) -> None:
    """A file of MNIST's shapes, in the place where one can be put by hand; its pixels say nothing."""
    draws = np.random.default_rng(0)
    arrays: dict[str, Any] = {}
    for part, rows in _ROWS.items():
        arrays[f"x_{part}"] = draws.integers(0, 256, (rows, 28, 28), np.uint8)
        arrays[f"y_{part}"] = draws.integers(0, 10, rows, np.uint8)
    settings.datasets_dir.mkdir(parents=True, exist_ok=True)
    np.savez(settings.datasets_dir / "mnist.npz", **arrays)
