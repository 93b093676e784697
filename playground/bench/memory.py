"""How near the estimated memory of a training step comes to what training really takes.

``python -m playground.bench.memory NAME`` trains one of the models for a few steps and prints two numbers of bytes.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground.bench.peak import peak_bytes
from playground.bench.result import Result
from playground.specs import RunSpec
from playground.specs.facts import Facts

if TYPE_CHECKING:
    import keras
    import numpy as np

_STEPS = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A model on made-up rows: its layers, the shape of a sample, and a batch size at which memory is felt."""

    layers: tuple[dict[str, Any], ...]
    shape: tuple[int, ...]
    batch_size: int
    optimizer: str = "Adam"


def _layer(kind: str, name: str, *inputs: str, **args: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "args": args, "inputs": list(inputs)}


def _dense(name: str, units: int, activation: str = "relu") -> dict[str, Any]:
    return _layer("Dense", name, units=units, activation=activation)


def _conv(name: str, filters: int, *inputs: str) -> dict[str, Any]:
    return _layer("Conv2D", name, *inputs, filters=filters, kernel_size=3, padding="same", activation="relu")


_OUTPUT = _dense("output", 10, "softmax")
CASES: Mapping[str, Case] = {
    "wide": Case((_dense("hidden_1", 4096), _dense("hidden_2", 4096), _OUTPUT), (1024,), 64),
    "many-samples": Case((*(_dense(f"hidden_{at}", 512) for at in range(8)), _OUTPUT), (256,), 16_384, "SGD"),
    "convolutions": Case(
        (
            _conv("conv_1", 32),
            _conv("conv_2", 32),
            _layer("MaxPooling2D", "pool"),
            _conv("conv_3", 64),
            _layer("GlobalAveragePooling2D", "mean"),
            _OUTPUT,
        ),
        (32, 32, 3),
        512,
    ),
    "normalised": Case(
        (
            _conv("conv_1", 32),
            _layer("BatchNormalization", "norm_1"),
            _conv("conv_2", 32),
            _layer("BatchNormalization", "norm_2"),
            _layer("Dropout", "drop", rate=0.3),
            _layer("Flatten", "flat"),
            _OUTPUT,
        ),
        (28, 28, 1),
        512,
    ),
    "skip": Case(
        (
            _conv("stem", 32),
            _conv("conv_1", 32),
            _conv("conv_2", 32),
            _layer("Add", "sum", "stem", "conv_2"),
            _layer("GlobalAveragePooling2D", "mean"),
            _OUTPUT,
        ),
        (32, 32, 3),
        512,
        "RMSprop",
    ),
    "sequence": Case((_layer("LSTM", "read", units=128), _OUTPUT), (100, 32), 1024),
    "gated": Case(
        (_layer("Bidirectional", "read", layer={"kind": "GRU", "args": {"units": 64}}), _OUTPUT), (100, 32), 1024
    ),
    "separable": Case(
        (
            _layer("SeparableConv2D", "conv", filters=64, kernel_size=3, padding="same", activation="relu"),
            _layer("GlobalMaxPooling2D", "largest"),
            _OUTPUT,
        ),
        (48, 48, 16),
        256,
    ),
}
"""Models of different kinds, each large enough that a few megabytes more or less do not show."""


def memory_estimate() -> Result:
    """Estimated bytes against the growth of a process that really trains, for each model."""
    ratios = {}
    for name in CASES:
        estimated, grown = measured(name)
        ratios[name] = estimated / grown
    each = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    what = f"estimated memory of a training step against the growth of a process that trains, on the CPU: {each}"
    values = list(ratios.values())
    middle = statistics.median(values)
    return Result("memory-estimate", middle, middle, 1.0, "x", min(values), max(values), what)


def measured(name: str) -> tuple[int, int]:
    """The estimate for the case ``name``, and by how much a fresh process grew in training it; both in bytes."""
    # One arena and one thread: how much glibc keeps back for each thread, and how many convolutions are under way at
    # once on a machine that has other work, is chance.
    one = {"MALLOC_ARENA_MAX": "1", "TF_NUM_INTEROP_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1"}
    environment = {**os.environ, **one, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "playground.bench.memory", name]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    estimated, grown = done.stdout.split()
    return int(estimated), int(grown)


def spec_of(case: Case) -> tuple[RunSpec, Facts]:
    """The run that ``case`` stands for, and the facts of its rows."""
    spec = RunSpec.from_dict(
        {
            "version": 1,
            "dataset": {"source": "digits"},
            "model": {"layers": list(case.layers)},
            "training": {
                "optimizer": {"kind": case.optimizer},
                "loss": {"kind": "SparseCategoricalCrossentropy"},
                "batch_size": case.batch_size,
            },
        }
    )
    facts = Facts(
        task="multiclass",
        input_shape=case.shape,
        target_dtype="int32",
        classes=tuple(map(str, range(10))),
        n_train=case.batch_size,
        n_validation=0,
        n_test=0,
    )
    return spec, facts


def _trained(case: Case) -> None:
    import numpy as np
    import psutil

    from playground.training.build import build, compile_model
    from playground.training.cost import cost

    spec, facts = spec_of(case)
    estimated = cost(spec, facts).peak_bytes(case.batch_size)
    small = spec_of(Case((_dense("hidden", 8), _OUTPUT), (8,), 8))[0]
    draws = np.random.default_rng(0)

    def rows(shape: tuple[int, ...], n: int) -> "tuple[np.ndarray, np.ndarray]":
        return draws.random((n, *shape), dtype=np.float32), draws.integers(0, 10, n).astype(np.int32)

    def model(spec: RunSpec, shape: tuple[int, ...]) -> "keras.Model":
        made = build(spec.model, shape)
        compile_model(made, spec.training)
        return made

    _step(model(small, (8,)), *rows((8,), 8))  # brings what TensorFlow takes for any model
    x, y = rows(case.shape, case.batch_size)
    before = psutil.Process().memory_info().rss
    _step(model(spec, case.shape), x, y)
    print(estimated, peak_bytes() - before)


def _step(model: "keras.Model", x: "np.ndarray", y: "np.ndarray") -> None:
    import numpy as np

    from playground.training.resident import Resident

    resident = Resident(model, x, y, len(x))
    for _ in range(_STEPS):
        resident.block(np.arange(len(x)), 0, 1)


if __name__ == "__main__":
    _trained(CASES[sys.argv[1]])
