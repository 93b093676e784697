"""What can be asked of a workbench by the labs: activations, depth, initializers and losses, by Keras itself."""

from collections.abc import Callable
from typing import Any

import numpy as np

from playground.engine.errors import refusing
from playground.engine.protocol import Message
from playground.labs import activations, depth, initializers, losses, paths, softmax, surfaces
from playground.settings import Settings

_POINTS = 2001
_GRID = 81


def activation(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``args["kind"]`` with ``args["args"]`` at the places ``arrays["x"]``: ``y``, ``slope`` and ``second``, float32.

    With them come ``reach``, the lowest and the highest value it has; ``flat``, the share of standard normal values
    where it has no slope; and ``total``, what its values add up to where it looks at several at once, else ``None``.
    """
    x = np.asarray(arrays["x"], np.float32)[:_POINTS]
    with refusing():
        function = activations.function_of(args["kind"], args["args"])
        y, slope, second = activations.curves(function, x)
        header = {
            "reach": activations.reach(function),
            "flat": activations.without_slope(function),
            "total": activations.total(function),
        }
    return header, {"y": y, "slope": slope, "second": second}


def passage(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """A standard normal through ``args["layers"]`` layers, and the gradient back: the fields of ``depth.Passage``."""
    with refusing():
        function = activations.function_of(args["kind"], args["args"])
        found = depth.passage(
            function, args["initializer"], args["initializer_args"], int(args["layers"]), int(args["seed"])
        )
    names = ("mean", "variance", "gradient", "dead", "values")
    return {}, {name: getattr(found, name) for name in names}


def shares(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``shares`` of ``args["scores"]``, float32 (m, n), at each of the temperatures ``arrays["temperatures"]`` (m,)."""
    return {}, {"shares": softmax.shares(args["scores"][:20], arrays["temperatures"][:_POINTS])}


def rescaled(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``tanh`` and a ``sigmoid`` stretched and shifted as ``args`` say, at the places ``arrays["x"]``, float32 (n,)."""
    tanh, sigmoid = softmax.rescaled(arrays["x"][:_POINTS], args["height"], args["pace"], args["shift"])
    return {"difference": float(np.max(np.abs(tanh - sigmoid)))}, {"tanh": tanh, "sigmoid": sigmoid}


def initializer(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """A matrix as ``args["kind"]`` draws it: ``mean``, ``deviation`` and quantiles of its ``values``."""
    with refusing():
        found = initializers.drawn(
            args["kind"], args["args"], int(args["units_in"]), int(args["units_out"]), int(args["seed"])
        )
    return {"mean": found.mean, "deviation": found.deviation}, {"values": found.values}


def loss(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The ``loss`` and its ``gradient`` at the predictions ``arrays["x"]``; see ``losses.curve``."""
    x = np.asarray(arrays["x"], np.float32)[:_POINTS]
    with refusing():
        found, gradient = losses.curve(args["kind"], args["args"], args["view"], args["axis"], float(args["target"]), x)
    return {}, {"loss": found, "gradient": gradient}


def loss_over_shares(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``shares`` of three classes and the ``loss`` at each, where the class ``args["target"]`` is right."""
    with refusing():
        found, values = losses.over_shares(args["kind"], args["args"], int(args["target"]))
    return {}, {"shares": found, "loss": values}


def fitted_line(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """``slope`` and ``intercept`` of the line through the points ``arrays["x"]``, ``arrays["y"]`` of smallest loss."""
    with refusing():
        slope, intercept = losses.fitted(args["kind"], args["args"], arrays["x"][:200], arrays["y"][:200])
    return {"slope": slope, "intercept": intercept}, {}


def surface(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The surface ``args["surface"]`` on a grid: ``x`` (n,), ``y`` (n,), ``heights`` (n, n)."""
    with refusing():
        x, y, heights = surfaces.heights(args["surface"], _GRID)
    return {}, {"x": x, "y": y, "heights": heights}


def path(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The path of ``args["optimizer"]`` on ``args["surface"]``: the fields of ``paths.Path``."""
    start = float(args["start"][0]), float(args["start"][1])
    with refusing():
        found = paths.path(args["surface"], args["optimizer"], start, int(args["steps"]), int(args["seed"]))
    return {}, found._asdict()


LAB_QUESTIONS: dict[str, Callable[..., Message]] = {
    "activation": activation,
    "passage": passage,
    "shares": shares,
    "rescaled": rescaled,
    "initializer": initializer,
    "loss": loss,
    "loss_over_shares": loss_over_shares,
    "fitted_line": fitted_line,
    "surface": surface,
    "path": path,
}
