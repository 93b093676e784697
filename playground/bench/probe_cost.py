"""What it costs a run to be looked into while it trains."""

import itertools
import statistics
import time
from collections.abc import Mapping

from playground import recipes
from playground.bench.engine import bench_client, wait
from playground.bench.result import Result
from playground.engine.client import Client
from playground.specs import RunSpec
from playground.specs.edit import with_value

_PARTS = ["gradients", "histograms", "units", "samples", "confusion", "surface"]
_EPOCHS = 10_000_000  # a small network makes thousands a second, and must outlast all rounds
_SETTLE_S = 15.0  # until the quickest program has been found
_MEASURE_S = 10.0
_ROUNDS = 5
_LAPSE_S = 30.0  # a run forgets then, see playground.training.probing
_AGAIN_S = 10.0
_LIMIT_S = 120.0
_BOUND = 0.95


def probe_cost() -> Result:
    """Steps a second with every part of the live view watched, divided by those with none, in turn in one run."""
    ratios: dict[str, list[float]] = {}
    speeds: dict[str, tuple[list[float], list[float]]] = {}
    with bench_client(max_epochs=_EPOCHS) as client:
        for name, spec in _networks().items():
            speeds[name] = watched, alone = _speeds(client, spec)
            ratios[name] = [ours / other for ours, other in zip(watched, alone, strict=True)]
    each = "; ".join(f"{name} {', '.join(f'{ratio:.3f}' for ratio in sorted(found))}" for name, found in ratios.items())
    what = (
        f"steps a second while all of {', '.join(_PARTS)} are watched, divided by those of the same run while none is, "
        f"before and after (at least {_BOUND}), the median of all ratios; {each}"
    )
    found = [ratio for of_one in ratios.values() for ratio in of_one]
    name = min(ratios, key=lambda name: statistics.median(ratios[name]))
    watched, alone = speeds[name]
    ours, other = statistics.median(watched), statistics.median(alone)
    return Result("probe-cost", statistics.median(found), ours, other, "steps/s", min(watched), max(watched), what)


def _speeds(client: Client, spec: RunSpec) -> tuple[list[float], list[float]]:
    """Steps a second of one run, a pair a round: watched, and the mean of before and after, when it was not."""
    run_id = client.submit(spec)
    run = wait(client, run_id, lambda run: run.first_point_at is not None or run.is_ended)
    assert not run.is_ended, run.error
    time.sleep(_SETTLE_S)
    watched, alone = [], [_steps_per_s(client, run_id)]
    for _ in range(_ROUNDS):
        _watch(client, run_id)
        watched.append(_steps_per_s(client, run_id))
        time.sleep(_LAPSE_S - _MEASURE_S + 1)  # until the run has forgotten
        alone.append(_steps_per_s(client, run_id))
    client.request(run_id, "stop")
    wait(client, run_id, lambda run: run.is_ended)
    return watched, [statistics.mean(pair) for pair in itertools.pairwise(alone)]


def _watch(client: Client, run_id: str) -> None:
    """Have every part watched that the run can show, until each was seen: what must be traced is traced then."""
    runs = client.store.runs
    offered = [event.data["parts"] for event in runs.events(run_id, has_columns=False) if "parts" in event.data][-1]
    missing = set(_PARTS) & set(offered)
    after, until, again = runs.run(run_id).seq, time.monotonic() + _LIMIT_S, 0.0
    while missing and time.monotonic() < until:
        if time.monotonic() >= again:
            client.request(run_id, "watch", parts=_PARTS)
            again = time.monotonic() + _AGAIN_S
        time.sleep(0.2)
        found = runs.events(run_id, after=after, has_columns=False)
        after = max([after, *(event.seq for event in found)])
        missing -= {event.data.get("part") for event in found if event.kind == "probe"}
    assert not missing, f"{', '.join(missing)}: nothing was seen in {_LIMIT_S:g} s"
    client.request(run_id, "watch", parts=_PARTS)


def _steps_per_s(client: Client, run_id: str) -> float:
    """Over some seconds, from one event of the run to another."""
    first = _step_at(client, run_id)
    time.sleep(_MEASURE_S)
    last = _step_at(client, run_id)
    return (last[0] - first[0]) / (last[1] - first[1])


def _step_at(client: Client, run_id: str) -> tuple[int, float]:
    """How many steps are complete, and when that was."""
    event = client.store.runs.events(run_id, after=client.store.runs.run(run_id).seq - 1)[-1]
    return int(event.data["step"]), event.at


def _networks() -> Mapping[str, RunSpec]:
    chosen = {name: recipes.recipe(name).spec for name in ("spiral", "digits-cnn", "digits-mlp")}
    return {name: with_value(spec, "training.epochs", _EPOCHS) for name, spec in chosen.items()}
