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
    "num_heads": 4,
    "key_dim": 16,
    "head_dim": 16,
    "num_query_heads": 4,
    "num_key_value_heads": 2,
    "num_tokens": 1000,
    "output_size": 4,
    "height": 24,
    "width": 24,
    "height_factor": 0.1,
    "width_factor": 0.1,
    "axes": -1,
    "initial_learning_rate": 0.01,
    "decay_steps": 1000,
    "first_decay_steps": 1000,
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
    args |= entry.usual
    for param in entry.params:
        if param.required and param.name not in args:
            raise KeyError(f"{entry.id}: nothing usual is known for {param.name}")
    return args
