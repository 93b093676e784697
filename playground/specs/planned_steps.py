"""How many steps training takes, as planned, and schedules that take as long."""

import math
from collections.abc import Mapping
from typing import Any

from playground import catalog
from playground.specs.facts import Facts
from playground.specs.run_spec import RunSpec

_PARTS = 7
"""Of training: restarts that double come to an end after 1 + 2 + 4 of them."""
_FALLS = 20
"""How often a rate falls that falls by the same share again and again: by 0.9 each time, it ends at an eighth."""


def planned_steps(spec: RunSpec, facts: Facts | None) -> int | None:
    """The batches of all epochs, which is what schedules count; ``None`` while nobody knows the rows.

    Batches count one by one for a schedule also where their gradients are accumulated (Keras's
    ``Optimizer._get_current_learning_rate``).
    """
    if facts is None or not facts.n_train:
        return None
    return spec.training.epochs * math.ceil(facts.n_train / spec.training.batch_size)


def fitting_args(kind: str, total: int, rate: float) -> dict[str, Any]:
    """Arguments of the schedule ``kind`` that fit a training of ``total`` steps, where its usual ones would not.

    Args:
        kind: the schedule.
        total: as :func:`planned_steps` has it.
        rate: the learning rate to begin with.
    """
    entry = catalog.entry("schedules", kind)
    each = max(1, total // _FALLS)
    pieces = {"boundaries": (max(1, total // 2), max(2, total * 3 // 4)), "values": (rate, rate / 10, rate / 100)}
    fitting: Mapping[str, Any] = {
        "decay_steps": each if entry is not None and entry.param("decay_rate") else max(1, total),
        "first_decay_steps": max(1, total // _PARTS),
        **pieces,
    }
    return {name: value for name, value in fitting.items() if entry is not None and entry.param(name)}
