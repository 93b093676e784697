"""How many epochs a second the app trains, against ``model.fit`` with its defaults on the same model and rows.

``python -m playground.bench.speed NAME`` measures one case in a process of its own and prints JSON.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from playground.bench.result import Result
from playground.specs import RunSpec
from playground.specs.facts import Facts

if TYPE_CHECKING:
    import keras
    import numpy as np

    from playground.runs import Journal
    from playground.runs.event import EventKind

_ROUNDS = 3
_MEASURE_S = 3.0
_SETTLE_S = 20


@dataclass(frozen=True, slots=True)
class Case:
    """A model on made-up rows.

    Attributes:
        layers: as a spec has them.
        rows: how many there are.
        shape: of one.
        classes: how many; 1 for a yes or no.
        batch_size: rows of a batch.
        bound: the ratio that we promise.
        settle_s: seconds after which the quickest program has been found.
        optimizer: its name.
        is_each: whether something acts at every epoch's end, so that no call takes several.
    """

    layers: tuple[dict[str, Any], ...]
    rows: int
    shape: tuple[int, ...]
    classes: int
    batch_size: int
    bound: float
    settle_s: float
    optimizer: str = "Adam"
    is_each: bool = False


def _layer(kind: str, name: str, **args: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "args": args, "inputs": []}


def _dense(units: Sequence[int], activation: str) -> tuple[dict[str, Any], ...]:
    return tuple(_layer("Dense", f"hidden_{at}", units=n, activation=activation) for at, n in enumerate(units))


def dense_case(units: Sequence[int], rows: int, *, inputs: int, batch_size: int) -> Case:
    """A case of hidden ReLU layers with ``units`` and a yes or no; it promises nothing."""
    return Case((*_dense(units, "relu"), _YES), rows, (inputs,), 1, batch_size, 0, _SETTLE_S)


_TEN = _layer("Dense", "output", units=10, activation="softmax")
_YES = _layer("Dense", "output", units=1, activation="sigmoid")
_TINY = (*_dense((8, 8), "tanh"), _YES)
CASES: Mapping[str, Case] = {
    "tiny-fit": Case(_TINY, 500, (2,), 1, 10, 80, 20),
    "tiny-fit-each": Case(_TINY, 500, (2,), 1, 10, 40, 20, is_each=True),
    "digits-ann": Case((*_dense((256, 128, 64, 32), "relu"), _TEN), 60_000, (784,), 10, 128, 3, 25),
    "small-cnn": Case(
        (
            _layer("Conv2D", "conv", filters=32, kernel_size=5, activation="relu"),
            _layer("MaxPooling2D", "pool"),
            _layer("Dropout", "drop", rate=0.3),
            _layer("Flatten", "flat"),
            _layer("Dense", "hidden", units=240, activation="elu"),
            _TEN,
        ),
        10_000,
        (28, 28, 1),
        10,
        200,
        1,
        40,
        "Adagrad",
    ),
    "lstm": Case((_layer("LSTM", "read", units=32), _TEN), 10_000, (50, 8), 10, 128, 2, 40),
    "table": Case((*_dense((64, 32), "relu"), _YES), 100_000, (30,), 1, 128, 6, 25),
}
"""By the benchmark's name."""


def speed(name: str) -> Result:
    """Epochs a second of the case ``name``, divided by those of ``fit``, in turn in one process."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.speed", name]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    pairs = list(zip(found["ours"], found["fit"], strict=True))
    ratios = [ours / fit for ours, fit in pairs]
    at = sorted(range(len(ratios)), key=ratios.__getitem__)[len(ratios) // 2]
    case = CASES[name]
    how = "a call an epoch" if case.is_each else "calls of several epochs where they are short"
    what = (
        f"epochs a second against fit with its defaults in the same process, {how} (at least {case.bound:g} times); "
        f"ratios {', '.join(f'{ratio:.3g}' for ratio in sorted(ratios))}; trained by: {', '.join(found['programs'])}"
    )
    ours = found["ours"]
    return Result(name, statistics.median(ratios), ours[at], found["fit"][at], "epochs/s", min(ours), max(ours), what)


class Stopwatch:
    """Takes a run's events, remembers when each step was told, and asks the run to stop at its time.

    Attributes:
        until: the moment of ``time.perf_counter`` from which the run is asked to stop.
        to: a run's journal that gets every event too, if any.
        told: moments of ``time.perf_counter``, and how many steps were complete then.
        programs: what trained, in order.

    Args:
        seconds: until the run is asked to stop.
    """

    def __init__(self, seconds: float) -> None:
        self.to: Journal | None = None
        self.until = time.perf_counter() + seconds
        self.told: list[tuple[float, int]] = []
        self.programs: list[str] = ["steps"]

    def append(
        self, kind: "EventKind", data: Mapping[str, Any], columns: "Mapping[str, np.ndarray] | None" = None
    ) -> None:
        self.told.append((time.perf_counter(), int(data.get("step", 0))))
        if "program" in data:
            self.programs.append(str(data["program"]))
            self.told.clear()  # only what the last program did counts
        if (to := self.to) is not None:
            to.append(kind, data, columns)

    def changed(self) -> bool:
        if (to := self.to) is not None:
            to.changed()
        return time.perf_counter() > self.until

    def requests(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(id=1, kind="stop", args={})] if self.changed() else []

    def steps_per_s(self, began: float, ended: float) -> float:
        """Between two moments."""
        told = [(at, step) for at, step in self.told if began < at <= ended]
        (first_at, first), (last_at, last) = told[0], told[-1]
        return (last - first) / (last_at - first_at)


def _measured(case: Case) -> dict[str, Any]:
    import numpy as np

    draws = np.random.default_rng(0)
    x = draws.normal(size=(case.rows, *case.shape)).astype(np.float32)
    y = draws.integers(0, max(2, case.classes), case.rows)
    found: dict[str, Any] = {"ours": [], "fit": [], "programs": []}
    for _ in range(_ROUNDS):
        ours, programs = trained(case, x, y)
        found["ours"].append(ours)
        found["programs"] = programs
        found["fit"].append(_fit(case, x, y))
    return found


def trained(case: Case, x: "np.ndarray", y: "np.ndarray") -> tuple[float, list[str]]:
    """Train the case with the app's loop once the quickest program has been found.

    Returns:
        Epochs a second over the last 3 s, and the programs that trained, in order.
    """
    stopwatch = Stopwatch(case.settle_s + _MEASURE_S)
    steps_per_epoch = train(case, x, y, stopwatch)
    ended = stopwatch.told[-1][0]
    return stopwatch.steps_per_s(ended - _MEASURE_S, ended) / steps_per_epoch, stopwatch.programs


def train(case: Case, x: "np.ndarray", y: "np.ndarray", stopwatch: Stopwatch) -> int:
    """Train ``case`` with the app's loop on the rows ``x`` of classes ``y`` until the stopwatch ends it.

    Returns:
        How many steps an epoch has.
    """
    import keras

    from playground.settings import Settings
    from playground.training import loop
    from playground.training.checkpoints import Checkpoints
    from playground.training.control import Control
    from playground.training.errors import StoppedError
    from playground.training.recorder import Recorder
    from playground.training.resident import Resident
    from playground.training.shapes import summarise
    from playground.training.targets import targets
    from playground.training.threads import use_one_where_more_do_not_help

    spec, facts = spec_of(case)
    summary = summarise(spec.model, facts.input_shape, facts.input_dtype, Settings())
    use_one_where_more_do_not_help(summary, facts.input_shape, case.batch_size)  # as a run does
    model = _model(spec, facts)
    resident = Resident(model, x, targets(y, facts, spec.training), case.batch_size)
    recorder = Recorder(stopwatch, resident.batch_names)
    acting = [keras.callbacks.Callback()] if case.is_each else []
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        checkpoints = Checkpoints(stopwatch, recorder, Path(folder))
        with Control(stopwatch, recorder, Settings()) as control:
            try:
                loop.train(resident, None, recorder, control, checkpoints, acting, 0, 10**6)
            except StoppedError:
                recorder.flush()
    return resident.steps_per_epoch


def _fit(case: Case, x: "np.ndarray", y: "np.ndarray") -> float:
    import numpy as np

    spec, facts = spec_of(case)
    model = _model(spec, facts)
    labels = y.astype(np.float32)[:, np.newaxis] if case.classes == 1 else y
    model.fit(x, labels, batch_size=case.batch_size, epochs=1, verbose=0)
    epochs, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < _MEASURE_S:
        more = 10 if case.rows < 1_000 else 1  # a call of fit has a cost of its own
        model.fit(x, labels, batch_size=case.batch_size, epochs=more, verbose=0)
        epochs += more
    return epochs / passed


def _model(spec: RunSpec, facts: Facts) -> "keras.Model":
    import keras

    from playground.training.build import build, compile_model

    keras.utils.clear_session()
    keras.utils.set_random_seed(0)
    model = build(spec.model, facts.input_shape)
    compile_model(model, spec.training)
    return model


def spec_of(case: Case) -> tuple[RunSpec, Facts]:
    """The case as a spec, with the facts of its rows; the spec's dataset is not read."""
    loss = "BinaryCrossentropy" if case.classes == 1 else "SparseCategoricalCrossentropy"
    spec = RunSpec.from_dict(
        {
            "version": 1,
            "dataset": {"source": "digits"},
            "model": {"layers": list(case.layers)},
            "training": {
                "optimizer": {"kind": case.optimizer},
                "loss": {"kind": loss},
                "metrics": [{"kind": "accuracy"}],
                "batch_size": case.batch_size,
            },
        }
    )
    names = tuple(map(str, range(max(2, case.classes))))
    return spec, Facts(
        task="binary" if case.classes == 1 else "multiclass", input_shape=case.shape, classes=names, n_train=case.rows
    )


if __name__ == "__main__":
    print(json.dumps(_measured(CASES[sys.argv[1]])))
