"""What it costs a run to be recorded, to listen for requests, and to be looked at.

``python -m playground.bench.watch`` measures in a process of its own and prints JSON; with a run and an address it is
who looks: a session of the page Train of that run, which ticks twice a second on a server that stands already.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playground.bench.page import server, wait_for
from playground.bench.result import Result

_ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 5
_LONGEST_S = 3600.0
_READY = "ready\n"
_BOUND = 0.97


def watch_cost() -> Result:
    """Steps a second of a run that is recorded and looked at, divided by those of one that is not, in turn."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.watch"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    watched, alone = found["watched"], found["alone"]
    ratios = [ours / other for ours, other in zip(watched, alone, strict=True)]
    what = (
        f"epochs a second of tiny-fit recorded in the store, listening, and with its page drawn twice a second by "
        f"another process, divided by those without any of it (at least {_BOUND}); ratios "
        f"{', '.join(f'{ratio:.3g}' for ratio in sorted(ratios))}"
    )
    ratio, ours, other = (statistics.median(values) for values in (ratios, watched, alone))
    return Result("watch-cost", ratio, ours, other, "epochs/s", min(watched), max(watched), what)


def _measured() -> dict[str, list[float]]:
    import numpy as np

    from playground.bench.speed import CASES, spec_of, trained
    from playground.engine import process
    from playground.engine.client import Client
    from playground.runs import open_store
    from playground.settings import Settings

    case = CASES["tiny-fit"]
    draws = np.random.default_rng(0)
    x = draws.normal(size=(case.rows, *case.shape)).astype(np.float32)
    y = draws.integers(0, 2, case.rows)
    found: dict[str, list[float]] = {"watched": [], "alone": []}
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder, server(Path(folder)) as (_, address):
        wait_for(address)
        home = Settings(home=Path(folder), slots_dir=Path(folder) / "slots")
        Client(home).ensure_host()  # the page would start it, and it has Keras to import
        store = open_store(home)
        pid = os.getpid()
        place = {"pid": pid, "pid_start": process.started_at(pid), "machine": process.machine(), "device": "CPU"}
        for _ in range(_ROUNDS):
            found["alone"].append(trained(case, x, y)[0])
            run_id = store.runs.create(spec_of(case)[0], "local")
            store.runs.append(run_id, "started", place, only_from={"queued"})
            with _looking(address, run_id):
                found["watched"].append(trained(case, x, y, store.runs.journal(run_id))[0])
            store.runs.append(run_id, "stopped", {"reason": "Measured."})
    return found


@contextmanager
def _looking(address: str, run_id: str) -> Iterator[None]:
    command = [sys.executable, "-m", "playground.bench.watch", run_id, address.replace("http", "ws", 1)]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as looking:
        assert looking.stdout is not None
        try:
            assert looking.stdout.readline() == _READY, "the page could not be drawn"
            yield
            assert looking.poll() is None, "the page could not be drawn again"
        finally:
            looking.terminate()


async def _look(run_id: str, address: str) -> None:
    from playground.bench.viewers import Viewer

    ready = asyncio.Barrier(2)
    looking = asyncio.create_task(Viewer(run_id).watch(address, ready, 0, _LONGEST_S))
    await ready.wait()
    print(_READY, end="", flush=True)
    await looking


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_look(*sys.argv[1:]))
    else:
        print(json.dumps(_measured()))
