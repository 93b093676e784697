"""What can be asked of a workbench about a formula that somebody writes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from playground.engine.errors import RefusedError
from playground.engine.protocol import Message
from playground.labs import formulas
from playground.settings import Settings

_POINTS = 2001


def formula(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The formula ``args["formula"]`` of ``args["table"]`` at ``arrays["x"]``: ``y``, ``slope`` and ``quotient``.

    ``args["fixed"]`` are its other variables. ``apart`` is how far the automatic slope and the difference quotient are
    from each other at most, ``at`` the place where; ``None`` where there is no slope.
    """
    x = np.asarray(arrays["x"], np.float64)[:_POINTS]
    try:
        found = formulas.curve(str(args["formula"]), str(args["table"]), x, args["fixed"])
    except (LookupError, TypeError, ValueError) as error:
        raise RefusedError(str(error)) from error
    apart, at = found.apart()
    header = {"apart": apart, "at": float(x[at])} if at >= 0 else {"apart": None, "at": None}
    return header, found._asdict()


FORMULA_QUESTIONS: dict[str, Callable[..., Message]] = {"formula": formula}
