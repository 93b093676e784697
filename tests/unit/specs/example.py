"""The spec that fixes the names of all fields, and variations of it."""

import copy
from typing import Any

EXAMPLE: dict[str, Any] = {
    "version": 1,
    "name": "Digits MLP",
    "seed": 7,
    "dataset": {
        "source": "digits",
        "options": {},
        "target": None,
        "features": [],
        "steps": [{"kind": "scale", "args": {"maximum": 16}}],
        "split": {"kind": "holdout", "args": {"validation": 0.15, "test": 0.15, "stratify": True}},
    },
    "model": {
        "layers": [
            {"kind": "Flatten", "name": "flatten", "args": {}, "inputs": []},
            {"kind": "Dense", "name": "hidden", "args": {"units": 64, "activation": "relu"}, "inputs": []},
            {"kind": "Dense", "name": "output", "args": {"units": 10, "activation": "softmax"}, "inputs": []},
        ]
    },
    "training": {
        "optimizer": {"kind": "Adam", "args": {"learning_rate": 0.001}},
        "loss": {"kind": "SparseCategoricalCrossentropy", "args": {}},
        "metrics": [{"kind": "accuracy", "args": {}}],
        "epochs": 20,
        "batch_size": 32,
        "callbacks": [],
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The example with another value at a dotted path."""
    spec = copy.deepcopy(EXAMPLE)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = spec
    for part in parents:
        place = place[part]
    place[last] = value
    return spec
