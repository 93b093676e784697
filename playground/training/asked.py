"""The arguments of requests, checked: whatever somebody sent."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from playground.settings import Settings, setting

Handler = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
"""Does what one kind of request asks for, given its arguments.

Returns what the answering event says, ``None`` for no answer; a ValueError's words are the answer of a refusal.
"""
MOST_STEPS_PER_S = 20
_MOST_RATE = 1e30


def speed(args: Mapping[str, Any]) -> float | None:
    """Steps a second that a run is to be held to, ``None`` for as fast as it can.

    Raises:
        ValueError: it is no such number.
    """
    wanted = args.get("steps_per_s")
    if wanted is None or (_is_number(wanted) and 0 < wanted <= MOST_STEPS_PER_S):
        return wanted
    raise ValueError(f"steps_per_s: expected up to {MOST_STEPS_PER_S}, or none for full speed, received {wanted!r}.")


def epochs(args: Mapping[str, Any], planned: int, settings: Settings) -> int:
    """Epochs in all once some are added to those that are planned.

    Raises:
        ValueError: it is no whole number, or they would be too many.
    """
    more, most = args.get("add"), settings.max_epochs
    if not isinstance(more, int) or isinstance(more, bool) or more < 1:
        raise ValueError(f"Epochs to add: expected a whole number of at least 1, received {more!r}.")
    if planned + more > most:
        raise ValueError(f"{planned + more:,} epochs: expected at most {most:,} ({setting('max_epochs')}).")
    return planned + more


def learning_rate(args: Mapping[str, Any]) -> float:
    """The learning rate that is wanted.

    Raises:
        ValueError: it is no such number, or something else is to be set.
    """
    for name in args:
        if name != "learning_rate":
            raise ValueError(f"{name} cannot be changed while a run trains: expected learning_rate.")
    wanted: Any = args.get("learning_rate")
    if not _is_number(wanted) or not 0 <= wanted <= _MOST_RATE:
        raise ValueError(f"learning_rate: expected a number of at least 0, received {wanted!r}.")
    return float(wanted)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
