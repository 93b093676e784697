"""What it costs a run to be recorded, to listen for requests, and to be looked at.

``python -m playground.bench.watch`` measures in a process of its own and prints JSON; with a run's id it is the one who
looks: the page Train of that run, drawn twice a second.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playground.bench.result import Result

_ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 5
_EVERY_S = 0.5
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

    from playground.bench.speed import CASES, trained

    case = CASES["tiny-fit"]
    draws = np.random.default_rng(0)
    x = draws.normal(size=(case.rows, *case.shape)).astype(np.float32)
    y = draws.integers(0, 2, case.rows)
    found: dict[str, list[float]] = {"watched": [], "alone": []}
    for _ in range(_ROUNDS):
        found["alone"].append(trained(case, x, y)[0])
        with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
            from playground.bench.speed import spec_of
            from playground.engine import process
            from playground.runs import open_store
            from playground.settings import Settings

            store = open_store(Settings(home=Path(folder)))
            run_id = store.runs.create(spec_of(case)[0], "local")
            pid = os.getpid()
            place = {"pid": pid, "pid_start": process.started_at(pid), "machine": process.machine(), "device": "CPU"}
            store.runs.append(run_id, "started", place, only_from={"queued"})
            with _looking(Path(folder), run_id):
                found["watched"].append(trained(case, x, y, store.runs.journal(run_id))[0])
    return found


@contextmanager
def _looking(home: Path, run_id: str) -> Iterator[None]:
    environment = {**os.environ, "PLAYGROUND_HOME": str(home), "PLAYGROUND_SLOTS_DIR": str(home / "slots")}
    command = [sys.executable, "-m", "playground.bench.watch", run_id]
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.DEVNULL) as looking:
        try:
            yield
            assert looking.poll() is None, "the page could not be drawn"
        finally:
            looking.terminate()


def _look(run_id: str) -> None:
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=30)
    page.switch_page("pages/3_Train.py")
    while True:
        began = time.monotonic()
        page.run()
        assert not page.exception, page.exception
        time.sleep(max(0.0, _EVERY_S - (time.monotonic() - began)))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _look(sys.argv[1])
    else:
        print(json.dumps(_measured()))
