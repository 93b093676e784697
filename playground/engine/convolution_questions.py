"""What can be asked of a workbench by the lab of convolution."""

from collections.abc import Callable
from typing import Any

import numpy as np

from playground.engine.errors import refusing
from playground.engine.protocol import Message
from playground.labs import convolution as lab
from playground.settings import Settings


def convolution(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``args["kernel"]`` over ``args["picture"]``: the arrays of ``lab.Result``, ``before`` and ``weights``."""
    with refusing():
        found = lab.convolved(args["picture"], lab.Sliding.of(args), args["pooling"], int(args["pool"]))
    parts = {"picture": found.picture, "output": found.output}
    if found.pooled is not None:
        parts["pooled"] = found.pooled
    return {"before": found.before, "weights": found.weights}, parts


def window(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The multiplications at the place ``args["at"]`` of the result: the fields of ``lab.Window``."""
    with refusing():
        found = lab.window(args["picture"], lab.Sliding.of(args), args["at"])
    return {"total": found.total}, {"values": found.values, "products": found.products, "sums": found.sums}


CONVOLUTION_QUESTIONS: dict[str, Callable[..., Message]] = {"convolution": convolution, "convolution_window": window}
