"""How soon the paths of six optimizers are there, and how soon again after something was moved."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from playground import catalog
from playground.bench.engine import bench_client
from playground.bench.result import Result, against_bound, p95_against_bound
from playground.catalog.contestants import Contestant, contestants, first_rate
from playground.catalog.surfaces import surface
from playground.engine.client import Client

_SURFACE = "ravine"
_WALKERS, _STEPS = 6, 300
_AT_ONCE = 4  # as the page asks
_HOSTS = 5
_MOVES, _WARM = 40, 8


def paths_first() -> Result:
    """Seconds until a fresh workbench has answered the paths of six optimizers for the first time."""
    samples = []
    for _ in range(_HOSTS):
        with bench_client() as client:
            samples.append(_walked(client, (-5.0, 1.6), 1.0))
    what = f"six optimizers, {_STEPS} steps on the {_SURFACE}, nothing compiled before, median of {_HOSTS} hosts"
    return against_bound("paths-first", samples, 3.0, "s", what)


def paths() -> Result:
    """Seconds until all paths are there again after the start, and with it the optimizers' numbers, have moved."""
    samples = []
    with bench_client() as client:
        for number in range(_WARM + _MOVES):
            start = -5.0 + 0.05 * number, 1.6
            samples.append(_walked(client, start, 1.0 - 0.005 * number))
    what = (
        f"six optimizers, {_STEPS} steps on the {_SURFACE}, start, learning rates, momenta and epsilons moved, nothing "
        f"answered before, p95 of {_MOVES} after {_WARM}"
    )
    return p95_against_bound("paths", samples[_WARM:], 0.5, "s", what)


def _walked(client: Client, start: tuple[float, float], share: float) -> float:
    """The seconds until the paths from ``start``, with a ``share`` of the usual learning rates, are all there."""
    began = time.perf_counter()
    with ThreadPoolExecutor(_AT_ONCE) as askers:
        answers = list(askers.map(lambda args: client.ask("path", args), _questions(start, share)))
    passed = time.perf_counter() - began
    assert all(len(arrays["points"]) == _STEPS + 1 for _header, arrays in answers)
    return passed


def _args(of: Contestant, share: float) -> Mapping[str, Any]:
    """A contestant's arguments with ``share`` of each number that is moved."""
    moved: dict[str, Any] = {"learning_rate": share * first_rate(of, surface(_SURFACE))}
    if of.args.get("momentum"):
        moved["momentum"] = share * of.args["momentum"]
    entry = catalog.entry("optimizers", of.kind)
    if entry is not None and entry.param("epsilon") is not None:
        moved["epsilon"] = share * 1e-7
    return {**of.args, **moved}


def _questions(start: tuple[float, float], share: float) -> Sequence[Mapping[str, Any]]:
    on = surface(_SURFACE)
    return [
        {
            "surface": on.id,
            "optimizer": {"kind": each.kind, "args": _args(each, share)},
            "start": start,
            "steps": _STEPS,
            "seed": 0,
        }
        for each in contestants()[:_WALKERS]
    ]
