"""What a newly chosen thing starts with: the arguments that a beginner would be told to take."""

from collections.abc import Mapping
from typing import Any

from playground import catalog

_BY_NAME: Mapping[str, Any] = {
    "units": 32,
    "filters": 16,
    "kernel_size": 3,
    "pool_size": 2,
    "rate": 0.25,
    "stddev": 0.1,
    "scale": 1.0,
    "n": 4,
    "input_dim": 1000,
    "output_dim": 16,
    "maximum": 255.0,
    "target_shape": (-1,),
    "dims": (2, 1),
    "monitor": "val_loss",
}
_BY_KIND: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("layers", "Dense"): {"activation": "relu"},
    ("layers", "Conv1D"): {"activation": "relu", "padding": "same"},
    ("layers", "Conv2D"): {"activation": "relu", "padding": "same"},
    ("layers", "SeparableConv2D"): {"activation": "relu", "padding": "same"},
    ("layers", "DepthwiseConv2D"): {"activation": "relu", "padding": "same"},
    ("layers", "Conv2DTranspose"): {"activation": "relu", "padding": "same"},
    ("layers", "Activation"): {"activation": "relu"},
    ("layers", "Bidirectional"): {"layer": {"kind": "LSTM", "args": {"units": 16}}},
    ("layers", "TimeDistributed"): {"layer": {"kind": "Dense", "args": {"units": 16}}},
    ("callbacks", "EarlyStopping"): {"patience": 5, "restore_best_weights": True},
    ("schedules", "ExponentialDecay"): {
        "initial_learning_rate": 0.01,
        "decay_steps": 1000,
        "decay_rate": 0.9,
    },
    ("schedules", "CosineDecay"): {"initial_learning_rate": 0.01, "decay_steps": 1000},
    ("schedules", "PiecewiseConstantDecay"): {"boundaries": (1000,), "values": (0.01, 0.001)},
    ("schedules", "PolynomialDecay"): {"initial_learning_rate": 0.01, "decay_steps": 1000},
    ("schedules", "InverseTimeDecay"): {"initial_learning_rate": 0.01, "decay_steps": 1000, "decay_rate": 1.0},
    ("schedules", "CosineDecayRestarts"): {"initial_learning_rate": 0.01, "first_decay_steps": 1000},
}


def usual_args(table: str, kind: str) -> dict[str, Any]:
    """Arguments to begin with for ``kind`` of the catalogue's ``table``: all that are required, and few others.

    Raises:
        KeyError: there is no such kind, or nothing usual is known for one of its required arguments.
    """
    entry = catalog.entry(table, kind)
    if entry is None:
        raise KeyError(f"{table} has no {kind}")
    args = {param.name: _BY_NAME[param.name] for param in entry.params if param.required and param.name in _BY_NAME}
    args |= _BY_KIND.get((table, entry.id), {})
    for param in entry.params:
        if param.required and param.name not in args:
            raise KeyError(f"{entry.id}: nothing usual is known for {param.name}")
    return args
