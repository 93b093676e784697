"""How fast each layer, optimizer and loss of the catalogue trains in each program, against ``fit``.

``python -m playground.bench.programs`` measures in a process of its own and prints a Markdown table and then JSON.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from playground import catalog
from playground.bench.result import Result
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.usual import usual_args

if TYPE_CHECKING:
    import keras

_ROWS, _BATCH = 500, 32
_MEASURE_S = 0.4
_SHAPES = {1: (8,), 2: (16, 8), 3: (16, 16, 3), 4: (8, 8, 8, 3), 5: (2, 8, 8, 8, 3)}


class _Row(NamedTuple):
    """A line of the table: epochs a second of ``fit`` with its defaults, of the app's graph and of its XLA program."""

    name: str
    fit: float
    graph: float
    xla: float | None

    @property
    def best(self) -> float:
        return max(self.graph, self.xla or 0.0) / self.fit


def programs() -> Result:
    """The better of the two programs, divided by ``fit``, over every layer, optimizer and loss."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.programs"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    rows = [_Row(*row) for row in json.loads(done.stdout.splitlines()[-1])]
    ratios = [row.best for row in rows]
    slowest = min(rows, key=lambda row: row.best)
    what = (
        f"epochs a second of the better program over those of fit, {len(rows)} layers, optimizers and losses, "
        f"{_ROWS} rows in batches of {_BATCH}; least with {slowest.name} ({slowest.best:.2g})"
    )
    ratio = statistics.median(ratios)
    return Result("programs", ratio, ratio, 1.0, "times fit", min(ratios), max(ratios), what)


def _layer(kind: str, name: str, *inputs: str, **args: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "args": args, "inputs": list(inputs)}


def _cases() -> Iterator[tuple[str, RunSpec, tuple[int, ...], bool]]:
    """Name, spec, input shape, and whether inputs are whole numbers."""
    for each in catalog.entries("layers"):
        rank = each.ranks[0] if each.ranks else 2
        first = _layer(each.id, "it", *["input"] * each.reading.least, **usual_args("layers", each.id))
        is_whole = any(each.param(name) for name in ("input_dim", "num_tokens"))
        yield f"layer {each.id}", _spec([first, _layer("Flatten", "flat")]), _SHAPES[rank], is_whole
    hidden = _layer("Dense", "hidden", units=16, activation="tanh")
    for each in catalog.entries("optimizers"):
        optimizer = {"kind": each.id, "args": usual_args("optimizers", each.id)}
        yield f"optimizer {each.id}", _spec([hidden], optimizer=optimizer), _SHAPES[1], False
    for each in catalog.entries("losses"):
        if "multiclass" in each.tasks:
            loss = {"kind": each.id, "args": usual_args("losses", each.id)}
            yield f"loss {each.id}", _spec([hidden], loss=loss), _SHAPES[1], False


def _spec(layers: list[dict[str, Any]], **training: Any) -> RunSpec:
    chosen = {
        "optimizer": {"kind": "SGD"},
        "loss": {"kind": "SparseCategoricalCrossentropy"},
        "metrics": [{"kind": "accuracy"}],
        "batch_size": _BATCH,
        **training,
    }
    end = _layer("Dense", "output", units=3, activation="softmax")
    return RunSpec.from_dict(
        {"version": 1, "dataset": {"source": "iris"}, "model": {"layers": [*layers, end]}, "training": chosen}
    )


def _row(name: str, spec: RunSpec, shape: tuple[int, ...], is_whole: bool) -> _Row:
    import numpy as np
    import tensorflow as tf

    from playground.specs.order import order
    from playground.training.programs import can_compile
    from playground.training.resident import Resident
    from playground.training.targets import targets

    draws = np.random.default_rng(0)
    whole, between = draws.integers(0, 8, (_ROWS, *shape)), draws.random((_ROWS, *shape))
    x = (whole if is_whole else between).astype(np.float32)
    facts = Facts(task="multiclass", input_shape=shape, classes=("a", "b", "c"), n_train=_ROWS)
    y = targets(np.arange(_ROWS) % 3, facts, spec.training)

    def ours(*, is_xla: bool) -> float:
        resident = Resident(_model(spec, facts), x, y, _BATCH)
        if is_xla:
            resident.compile()
            resident.is_xla = True

        def epoch() -> None:
            rows, done = order(0, 0, _ROWS), 0
            while done < resident.steps_per_epoch:
                done += len(resident.block(rows, done, resident.capacity).values)

        return _rate(epoch)

    model = _model(spec, facts)
    fit = _rate(lambda: model.fit(x, y, batch_size=_BATCH, verbose=0))
    try:
        xla = ours(is_xla=True) if can_compile(model) else None
    except tf.errors.OpError:  # TensorFlow has no XLA kernel for something in it
        xla = None
    return _Row(name, fit, ours(is_xla=False), xla)


def _model(spec: RunSpec, facts: Facts) -> "keras.Model":
    import keras

    from playground.training.build import build, compile_model

    keras.utils.clear_session()
    keras.utils.set_random_seed(0)
    model = build(spec.model, facts.input_shape)
    compile_model(model, spec.training)
    return model


def _rate(epoch: Callable[[], Any]) -> float:
    """Epochs a second, after one that traces."""
    epoch()
    n, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < _MEASURE_S:
        epoch()
        n += 1
    return n / passed


def _line(row: _Row) -> str:
    xla = "no kernel" if row.xla is None else f"{row.xla / row.fit:.1f}"
    return f"| {row.name} | {row.fit:.1f} | {row.graph / row.fit:.1f} | {xla} |"


if __name__ == "__main__":
    print("| what | `fit`, epochs/s | graph, times `fit` | XLA, times `fit` |")
    print("| --- | --- | --- | --- |")
    measured = []
    for case in _cases():  # each line as soon as it is known: all together take a quarter of an hour and more
        measured.append(_row(*case))
        print(_line(measured[-1]), flush=True)
    print(json.dumps(measured))
