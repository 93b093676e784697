"""How many epochs a second a run of the page Playground makes while it is drawn ten times a second.

Held against a bare loop around the same compiled epochs that draws as often and does nothing else: no store, no
requests, no checkpoints, no page. ``python -m playground.bench.plane NAME`` runs that loop and prints JSON.
"""

import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from playground.bench.engine import bench_client
from playground.bench.result import Result
from playground.data import outline
from playground.engine.abandoned import PLANE
from playground.engine.client import Client
from playground.frame import unpack
from playground.specs import RunSpec
from playground.specs.plane import Hidden, Plane, dataset_of, spec_of

NETWORKS: Mapping[str, tuple[int, ...]] = {"playground-2d": (4, 2), "playground-2d-deep": (8,) * 6}
"""Hidden units by the benchmark's name."""
_BOUND = 0.6
_ROUNDS = 3
_SETTLE_S, _MEASURE_S = 10.0, 4.0
_PICTURE_S = 0.1
_AT_ONCE_S = 0.05


def plane(name: str) -> Result:
    """Epochs a second of a watched run of the network ``name``, divided by those of the bare loop, in turn."""
    ours, bare, pictures = [], [], []
    with bench_client() as client:
        for _ in range(_ROUNDS):
            epochs_per_s, pictures_per_s = _watched(client, _spec(name))
            ours.append(epochs_per_s)
            pictures.append(pictures_per_s)
            bare.append(_bare_process(name))
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    at = sorted(range(len(ratios)), key=ratios.__getitem__)[len(ratios) // 2]
    what = (
        f"epochs a second, 250 points, batch 10, {'-'.join(map(str, (2, *NETWORKS[name], 1)))}, drawn "
        f"{statistics.median(pictures):.1f} times a second, against a bare compiled loop that draws as often (at least "
        f"{_BOUND:g}); ratios {', '.join(f'{ratio:.3g}' for ratio in sorted(ratios))}"
    )
    return Result(name, statistics.median(ratios), ours[at], bare[at], "epochs/s", min(ours), max(ours), what)


PLANES: dict[str, Callable[[], Result]] = {name: functools.partial(plane, name) for name in NETWORKS}
"""By the benchmark's name."""


def _spec(name: str) -> RunSpec:
    layers = tuple(Hidden(units, "tanh") for units in NETWORKS[name])
    made = Plane(source="spirals", layers=layers, optimizer="SGD")
    return spec_of(made, outline(dataset_of(made)))


def _watched(client: Client, spec: RunSpec) -> tuple[float, float]:
    """Epochs and pictures a second of a run, once it has found its quickest program."""
    run_id = client.submit(spec, owner=PLANE)
    path = client.settings.run_dir(run_id) / "frame.bin"
    try:
        while not client.store.runs.run(run_id).step:
            time.sleep(0.1)
        _look(client, run_id, path, _SETTLE_S)
        return _look(client, run_id, path, _MEASURE_S)
    finally:
        client.request(run_id, "stop")
        while not client.store.runs.run(run_id).is_ended:
            time.sleep(0.1)


def _look(client: Client, run_id: str, path: Path, seconds: float) -> tuple[float, float]:
    """Look at a run for so long as a page does: epochs and pictures a second, told by its pictures."""
    client.request(run_id, "watch", parts=["frame"])
    seen: list[tuple[float, int]] = []
    until, stamp = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        if path.exists() and path.stat().st_mtime_ns != stamp:
            stamp = path.stat().st_mtime_ns
            seen.append((time.monotonic(), int(unpack(path.read_bytes())[0]["epoch"])))
        time.sleep(0.01)
    passed = seen[-1][0] - seen[0][0]
    return (seen[-1][1] - seen[0][1]) / passed, (len(seen) - 1) / passed


def _bare_process(name: str) -> float:
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.plane", name]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def _bare(spec: RunSpec) -> float:
    """Epochs a second of the loop: compiled epochs, 50 ms of them at a time, and a picture every 100 ms."""
    import keras

    from playground import data
    from playground.settings import Settings
    from playground.specs.order import order
    from playground.training.build import build, compile_model
    from playground.training.evaluate import Evaluation
    from playground.training.held import Held
    from playground.training.plane_picture import PlanePicture
    from playground.training.resident import Resident
    from playground.training.shapes import summarise
    from playground.training.spans import Spans
    from playground.training.threads import use_one_where_more_do_not_help

    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        prepared = data.prepare(spec.dataset, spec.seed, Settings(home=Path(folder)))
        facts = prepared.facts
        summary = summarise(spec.model, facts.input_shape, facts.input_dtype, Settings())
        use_one_where_more_do_not_help(summary, facts.input_shape, spec.training.batch_size)  # as a run does
        keras.utils.set_random_seed(spec.seed)
        model = build(spec.model, facts.input_shape)
        compile_model(model, spec.training)
        held = Held(prepared, spec.training, None)
        resident, validation = held.trainer(model), held.evaluation(model, "validation")
        assert isinstance(resident, Resident)
        assert isinstance(validation, Evaluation)
        spans = Spans(resident, validation, is_xla=True)
        spans.ready()
        picture = PlanePicture(model, spec, prepared)
        picture.ready()
        epoch, n, began, drawn = 0, 1, time.perf_counter(), 0.0
        first, since = 0, began
        while (called := time.perf_counter()) - began < 2 * _MEASURE_S:
            if called - began < _MEASURE_S:  # as long again to come to speed
                first, since = epoch, called
            spans.run([order(spec.seed, epoch + at, resident.n) for at in range(n)])
            epoch += n
            n = max(1, min(2 * n, spans.most, int(n * _AT_ONCE_S / (time.perf_counter() - called))))
            if time.perf_counter() - drawn > _PICTURE_S:
                drawn = time.perf_counter()
                picture.arrays()
        return (epoch - first) / (time.perf_counter() - since)


if __name__ == "__main__":
    print(json.dumps(_bare(_spec(sys.argv[1]))))
