"""How long a large table takes from file to prepared arrays, against the bare calls of pandas and scikit-learn.

``python -m playground.bench.prepare FILE`` makes the bare calls and prints the seconds they took and the bytes that
the process grew by.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playground.bench.engine import bench_client
from playground.bench.result import Result
from playground.data.uploads.proposal import proposed_dataset
from playground.data.uploads.upload import profile_of
from playground.engine.client import Client
from playground.engine.tables import submit_table
from playground.runs import Job

_ROWS = 1_000_000
_COLUMNS = 20
_ROUNDS = 3
_LIMITS = {"max_samples": 2 * _ROWS, "max_table_mb": 1_000, "max_job_memory_mb": 32_000}
_LOOK_S = 0.01
_BOUND_TIME = 1.5
_BOUND_MEMORY = 1.2


def table_prepare() -> Result:
    """Seconds from a request to the prepared arrays of a table, divided by those of the bare calls."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        path = Path(folder) / "large.csv"
        _write(path)
        for _ in range(_ROUNDS):
            bare.append(_bare(path))
            with bench_client(**_LIMITS) as client:
                ours.append(_ours(client, path))
    at = sorted(range(_ROUNDS), key=lambda each: ours[each][0] / bare[each][0])[_ROUNDS // 2]
    (seconds, grown), (other, bare_grown) = ours[at], bare[at]
    what = (
        f"{_ROWS:,} rows of {_COLUMNS} numbers and a class, CSV to divided and standardised arrays in jobs, against "
        f"pandas and scikit-learn (bound {_BOUND_TIME:g}), median of {_ROUNDS}; peak memory {grown / 1e6:,.0f} MB "
        f"against {bare_grown / 1e6:,.0f} MB, {grown / bare_grown:.2f} times (bound {_BOUND_MEMORY:g})"
    )
    times = [each for each, _ in ours]
    return Result("table-prepare", seconds / other, seconds, other, "s", min(times), max(times), what)


def _write(path: Path) -> None:
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv

    x = np.random.default_rng(0).normal(size=(_COLUMNS, _ROWS))
    columns = {f"x{number}": column for number, column in enumerate(x, 1)}
    pyarrow.csv.write_csv(pa.table({**columns, "y": (x[0] + x[1] > 0).astype("int8")}), path)


def _ours(client: Client, path: Path) -> tuple[float, int]:
    began = time.monotonic()
    job, first = _watched(client, submit_table(client, path, path.name))
    dataset = proposed_dataset(profile_of(job.result["file"], client.settings))
    _, second = _watched(client, client.prepare(dataset, 0))
    return time.monotonic() - began, max(first, second)


def _watched(client: Client, job_id: str) -> tuple[Job, int]:
    """The finished job, and by how many bytes its process grew beyond what it shares with the host."""
    start = peak = 0
    while not (job := client.store.jobs.job(job_id)).is_ended:
        if job.pid is not None:
            now, highest = _memory(job.pid)
            start = start or now
            peak = max(peak, highest - start)
        time.sleep(_LOOK_S)
    assert job.state == "finished", job.error
    return job, peak


def _memory(pid: int) -> tuple[int, int]:
    """Resident memory of a process now, and the most it ever had, in bytes; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0, 0
    found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status))
    return 1024 * int(found.get("VmRSS", 0)), 1024 * int(found.get("VmHWM", 0))


def _bare(path: Path) -> tuple[float, int]:
    command = [sys.executable, "-m", "playground.bench.prepare", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, grown = done.stdout.split()
    return float(seconds), int(grown)


def _bare_calls(path: str) -> None:
    import pandas as pd
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    before, _ = _memory(os.getpid())
    began = time.monotonic()
    table = pd.read_csv(path)
    x, y = table.drop(columns="y"), table["y"]
    size = round(0.15 * len(x))
    x, x_test, y, y_test = train_test_split(x, y, test_size=size, stratify=y, random_state=0)
    x_train, x_validation, y_train, y_validation = train_test_split(x, y, test_size=size, stratify=y, random_state=0)
    scaler = StandardScaler().fit(x_train)
    prepared = [scaler.transform(each).astype("float32") for each in (x_train, x_validation, x_test)]
    targets = [each.to_numpy("float32") for each in (y_train, y_validation, y_test)]
    assert sum(map(len, prepared)) == sum(map(len, targets)) == len(table)
    print(time.monotonic() - began, _memory(os.getpid())[1] - before)


if __name__ == "__main__":
    _bare_calls(sys.argv[1])
