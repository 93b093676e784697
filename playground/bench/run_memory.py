"""How much memory a run's process takes: against plain ``fit`` on the same arrays, and over many epochs.

``python -m playground.bench.run_memory WHAT FOLDER`` measures one thing in a process of its own and prints bytes.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from playground.bench.peak import peak_bytes
from playground.bench.result import Result, against_bound
from playground.specs import RunSpec
from playground.specs.facts import Facts

if TYPE_CHECKING:
    import numpy as np

    from playground.data import Prepared

_ROWS, _HELD, _COLUMNS = 60_000, 10_000, 784
_REPEATS = 3
_EPOCHS = {"many": 10_000, "many-streamed": 1_000}
_SETTLING = 500  # epochs after which all that a program sets up for good is there
_MB = 1e6
_GROWTH_MB = 10.0


def run_memory() -> Result:
    """The most memory of a run's process over that of a process with ``fit`` and the data once more."""
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        _written(Path(folder), _ROWS, _HELD, _COLUMNS)
        data = sum(path.stat().st_size for path in Path(folder).glob("[xy]_*.npy")) / _MB
        ours = [_measured("run", folder) / _MB for _ in range(_REPEATS)]
        streamed = [_measured("streamed", folder) / _MB for _ in range(_REPEATS)]
        fit = [_measured("fit", folder) / _MB for _ in range(_REPEATS)]
    bound = sorted(fit)[_REPEATS // 2] + data
    what = (
        f"most resident memory of a run's process on {data:.0f} MB of data, over that of fit on the same arrays "
        f"({min(fit):.0f} to {max(fit):.0f} MB) and the data once; data read while training: "
        f"{min(streamed):.0f} to {max(streamed):.0f} MB"
    )
    return against_bound("run-memory", ours, bound, "MB", what)


def run_growth() -> Result:
    """By how much a run's process grows over many epochs, once it has found its program."""
    grown = []
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        _written(Path(folder), 40, 10, 2)
        grown = [_measured(what, folder) / _MB for what in _EPOCHS]
    what = (
        f"growth of a run's process against a bound: over {_EPOCHS['many']:,} epochs on data that lies on the device "
        f"{grown[0]:.1f} MB, over {_EPOCHS['many-streamed']:,} on data that is read while training {grown[1]:.1f} MB"
    )
    return against_bound("run-growth", [max(grown)], _GROWTH_MB, "MB", what)


def _measured(what: str, folder: str) -> int:
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.run_memory", what, folder]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return int(done.stdout.splitlines()[-1])


def _written(folder: Path, rows: int, held: int, columns: int) -> None:
    """Made-up rows and labels of ten classes, as they would be prepared."""
    import numpy as np

    draws = np.random.default_rng(0)
    for part, n in (("train", rows), ("validation", held), ("test", held)):
        np.save(folder / f"x_{part}.npy", draws.random((n, columns), dtype=np.float32))
        np.save(folder / f"y_{part}.npy", draws.integers(0, 10, n, dtype=np.int32))


def _spec(epochs: int) -> RunSpec:
    layers = [("hidden", 64, "relu"), ("output", 10, "softmax")]
    return RunSpec.from_dict(
        {
            "version": 1,
            "dataset": {"source": "digits"},
            "model": {
                "layers": [
                    {"kind": "Dense", "name": name, "args": {"units": units, "activation": bend}}
                    for name, units, bend in layers
                ]
            },
            "training": {
                "optimizer": {"kind": "Adam"},
                "loss": {"kind": "SparseCategoricalCrossentropy"},
                "metrics": [{"kind": "accuracy"}],
                "epochs": epochs,
                "batch_size": 128,
            },
        }
    )


def _prepared(folder: Path) -> "Prepared":
    import numpy as np

    from playground.data import PARTS, Prepared

    shapes = {part: np.load(folder / f"x_{part}.npy", mmap_mode="r").shape for part in PARTS}
    facts = Facts(
        task="multiclass",
        input_shape=shapes["train"][1:],
        target_dtype="int32",
        classes=tuple(map(str, range(10))),
        **{f"n_{part}": shape[0] for part, shape in shapes.items()},
    )
    return Prepared(folder, facts)


class _Journal:
    """Takes a run's events, keeps how much memory its process had when, and asks it to stop after ``epochs``."""

    def __init__(self, epochs: int) -> None:
        self._epochs = epochs
        self._settled: int | None = None
        self.sizes: list[int] = []
        self.is_enough = False

    def append(self, kind: str, data: Mapping[str, Any], columns: "Mapping[str, np.ndarray] | None" = None) -> None:
        import psutil

        if kind == "failed":
            raise SystemExit(str(data["error"]))
        epoch = int(data.get("epoch", 0))
        if "program" in data or self._settled is None:
            self._settled = epoch + _SETTLING
            self.sizes.clear()
        if epoch >= self._settled and not self.is_enough:
            self.sizes.append(psutil.Process().memory_info().rss)
        self.is_enough = epoch >= self._settled + self._epochs

    def requests(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(id=1, kind="stop", args={})] if self.is_enough else []

    def changed(self) -> bool:
        return self.is_enough


def _run(folder: Path, planned: int, journal: _Journal, *, is_streamed: bool) -> None:
    from playground.settings import Settings
    from playground.training import session

    with tempfile.TemporaryDirectory(prefix="playground-bench-") as home:
        place = {"device": "CPU", "room_bytes": 0 if is_streamed else None}
        session.train(_spec(planned), _prepared(folder), journal, Path(home), Settings(home=Path(home)), place)


def _fit(folder: Path, epochs: int) -> None:
    import keras
    import numpy as np

    from playground.training.build import build, compile_model

    spec, facts = _spec(epochs), _prepared(folder).facts
    keras.utils.set_random_seed(0)
    model = build(spec.model, facts.input_shape)
    compile_model(model, spec.training)
    x, y, x_held, y_held = (np.load(folder / f"{what}_{part}.npy") for part in ("train", "validation") for what in "xy")
    model.fit(x, y, batch_size=128, epochs=epochs, validation_data=(x_held, y_held), verbose=0)
    model.evaluate(*(np.load(folder / f"{what}_test.npy") for what in "xy"), batch_size=128, verbose=0)


def _main(what: str, folder: Path) -> int:
    if what.startswith("many"):
        journal = _Journal(_EPOCHS[what])
        _run(folder, 100 * _EPOCHS[what], journal, is_streamed=what.endswith("streamed"))
        return journal.sizes[-1] - journal.sizes[0]
    if what == "fit":
        _fit(folder, 2)
    else:
        _run(folder, 2, _Journal(2), is_streamed=what == "streamed")
    return peak_bytes()


if __name__ == "__main__":
    print(_main(sys.argv[1], Path(sys.argv[2])))
