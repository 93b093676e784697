"""What it costs a run to be recorded, to listen for requests, and to be looked at.

``python -m playground.bench.watch`` measures in a process of its own and prints JSON; with a run and an address it is
who looks: a session of the page Train of that run, which ticks twice a second on a server that stands already.
"""

import asyncio
import itertools
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playground.bench.page import server, wait_for
from playground.bench.result import Result

if TYPE_CHECKING:
    from playground.bench.speed import Stopwatch
    from playground.runs import Journal

_ROOT = Path(__file__).resolve().parents[2]
_CASE = "tiny-fit"
_ROUNDS = 15
_LEAD_S, _MEASURE_S = 0.7, 3.0  # the shorter, the less the machine's own speed changes from one to the next
_LAST, _SOON_S = "epochs with XLA", 5.0  # nothing is looked for behind it, and it may be given up soon
_LONGEST_S = 3600.0
_READY = "ready\n"
_BOUND = 0.97


def watch_cost() -> Result:
    """Steps a second of a run while it is recorded and looked at, divided by those while it is not, in turn."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.watch"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    watched, alone = found[1::2], [statistics.mean(pair) for pair in itertools.pairwise(found[::2])]
    ratios = [ours / other for ours, other in zip(watched, alone, strict=True)]
    what = (
        f"epochs a second of {_CASE} while it is recorded in the store, listens, and its page is drawn twice a second "
        f"by another process, divided by those of the same run without any of it, before and after "
        f"(at least {_BOUND}); ratios {', '.join(f'{ratio:.3f}' for ratio in sorted(ratios))}"
    )
    ratio, ours, other = (statistics.median(values) for values in (ratios, watched, alone))
    return Result("watch-cost", ratio, ours, other, "epochs/s", min(watched), max(watched), what)


def _measured() -> list[float]:
    """Epochs a second, alone and watched in turn; alone first and last."""
    import numpy as np

    from playground.bench import speed
    from playground.engine import process
    from playground.engine.client import Client
    from playground.runs import open_store
    from playground.settings import Settings

    case = speed.CASES[_CASE]
    draws = np.random.default_rng(0)
    x = draws.normal(size=(case.rows, *case.shape)).astype(np.float32)
    y = draws.integers(0, 2, case.rows)
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder, server(Path(folder)) as (_, address):
        wait_for(address)
        home = Settings(home=Path(folder), slots_dir=Path(folder) / "slots")
        Client(home).ensure_host()  # the page would start it, and it has Keras to import
        store = open_store(home, keeps_connections=True)  # as a run has it
        pid = os.getpid()
        place = {"pid": pid, "pid_start": process.started_at(pid), "machine": process.machine(), "device": "CPU"}
        run_id = store.runs.create(speed.spec_of(case)[0], "local")
        store.runs.append(run_id, "started", place, only_from={"queued"})
        stopwatch = speed.Stopwatch(_LONGEST_S)
        with _looking(address, run_id) as looking:
            windows: list[tuple[float, float]] = []
            turns = (stopwatch, store.runs.journal(run_id), looking, windows)
            turning = threading.Thread(target=_take_turns, args=turns, daemon=True)
            turning.start()
            steps_per_epoch = speed.train(case, x, y, stopwatch)
            turning.join()
        store.runs.append(run_id, "stopped", {"reason": "Measured."})
    return [stopwatch.steps_per_s(began, ended) / steps_per_epoch for began, ended in windows]


def _take_turns(
    stopwatch: "Stopwatch",
    journal: "Journal",
    looking: "subprocess.Popen[str]",
    windows: list[tuple[float, float]],
) -> None:
    """Have the run that trains watched in every second part of its time, then stopped.

    Adds to ``windows`` when each part began and ended.
    """
    looking.send_signal(signal.SIGSTOP)
    while _LAST not in stopwatch.programs:
        time.sleep(0.1)
    time.sleep(_SOON_S)
    for part in range(2 * _ROUNDS + 1):
        is_watched = part % 2 == 1
        looking.send_signal(signal.SIGCONT if is_watched else signal.SIGSTOP)
        stopwatch.to = journal if is_watched else None
        time.sleep(_LEAD_S)
        began = time.perf_counter()
        time.sleep(_MEASURE_S)
        windows.append((began, time.perf_counter()))
    stopwatch.until = time.perf_counter()


@contextmanager
def _looking(address: str, run_id: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "playground.bench.watch", run_id, address.replace("http", "ws", 1)]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as looking:
        assert looking.stdout is not None
        try:
            assert looking.stdout.readline() == _READY, "the page could not be drawn"
            yield looking
            assert looking.poll() is None, "the page could not be drawn again"
        finally:
            looking.send_signal(signal.SIGCONT)
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
