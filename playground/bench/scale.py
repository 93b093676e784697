"""How the time of an epoch grows with the rows and with the parameters.

``python -m playground.bench.scale`` measures in a process of its own and prints JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from playground.bench.result import Result
from playground.bench.speed import Case, dense_case

_ROWS = {rows: dense_case((16,), rows, inputs=8, batch_size=128) for rows in (10**3, 10**4, 10**5, 10**6)}
_PARAMETERS = {
    about: dense_case(units, 1_000, inputs=inputs, batch_size=100)
    for about, (inputs, units) in {
        10**2: (4, (10,)),
        10**3: (16, (32,)),
        10**4: (32, (96, 64)),
        10**5: (64, (320, 240)),
        10**6: (128, (1_024, 832)),
        10**7: (256, (3_072, 2_944)),
    }.items()
}


def scale() -> Result:
    """How many times longer an epoch takes for ten times as many rows, from 100,000 to a million."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.scale"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: Mapping[str, Mapping[str, float]] = json.loads(done.stdout.splitlines()[-1])
    rows = {int(n): rate for n, rate in found["rows"].items()}
    last, before = 1 / rows[10**6], 1 / rows[10**5]
    table = "; ".join(
        f"by {name}: " + ", ".join(f"{int(n):,} {rate:.3g}" for n, rate in rates.items())
        for name, rates in found.items()
    )
    what = f"seconds of an epoch over 10^6 rows, divided by ten times those over 10^5; epochs a second {table}"
    return Result("scale", last / (10 * before), last, 10 * before, "s", last, last, what)


def _measured() -> dict[str, dict[int, float]]:
    return {"rows": _rates(_ROWS), "parameters": _rates(_PARAMETERS)}


def _rates(cases: Mapping[int, Case]) -> dict[int, float]:
    import numpy as np

    from playground.bench.speed import trained

    draws = np.random.default_rng(0)
    found = {}
    for number, case in cases.items():
        x = draws.normal(size=(case.rows, *case.shape)).astype(np.float32)
        found[number] = trained(case, x, draws.integers(0, 2, case.rows))[0]
    return found


if __name__ == "__main__":
    print(json.dumps(_measured()))
