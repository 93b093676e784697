"""How soon a picture of a large dataset is there."""

import tempfile
import time
from pathlib import Path

import numpy as np

from playground.bench.engine import bench_client
from playground.bench.result import Result, against_bound
from playground.data.statistics import PICTURES, Asked, offered
from playground.data.uploads.proposal import proposed
from playground.engine.client import Client
from playground.engine.pictures import submit_picture
from playground.engine.tables import submit_table, taken_in
from playground.specs import DatasetSpec

_ROWS, _COLUMNS = 100_000, 12
_BOUND_S = 2.0


def look() -> Result:
    """Seconds from asking for a picture of 100,000 rows until it is kept, the slowest of all that are offered."""
    took = {}
    with bench_client() as client, tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        dataset = _taken_in(client, Path(folder) / "rows.csv")
        for name in offered(dataset, client.settings):
            for method in ("pca", "tsne") if name == "map" else ("pca",):
                theme = "" if PICTURES[name].take else "light"
                asked = Asked.model_validate(
                    {"picture": name, "dataset": dataset, "seed": 0, "method": method, "theme": theme}
                )
                took["t-SNE" if method == "tsne" else name] = _taken_s(client, asked)
    each = ", ".join(f"{name} {seconds:.2f}" for name, seconds in took.items())
    what = f"a picture of {_ROWS:,} rows and {_COLUMNS} columns, from the request until it is kept: {each}"
    return against_bound("look", [max(took.values())], _BOUND_S, "s", what)


def _taken_s(client: Client, asked: Asked) -> float:
    began = time.monotonic()
    job_id = submit_picture(client, asked)
    while not (job := client.store.jobs.job(job_id)).is_ended:
        time.sleep(0.01)
    assert job.state == "finished", job.error
    return time.monotonic() - began


def _taken_in(client: Client, path: Path) -> DatasetSpec:
    """A table of numbers, a few of them gaps, with three classes that the first columns tell apart."""
    import pandas as pd

    draws = np.random.default_rng(0)
    label = draws.integers(0, 3, _ROWS)
    x = draws.normal(size=(_ROWS, _COLUMNS))
    x[:, :3] += label[:, None]
    x[draws.random(x.shape) < 0.01] = np.nan
    frame = pd.DataFrame(x.round(3), columns=[f"measure {number}" for number in range(1, _COLUMNS + 1)])
    frame["target"] = np.array(["low", "middle", "high"])[label]
    frame.to_csv(path, index=False)
    return proposed(taken_in(client, submit_table(client, path, path.name)), client.settings).dataset
