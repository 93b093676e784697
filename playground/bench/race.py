"""How soon a fair race of six begins and ends."""

import time

from playground import recipes
from playground.bench.engine import bench_client, wait
from playground.bench.result import Result, against_bound
from playground.engine import comparisons
from playground.engine.comparisons import Plan
from playground.specs.edit import with_value
from playground.specs.race import members, offered

_CONTESTANTS = ("SGD", "Momentum", "RMSprop", "Adagrad", "Adam", "Nadam")
_EPOCHS = 200
_RACES = 3


def race() -> Result:
    """Seconds from a request reaching a warm host until all six have finished."""
    return _against(1, 20.0, "race", "until all six have finished")


def race_first() -> Result:
    """Seconds from a request reaching a warm host until the first batch of the first is in the store."""
    return _against(0, 2.0, "race-first", "until the first points are in the store")


def _against(which: int, bound: float, name: str, until: str) -> Result:
    what = (
        f"six optimizers in lockstep on the recipe spiral, {_EPOCHS} epochs, one seed, prepared data, from the request "
        f"to a warm host {until}, median of {_RACES} races"
    )
    return against_bound(name, [times[which] for times in _raced()], bound, "s", what)


def _raced() -> list[tuple[float, float]]:
    """Of every race the seconds until the first points and until the end; the first of all prepares the data."""
    spec = with_value(recipes.recipe("spiral").spec, "training.epochs", _EPOCHS)
    every = offered("optimizers", spec)
    plan = Plan("race", members({label: every[label] for label in _CONTESTANTS}, [spec.seed]))
    found = []
    with bench_client() as client:
        wait(client, client.submit(with_value(spec, "training.epochs", 1)), lambda run: run.is_ended)
        for _ in range(_RACES):
            asked_at = time.time()
            made = comparisons.submit(client, plan, "Race")
            runs = [wait(client, member.run_id, lambda run: run.is_ended) for member in made.members]
            assert all(run.state == "finished" for run in runs), [run.error for run in runs]
            firsts = [run.first_point_at for run in runs if run.first_point_at is not None]
            ends = [run.ended_at for run in runs if run.ended_at is not None]
            found.append((min(firsts) - asked_at, max(ends) - asked_at))
    return found
